using Google.OrTools.Sat;

namespace PeerSupport.Tests.Reporting;

/// <summary>
/// Hands all tables to an integer-programming solver, in the attacker's terms: so many cases of each cell in each month,
/// the same number of cases a month in every measure, every band taken at its word. For each published cell it looks for
/// truths with enough different values; a value counts as impossible only where the solver proves it.
/// </summary>
internal static class SolvingAttacker
{
    private const int Rounds = 16;

    /// <summary>The cells it narrows too far; all where no truth fits.</summary>
    /// <param name="tables">All tables, of any runs of months.</param>
    public static IReadOnlyList<WeakCell> Attack(IReadOnlyList<Table> tables) =>
        [.. Table.Apart(tables).SelectMany(together => new Attempt(together).Weak())];

    private sealed class Attempt
    {
        private readonly CpModel model = new();
        private readonly List<Sought> cells = [];

        public Attempt(List<Table> tables)
        {
            // Where a band is withheld there is no upper end; any that leaves room will do, it can only cost candidates.
            var most = tables.Sum(table => table.Cells.Sum(cell => cell?.Upper ?? 0)) + 100;
            var cases = tables.SelectMany(table => Enumerable.Range(table.First, table.Months)).Distinct()
                .ToDictionary(month => month, month => model.NewIntVar(0, most, $"cases {month}"));
            foreach (var measure in tables.GroupBy(table => table.Measure))
            {
                var counts = cases.ToDictionary(month => month.Key, month => Enumerable.Range(0, measure.Max(table => table.Cells.Count))
                    .Select(cell => model.NewIntVar(0, most, $"{measure.Key}/{cell} {month.Key}")).ToArray());
                foreach (var month in cases)
                    model.Add(LinearExpr.Sum(counts[month.Key]) == month.Value);
                foreach (var table in measure)
                {
                    foreach (var (cell, band) in table.Cells.Index().Where(cell => cell.Item is not null))
                    {
                        var value = model.NewIntVar(band!.Value.Lower, band.Value.Upper, $"{measure.Key}/{cell} from {table.First}");
                        model.Add(LinearExpr.Sum(Enumerable.Range(table.First, table.Months).Select(month => counts[month][cell])) == value);
                        cells.Add(new Sought(table, cell, band.Value, value));
                    }
                }
            }
        }

        public IEnumerable<WeakCell> Weak()
        {
            // First many at a time: a truth that gives as many cells as possible a value not seen in them yet.
            var random = new Random(55);
            for (var (round, lacking) = (0, cells); round < Rounds && lacking.Count > 0; round++, lacking = cells.FindAll(cell => cell.Lacks && cell.Unseen.Any()))
                Solve(many => many.Maximize(LinearExpr.Sum(lacking.Select(cell => Wish(many, cell, random)))), effort: 1);

            // Then, for what is left, one value after the other, until there are enough or it is proved impossible.
            foreach (var cell in cells)
            {
                foreach (var value in cell.Unseen.ToArray())
                {
                    if (cell.Lacks && !cell.Seen.Contains(value))
                        Solve(one => one.Add(cell.Value == value), effort: 100).ShouldNotBe(CpSolverStatus.Unknown, "The solver must find or prove.");
                }
            }

            return cells.Where(cell => cell.Lacks)
                .Select(cell => new WeakCell(cell.Table.Measure, cell.Table.First, cell.Cell, cell.Seen.Count, WeakCell.WantedOf(cell.Band)));
        }

        private static BoolVar Wish(CpModel model, Sought cell, Random random)
        {
            var unseen = cell.Unseen.ToArray();
            var granted = model.NewBoolVar("");
            model.Add(cell.Value == unseen[random.Next(unseen.Length)]).OnlyEnforceIf(granted);
            return granted;
        }

        private CpSolverStatus Solve(Action<CpModel> ask, int effort)
        {
            var asked = new CpModel();
            asked.Model.MergeFrom(model.Model);
            ask(asked);
            using var solver = new CpSolver { StringParameters = $"max_deterministic_time:{effort} num_search_workers:1 random_seed:55 relative_gap_limit:0.5" };
            var status = solver.Solve(asked);
            if (status is CpSolverStatus.Optimal or CpSolverStatus.Feasible)
                cells.ForEach(cell => cell.Seen.Add((int)solver.Value(cell.Value)));
            return status;
        }
    }

    private sealed record Sought(Table Table, int Cell, (int Lower, int Upper) Band, IntVar Value)
    {
        public HashSet<int> Seen { get; } = [];
        public IEnumerable<int> Unseen => Enumerable.Range(Band.Lower, Band.Upper - Band.Lower + 1).Where(value => !Seen.Contains(value));
        public bool Lacks => Seen.Count < WeakCell.WantedOf(Band);
    }
}
