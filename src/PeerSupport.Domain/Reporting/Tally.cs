namespace PeerSupport.Domain.Reporting;

/// <summary>All that stays of a closed case: one more in a coarse counter, tied to nobody. Deleted when its period is published.</summary>
public sealed class Tally
{
    public required Measure Measure { get; init; }
    public required PeriodKind PeriodKind { get; init; }

    /// <summary>First day of the period.</summary>
    public required DateOnly PeriodStart { get; init; }

    /// <summary>Code of the cell: a category's id, an outcome, a step of <see cref="TallyCells"/> or an agency's id.</summary>
    public required string Cell { get; init; }
    public required int Count { get; set; }
}

/// <summary>How many cases of a type a region posted in a month: what "this type is rare lately" is judged by.</summary>
public sealed class PostedCount
{
    public required Guid RegionId { get; init; }
    public required int SituationTypeId { get; init; }
    public required DateOnly Month { get; init; }
    public required int Count { get; set; }
}

/// <summary>Coarse cells. Closed lists: a case cannot land outside them.</summary>
public static class TallyCells
{
    /// <summary>Steps of the time an officer waited, shortest first.</summary>
    public static IReadOnlyList<string> Waits { get; } = ["under-15m", "under-1h", "later", "never"];

    /// <summary>Steps of how many contacts were counted.</summary>
    public static IReadOnlyList<string> ContactSteps { get; } = ["none", "one", "two", "three-or-more"];

    /// <summary>How long the officer waited for a peer; null when nobody accepted.</summary>
    public static string TimeToAccept(TimeSpan? waited) => waited switch
    {
        null => "never",
        { TotalMinutes: < 15 } => "under-15m",
        { TotalHours: < 1 } => "under-1h",
        _ => "later",
    };

    /// <summary>How many contacts the peer counted.</summary>
    public static string Contacts(int contacts) => contacts switch
    {
        <= 0 => "none",
        1 => "one",
        2 => "two",
        _ => "three-or-more",
    };
}
