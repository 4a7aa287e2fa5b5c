namespace PeerSupport.Domain.Cases;

/// <summary>A way a notice reaches a peer.</summary>
public enum Channel
{
    /// <summary>The live board inside the app.</summary>
    Board = 1,

    /// <summary>A mail with constant words.</summary>
    Mail = 2,

    /// <summary>A browser push without any content: the device shows constant words.</summary>
    Push = 3,

    /// <summary>The agency's own SMS gateway: a signed call with constant words.</summary>
    Gateway = 4,
}

/// <summary>How far one delivery has come.</summary>
public enum DeliveryState
{
    /// <summary>To be sent at or after its due time.</summary>
    Waiting = 1,

    /// <summary>Claimed by a node. If that node dies the claim lapses and another sends it, with the same Message-Id.</summary>
    Sending = 2,

    /// <summary>The mail server took it (or it stands on the board).</summary>
    Sent = 3,

    /// <summary>The mail server refused it for good; the psychologist sees "unreachable".</summary>
    Failed = 4,

    /// <summary>Somebody accepted first: it is not sent any more.</summary>
    Covered = 5,
}

/// <summary>A row that is also a mail to be sent: claimed, sent and settled.</summary>
public interface IMailRow
{
    /// <summary>Random; also the stable part of the mail's Message-Id.</summary>
    Guid Id { get; }
    DeliveryState State { get; set; }
    int Attempts { get; set; }
    DateTimeOffset DueAt { get; set; }

    /// <summary>Until when a sending node may be silent before its claim lapses.</summary>
    DateTimeOffset? ClaimedUntil { get; set; }
    DateTimeOffset? SentAt { get; set; }
}

/// <summary>
/// One notice to one peer on one channel. Written with the post in one transaction: it is the outbox, and the source of
/// the psychologist's "sent, seen, said no". Burned with the case.
/// </summary>
public sealed class Delivery : IMailRow
{
    /// <summary>Random; also the stable part of the mail's Message-Id, so it says nothing about the case.</summary>
    public required Guid Id { get; init; }
    public required Guid CaseId { get; init; }
    public required Guid PeerId { get; init; }
    public required Guid PostedBy { get; init; }
    public required Channel Channel { get; init; }
    public required DeliveryState State { get; set; }

    /// <summary>The case's handle, for "Quiet Lantern is covered, thank you" without reading the case.</summary>
    public required short HandleFirst { get; init; }
    public required short HandleSecond { get; init; }

    /// <summary>0 for the first notice; one more each time the case comes back to the board. Part of the Message-Id, so that a new notice is not taken for a copy.</summary>
    public int Round { get; set; }

    /// <summary>The wave in which this peer was alerted; <see cref="Waves.Anew"/> as long as it only stands on their board.</summary>
    public short Wave { get; set; } = Waves.Anew;

    /// <summary>Attempts in this round.</summary>
    public int Attempts { get; set; }
    public required DateTimeOffset DueAt { get; set; }

    /// <summary>Until when a sending node may be silent before its claim lapses.</summary>
    public DateTimeOffset? ClaimedUntil { get; set; }
    public DateTimeOffset? SentAt { get; set; }
    public DateTimeOffset? SeenAt { get; set; }
    public DateTimeOffset? DeclinedAt { get; set; }
    public DateTimeOffset? CoveredAt { get; set; }
}

/// <summary>When a mail is tried again.</summary>
public static class RetryRules
{
    /// <summary>A sending node that says nothing for this long has lost its claim.</summary>
    public static readonly TimeSpan ClaimLasts = TimeSpan.FromMinutes(2);

    /// <summary>Wait before the next attempt: 5 s, 10 s, 20 s … at most 5 minutes, for as long as the case is open.</summary>
    public static TimeSpan Backoff(int attempts) =>
        TimeSpan.FromSeconds(Math.Min(300, 5 * Math.Pow(2, Math.Clamp(attempts - 1, 0, 10))));
}
