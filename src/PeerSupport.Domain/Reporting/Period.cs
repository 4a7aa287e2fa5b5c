namespace PeerSupport.Domain.Reporting;

/// <summary>How long one published period of a measure is.</summary>
public enum PeriodKind
{
    Month = 1,
    Quarter = 2,
    Year = 3,
}

/// <summary>A calendar month, quarter or year: the coarsest thing that is known of when a case closed.</summary>
/// <param name="Kind">How long.</param>
/// <param name="Start">Its first day.</param>
public readonly record struct Period(PeriodKind Kind, DateOnly Start)
{
    /// <summary>Days after the end of a period before anything of it is published: late closings are in by then.</summary>
    public const int DaysUntilRelease = 30;

    /// <summary>First day of the next one.</summary>
    public DateOnly End => Start.AddMonths(Months(Kind));

    /// <summary>First day on which it may be published.</summary>
    public DateOnly ReleasedFrom => End.AddDays(DaysUntilRelease);

    /// <summary>The one before it.</summary>
    public Period Previous => this with { Start = Start.AddMonths(-Months(Kind)) };

    /// <summary>The one after it.</summary>
    public Period Next => this with { Start = End };

    /// <summary>The period of this kind that a day lies in.</summary>
    public static Period Of(PeriodKind kind, DateOnly day) => new(kind, kind switch
    {
        PeriodKind.Month => new DateOnly(day.Year, day.Month, 1),
        PeriodKind.Quarter => new DateOnly(day.Year, (day.Month - 1) / 3 * 3 + 1, 1),
        PeriodKind.Year => new DateOnly(day.Year, 1, 1),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    });

    /// <summary>Whether every day of the other lies in this one.</summary>
    public bool Covers(Period other) => Start <= other.Start && other.End <= End;

    private static int Months(PeriodKind kind) => kind switch
    {
        PeriodKind.Month => 1,
        PeriodKind.Quarter => 3,
        PeriodKind.Year => 12,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
