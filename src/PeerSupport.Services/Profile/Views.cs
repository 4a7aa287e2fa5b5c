using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;

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
/// <param name="TakenAt">When the far end last took something.</param>
/// <param name="RefusedAt">When it last refused for good.</param>
/// <param name="ConfirmedAt">When the reader last said that a test arrived.</param>
public sealed record OwnChannel(Guid Id, Channel Kind, string Name, DateTimeOffset? TakenAt, DateTimeOffset? RefusedAt, DateTimeOffset? ConfirmedAt)
{
    /// <summary>A channel works until its far end refuses for good, and again once it takes something.</summary>
    public bool Refused => RefusedAt is { } refused && !(TakenAt > refused);
}

/// <summary>The reader's channels, and which can be added here.</summary>
/// <param name="Channels">Mail first.</param>
/// <param name="PushKey">What a browser needs to register for push; public.</param>
/// <param name="TakesPhones">Whether there is a gateway for text messages.</param>
public sealed record OwnChannels(IReadOnlyList<OwnChannel> Channels, string PushKey, bool TakesPhones);

/// <summary>Language and time zone of the reader.</summary>
public sealed record OwnSettings(string Language, string TimeZone);
