using System.Runtime.InteropServices;

namespace PeerSupport.Domain.Reporting;

/// <summary>What is known of a count: both ends included, no upper end where it is null. Empty where they contradict each other.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Bounds(long Lower, long? Upper)
{
    /// <summary>Nothing is known of it but that it is a count.</summary>
    public static Bounds Any => new(0, null);

    /// <summary>By how much the ends contradict each other; 0 where they do not.</summary>
    public long Contradiction => Upper < Lower ? Lower - Upper.Value : 0;

    public static Bounds operator +(Bounds one, Bounds other) => new(one.Lower + other.Lower, one.Upper + other.Upper);

    /// <summary>What is known once both are.</summary>
    public Bounds And(Bounds other) => new(
        Math.Max(Lower, other.Lower),
        Upper is { } one && other.Upper is { } two ? Math.Min(one, two) : Upper ?? other.Upper);

    /// <summary>What this whole says of one part when so much is known of all its other parts.</summary>
    public Bounds Without(Bounds others) => new(others.Upper is { } most ? Math.Max(0, Lower - most) : 0, Upper - others.Lower);
}

/// <summary>
/// What is known of how many cases closed in each month, quarter and year of one calendar year. Months add up to
/// quarters and quarters to the year: a tree, each inner count the sum of its parts. On a tree of sums of whole numbers
/// one pass upwards and one downwards leave at every place exactly the values that some solution has there, without
/// gaps: what is passed is always the whole set of possible values, a sum of intervals of whole numbers is such an
/// interval, and no two parts share anything but the whole above them.
/// </summary>
internal sealed class YearTotals
{
    private const int MonthsInQuarter = 3;
    private readonly Bounds[] months = [.. Enumerable.Repeat(Bounds.Any, 12)];
    private readonly Bounds[] quarters = [.. Enumerable.Repeat(Bounds.Any, 4)];
    private readonly Bounds[] year = [Bounds.Any];

    /// <summary>What is known of a period's total.</summary>
    public Bounds this[Period period] => Place(period);

    /// <summary>Learns something of a period's total.</summary>
    public void Learn(Period period, Bounds total) => Place(period) = Place(period).And(total);

    /// <summary>Draws every conclusion. Once, after all was learnt.</summary>
    /// <returns>By how much what was learnt contradicts itself; 0 where at least one truth fits all of it.</returns>
    public long Conclude()
    {
        for (var quarter = 0; quarter < quarters.Length; quarter++)
            quarters[quarter] = quarters[quarter].And(Sum(MonthsOf(quarter)));
        year[0] = year[0].And(Sum(quarters));
        var contradiction = months.Concat(quarters).Concat(year).Sum(total => total.Contradiction);

        Share(year[0], quarters);
        for (var quarter = 0; quarter < quarters.Length; quarter++)
            Share(quarters[quarter], MonthsOf(quarter));
        return contradiction;
    }

    private static void Share(Bounds whole, Span<Bounds> parts)
    {
        Span<Bounds> narrowed = stackalloc Bounds[parts.Length];
        for (var index = 0; index < parts.Length; index++)
            narrowed[index] = parts[index].And(whole.Without(Sum(parts[..index]) + Sum(parts[(index + 1)..])));
        narrowed.CopyTo(parts);
    }

    private static Bounds Sum(ReadOnlySpan<Bounds> parts)
    {
        var sum = new Bounds(0, 0);
        foreach (var part in parts)
            sum += part;
        return sum;
    }

    private Span<Bounds> MonthsOf(int quarter) => months.AsSpan(quarter * MonthsInQuarter, MonthsInQuarter);

    private ref Bounds Place(Period period)
    {
        switch (period.Kind)
        {
            case PeriodKind.Month:
                return ref months[period.Start.Month - 1];
            case PeriodKind.Quarter:
                return ref quarters[(period.Start.Month - 1) / MonthsInQuarter];
            case PeriodKind.Year:
                return ref year[0];
            default:
                throw new ArgumentOutOfRangeException(nameof(period));
        }
    }
}
