using PeerSupport.Domain.Reporting;

namespace PeerSupport.Tests.Reporting;

/// <summary>A table as its reader sees it, of any run of months: the attackers' own terms, which know no calendar.</summary>
/// <param name="Measure">What was counted.</param>
/// <param name="First">Number of its first month, from any fixed month on.</param>
/// <param name="Months">How many.</param>
/// <param name="Cells">Least and greatest count; null where withheld.</param>
internal sealed record Table(int Measure, int First, int Months, IReadOnlyList<(int Lower, int Upper)?> Cells)
{
    public int End => First + Months;

    public static Table Of(Release release) => new(
        (int)release.Measure,
        (release.Period.Start.Year * 12) + release.Period.Start.Month - 1,
        ((release.Period.End.Year - release.Period.Start.Year) * 12) + release.Period.End.Month - release.Period.Start.Month,
        [.. release.Cells.Select(cell => cell.Band is { } band ? (band.Lower, band.Upper) : default((int, int)?))]);

    /// <summary>Tables that say something, apart where no chain of shared months connects them: those have nothing to say to each other.</summary>
    public static List<List<Table>> Apart(IEnumerable<Table> tables)
    {
        var (groups, end) = (new List<List<Table>>(), int.MinValue);
        foreach (var table in tables.Where(table => table.Cells.Any(cell => cell is not null)).OrderBy(table => table.First))
        {
            if (table.First >= end)
                groups.Add([]);
            groups[^1].Add(table);
            end = Math.Max(end, table.End);
        }

        return groups;
    }

    public bool Has(int month) => First <= month && month < End;
}

/// <summary>A published cell that an attacker narrowed too far.</summary>
internal sealed record WeakCell(int Measure, int First, int Cell, int Candidates, int Wanted)
{
    /// <summary>"Fewer than" must keep all its values; anything else five.</summary>
    public static int WantedOf((int Lower, int Upper) band) => band.Lower == 0 ? Math.Max(5, band.Upper + 1) : 5;
}
