namespace PeerSupport.Domain.Reporting;

/// <summary>From a day on, a measure is counted and published by this kind of period. Chosen ahead; never changed once the day has come.</summary>
public sealed class CalendarEntry
{
    public required Measure Measure { get; init; }

    /// <summary>First day of a period, of the kind before and of this kind.</summary>
    public required DateOnly EffectiveFrom { get; init; }
    public required PeriodKind PeriodKind { get; init; }
}

/// <summary>
/// Which periods a measure has. Fixed ahead: who could choose a period after seeing what happened in it could cut it around
/// one case.
/// </summary>
public sealed class ReleaseCalendar(IEnumerable<CalendarEntry> entries)
{
    private readonly CalendarEntry[] entries = [.. entries.OrderBy(entry => entry.EffectiveFrom)];

    /// <summary>The kind in force for a measure on a day.</summary>
    /// <exception cref="InvalidOperationException">The calendar begins later.</exception>
    public PeriodKind KindOn(Measure measure, DateOnly day) => entries.Last(entry => entry.Measure == measure && entry.EffectiveFrom <= day).PeriodKind;

    /// <summary>The change that has been chosen and has not come into force yet.</summary>
    public CalendarEntry? Pending(Measure measure, DateOnly today) => entries.LastOrDefault(entry => entry.Measure == measure && entry.EffectiveFrom > today);

    /// <summary>The first day on which another kind can begin: after the period that runs now, where both kinds begin one.</summary>
    public DateOnly ChangesFrom(Measure measure, PeriodKind to, DateOnly today)
    {
        var period = Period.Of(KindOn(measure, today), today).Next;
        while (Period.Of(to, period.Start).Start != period.Start)
            period = period.Next;
        return period.Start;
    }

    /// <summary>Periods of a measure that may be published by now, oldest first.</summary>
    /// <param name="measure">What is counted.</param>
    /// <param name="since">Nothing that began before is published: the installation did not count yet.</param>
    /// <param name="today">In UTC.</param>
    public IEnumerable<Period> Due(Measure measure, DateOnly since, DateOnly today)
    {
        var period = Period.Of(KindOn(measure, since), since);
        while (period.ReleasedFrom <= today)
        {
            yield return period;
            period = Period.Of(KindOn(measure, period.End), period.End);
        }
    }
}

/// <summary>What to choose when nothing is known but about how many cases to expect.</summary>
public static class PeriodAdvice
{
    /// <summary>
    /// The shortest period in which a cell of average size would stand twice above the threshold, so that a table says more
    /// than "fewer than". Judged by what somebody expects, never by what was counted: advice from real counts would tell them.
    /// </summary>
    /// <param name="casesPerYear">Expected in the whole installation.</param>
    /// <param name="cells">Cells of the measure.</param>
    /// <param name="threshold">Below it nothing is told apart.</param>
    public static PeriodKind For(int casesPerYear, int cells, int threshold)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(casesPerYear);
        ArgumentOutOfRangeException.ThrowIfLessThan(cells, 1);
        var wanted = 2L * threshold * cells;
        return casesPerYear / 12 >= wanted ? PeriodKind.Month : casesPerYear / 4 >= wanted ? PeriodKind.Quarter : PeriodKind.Year;
    }
}
