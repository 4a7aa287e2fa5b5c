using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services.Notices;

namespace PeerSupport.Services.Profile;

/// <summary>What a peer sees and chooses about themselves. Nobody else reads this view.</summary>
public sealed record PeerProfile(
    bool OnDuty, DateTimeOffset? PausedUntil, TimeOnly? QuietFrom, TimeOnly? QuietUntil, IReadOnlyList<PeerTag> Tags, IReadOnlyList<string> Languages,
    int Limit, int Most, int Held, string? UnitName, string AgencyName, DateOnly TrainedUntil, IReadOnlyList<OwnTraining> Trainings);

/// <summary>One training of the reader, read only: the administrator records it.</summary>
public sealed record OwnTraining(string Name, DateOnly CompletedOn, DateOnly ValidUntil, int? Hours);

/// <summary>One way in which the reader is alerted. A phone number shows its last digits; a push address is never shown.</summary>
/// <param name="Id">Of the channel; empty for mail that has not been tried yet.</param>
/// <param name="Kind">Mail, push or gateway.</param>
/// <param name="Name">The browser, or the number's last digits; the account's address for mail.</param>
/// <param name="State">How it stands.</param>
/// <param name="TakenAt">When the far end last took something.</param>
/// <param name="RefusedAt">When it last refused for good.</param>
/// <param name="DeferredSince">Since when it has said nothing but "later".</param>
/// <param name="ConfirmedAt">When the reader last said that a test arrived.</param>
public sealed record OwnChannel(Guid Id, Channel Kind, string Name, ChannelState State, DateTimeOffset? TakenAt, DateTimeOffset? RefusedAt, DateTimeOffset? DeferredSince, DateTimeOffset? ConfirmedAt)
{
    /// <summary>Nothing reaches the reader this way, until the far end takes something again.</summary>
    public bool Broken => State.IsBroken();
}

/// <summary>The reader's channels, and which can be added here.</summary>
/// <param name="Channels">Mail first.</param>
/// <param name="PushKey">What a browser needs to register for push; public.</param>
/// <param name="Browsers">By which each of the reader's browsers knows that it is the one: a hash of its address.</param>
/// <param name="TakesPhones">Whether there is a gateway for text messages.</param>
public sealed record OwnChannels(IReadOnlyList<OwnChannel> Channels, string PushKey, IReadOnlyList<string> Browsers, bool TakesPhones);

/// <summary>Language and time zone of the reader.</summary>
public sealed record OwnSettings(string Language, string TimeZone);
