using PeerSupport.Domain.Cases;

namespace PeerSupport.Services.Notices;

/// <summary>A way to alert one peer besides the board: their mail, a browser that takes push, a phone behind the gateway.</summary>
internal sealed class AlertChannel
{
    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }
    public required Channel Kind { get; init; }

    /// <summary>The push address or phone number; empty for mail, which goes to the account's address.</summary>
    public required string Target { get; init; }

    /// <summary>For its owner's list: "Firefox on Android".</summary>
    public required string Name { get; init; }
    public required DateTimeOffset AddedAt { get; init; }

    /// <summary>When the far end last took something.</summary>
    public DateTimeOffset? TakenAt { get; set; }

    /// <summary>When the far end last refused for good.</summary>
    public DateTimeOffset? RefusedAt { get; set; }

    /// <summary>Since when the far end has said nothing but "later": its first time since it last took something.</summary>
    public DateTimeOffset? DeferredSince { get; set; }

    /// <summary>When a push service last did not let this installation in: its key, not this address. Null again once it takes something.</summary>
    public DateTimeOffset? DeniedAt { get; set; }

    /// <summary>By which push key the browser registered; null where that is not known, and for what is no push.</summary>
    public string? KeyId { get; init; }

    /// <summary>When its owner last said that a test arrived.</summary>
    public DateTimeOffset? ConfirmedAt { get; set; }
}

/// <summary>A practice alert under way: an alert like a real one, without a case. Gone once it is accepted.</summary>
internal sealed class PracticeAlert
{
    public required Guid PersonId { get; init; }
    public required DateTimeOffset SentAt { get; set; }
}
