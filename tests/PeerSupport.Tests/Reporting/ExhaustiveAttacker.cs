using System.Numerics;

namespace PeerSupport.Tests.Reporting;

/// <summary>
/// Goes through every truth that fits all tables, and counts which values each published cell takes. No cleverness: all
/// numbers of cases in every run of months, and for each of them all ways to fill the cells of every table.
/// </summary>
internal static class ExhaustiveAttacker
{
    /// <summary>Where a cell is withheld, it and the month's total have no upper end; there they stop here, which can only cost candidates.</summary>
    private const int Most = 60;

    /// <summary>The cells it narrows too far; all where no truth fits.</summary>
    /// <param name="tables">All tables; those of one measure may not share months.</param>
    public static IReadOnlyList<WeakCell> Attack(IReadOnlyList<Table> tables) => [.. Table.Apart(tables).SelectMany(AttackTogether)];

    private static IEnumerable<WeakCell> AttackTogether(List<Table> said)
    {
        // Months that no table tells apart count as one run.
        var runs = Enumerable.Range(said.Min(table => table.First), said.Max(table => table.End) - said.Min(table => table.First))
            .GroupBy(month => string.Concat(said.Select(table => table.Has(month) ? '1' : '0')), StringComparer.Ordinal)
            .Where(run => run.Key.Contains('1', StringComparison.Ordinal)).Select(run => run.First()).ToArray();
        var most = runs.Select(run => said.Where(table => table.Has(run)).Min(table => table.Cells.Sum(cell => cell?.Upper ?? Most))).ToArray();
        var runsOf = said.Select(table => runs.Index().Where(run => table.Has(run.Item)).Select(run => run.Index).ToArray()).ToArray();
        var complete = runs.Index().Select(run => Enumerable.Range(0, said.Count).Where(table => runsOf[table][^1] == run.Index).ToArray()).ToArray();
        var open = said.Select(Fillings).ToArray();
        var values = said.Select(table => new long[table.Cells.Count]).ToArray();
        Truths(new int[runs.Length], 0);

        return
        [
            .. from table in said.Index()
               from cell in table.Item.Cells.Index()
               let band = cell.Item
               where band is not null
               let left = BitOperations.PopCount((ulong)values[table.Index][cell.Index])
               let wanted = WeakCell.WantedOf(band.GetValueOrDefault())
               where left < wanted
               select new WeakCell(table.Item.Measure, table.Item.First, cell.Index, left, wanted),
        ];

        void Truths(int[] cases, int run)
        {
            if (run < runs.Length)
            {
                for (cases[run] = 0; cases[run] <= most[run]; cases[run]++)
                {
                    // A table all of whose months are counted now must be fillable with that many cases.
                    if (complete[run].All(table => FillingsOf(table, cases) is not null))
                        Truths(cases, run + 1);
                }

                return;
            }

            for (var table = 0; table < values.Length; table++)
            {
                foreach (var (cell, seen) in FillingsOf(table, cases)!.Index())
                    values[table][cell] |= seen;
            }
        }

        long[]? FillingsOf(int table, int[] cases)
        {
            var sum = 0;
            foreach (var run in runsOf[table])
                sum += cases[run];
            return sum < open[table].Length ? open[table][sum] : null;
        }
    }

    /// <summary>For every number of cases, per cell a bit for each value it has in some filling; null where there is no filling.</summary>
    private static long[]?[] Fillings(Table table)
    {
        var fillings = new long[]?[table.Cells.Sum(cell => cell?.Upper ?? Most) + 1];
        Fill(new int[table.Cells.Count], 0, 0);
        return fillings;

        void Fill(int[] counts, int cell, int sum)
        {
            if (cell == counts.Length)
            {
                var seen = fillings[sum] ??= new long[counts.Length];
                for (var index = 0; index < counts.Length; index++)
                    seen[index] |= 1L << counts[index];
                return;
            }

            var (lower, upper) = table.Cells[cell] ?? (0, Most);
            for (counts[cell] = lower; counts[cell] <= upper; counts[cell]++)
                Fill(counts, cell + 1, sum + counts[cell]);
        }
    }
}
