namespace PeerSupport.Domain.Escalation;

/// <summary>
/// A way in for a clinician without an account: a link by mail and a code told by phone. Neither is stored: both are
/// derived from this id and a secret outside the database.
/// </summary>
public sealed class HandOffLink
{
    public required Guid Id { get; init; }
    public required Guid TrackId { get; init; }
    public required Guid ClinicianId { get; init; }

    /// <summary>The psychologist of the track, who may read the code out.</summary>
    public required Guid StewardId { get; set; }
    public required DateTimeOffset IssuedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Wrong codes so far.</summary>
    public int WrongCodes { get; set; }

    /// <summary>When the facts were shown, which happens once.</summary>
    public DateTimeOffset? OpenedAt { get; set; }

    /// <summary>When it was answered, replaced or its track ended: it opens nothing any more.</summary>
    public DateTimeOffset? SpentAt { get; set; }

    /// <summary>Whether it still opens anything.</summary>
    public bool IsOpen(DateTimeOffset now) => SpentAt is null && now < ExpiresAt && WrongCodes < LinkRules.MostWrongCodes;
}

/// <summary>How long a link lasts and how often its code may be wrong.</summary>
public static class LinkRules
{
    public static readonly TimeSpan Lasts = TimeSpan.FromDays(7);

    /// <summary>After this many wrong codes the link is locked; the psychologist makes a new one.</summary>
    public const int MostWrongCodes = 5;

    /// <summary>Digits of the code told by phone.</summary>
    public const int CodeDigits = 8;
}
