namespace PeerSupport.Domain.Reporting;

/// <summary>What a closed case is counted by. One case lands in exactly one cell per measure.</summary>
public enum Measure
{
    SituationCategory = 1,
    Outcome = 2,
    TimeToAccept = 3,
    Agency = 4,
}

/// <summary>All that stays of a closed case: one more in a coarse counter, tied to nobody.</summary>
public sealed class Tally
{
    public required Measure Measure { get; init; }

    /// <summary>First day of the quarter.</summary>
    public required DateOnly Period { get; init; }

    /// <summary>Code of the cell: a catalogue id, an outcome, a time band or an agency id.</summary>
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

/// <summary>Coarse periods and cells.</summary>
public static class TallyCells
{
    /// <summary>First day of the quarter a day lies in.</summary>
    public static DateOnly Quarter(DateOnly day) => new(day.Year, (day.Month - 1) / 3 * 3 + 1, 1);

    /// <summary>How long the officer waited for a peer, in coarse steps.</summary>
    public static string TimeToAccept(TimeSpan? waited) => waited switch
    {
        null => "never",
        { TotalHours: < 1 } => "within-1h",
        { TotalHours: < 4 } => "within-4h",
        { TotalHours: < 24 } => "within-24h",
        _ => "later",
    };
}
