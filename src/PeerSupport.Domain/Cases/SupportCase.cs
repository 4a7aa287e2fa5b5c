using PeerSupport.Domain.People;

namespace PeerSupport.Domain.Cases;

/// <summary>
/// The informal case, destroyed when it closes. Coded fields only: it has no column for notes and none for who the
/// officer is (that is the sealed identity, in a table of its own).
/// </summary>
public sealed class SupportCase
{
    /// <summary>Random (version 4): a version 7 id would tell when the case was posted.</summary>
    public required Guid Id { get; init; }
    public required Guid PsychologistId { get; init; }
    public required Guid AgencyId { get; init; }
    public required Guid RegionId { get; init; }
    public required int SituationTypeId { get; init; }
    public required NoticeLevel Level { get; init; }
    public required Urgency Urgency { get; init; }
    public required PeerTag[] WantedTags { get; init; }
    public required short HandleFirst { get; init; }
    public required short HandleSecond { get; init; }
    public required DateTimeOffset PostedAt { get; init; }
    public CaseStatus Status { get; private set; } = CaseStatus.Open;

    /// <summary>How far its notice has gone out: a step of <see cref="Waves"/>.</summary>
    public short Wave { get; set; } = Waves.BestMatch;

    /// <summary>When the next wave goes out; null when there is none.</summary>
    public DateTimeOffset? NextWaveAt { get; set; }

    /// <summary>The one peer who accepted; null while open.</summary>
    public Guid? HolderId { get; private set; }
    public DateTimeOffset? AcceptedAt { get; private set; }

    /// <summary>The days on which a contact was counted. Counted, never described.</summary>
    public DateOnly[] ContactDays { get; private set; } = [];

    /// <summary>The words people use for it.</summary>
    public Handle Handle => new(HandleFirst, HandleSecond);
}

/// <summary>Talks between peer and officer are counted, so that a routine is noticed and handed on.</summary>
public static class ContactRules
{
    /// <summary>One or two chats are normal; from the third in <see cref="WindowDays"/> it may exceed peer support.</summary>
    public const int HandOnFrom = 3;

    /// <summary>Days over which contacts are counted.</summary>
    public const int WindowDays = 30;

    /// <summary>More than this on one day is a slip of the thumb.</summary>
    public const int MostPerDay = 10;

    /// <summary>Contacts within the window that ends today.</summary>
    public static int Recent(IEnumerable<DateOnly> days, DateOnly today, int windowDays = WindowDays) =>
        days.Count(day => day > today.AddDays(-windowDays) && day <= today);
}
