using PeerSupport.Domain.Reporting;

namespace PeerSupport.Tests.Reporting;

/// <summary>The attack on worlds small enough to go through every truth there is.</summary>
public sealed class SmallWorldTests(ITestOutputHelper output)
{
    private static readonly DateOnly January = new(2027, 1, 1);

    private static readonly Plan[] Plans =
    [
        Plan.Of("three measures by month", Cells(2, 3, 2), [Until(Measure.Outcome, PeriodKind.Month, 2), Until(Measure.Agency, PeriodKind.Month, 2), Until(Measure.Contacts, PeriodKind.Month, 2)]),
        Plan.Of("months against a quarter", Cells(2, 2), [Until(Measure.Outcome, PeriodKind.Month, 3), Until(Measure.Agency, PeriodKind.Quarter, 3)]),
        Plan.Of("a quarter and a year", Cells(2, 3), [Until(Measure.Outcome, PeriodKind.Quarter, 12), Until(Measure.Agency, PeriodKind.Year, 12)]),
        Plan.Of("months, a quarter, a year", Cells(2, 2, 2), [Until(Measure.Outcome, PeriodKind.Month, 2), Until(Measure.Agency, PeriodKind.Quarter, 3), Until(Measure.Contacts, PeriodKind.Year, 12)]),
        Plan.Of("a kind that changes", Cells(2, 2), [Until(Measure.Outcome, PeriodKind.Month, 3), (Measure.Outcome, PeriodKind.Quarter, January.AddMonths(3), January.AddMonths(6)), Until(Measure.Agency, PeriodKind.Quarter, 6)]),
    ];

    public static TheoryData<int> PlanNumbers => [.. Enumerable.Range(0, Plans.Length)];

    /// <summary>
    /// What the audit sees is bands, whatever truth and noise made them: so every combination of bands is every truth with
    /// every noise, the worst of them included.
    /// </summary>
    [Fact]
    public void S55_Whatever_bands_truth_and_noise_make_every_truth_leaves_enough_candidates()
    {
        var rules = new BandRules(5, 5);
        Band[] bands = [.. new[] { 0, 5, 10 }.Select(rules.Of)];
        Plan[] plans =
        [
            Plan.Of("two measures, one month", Cells(3, 3), [Until(Measure.Outcome, PeriodKind.Month, 1), Until(Measure.Agency, PeriodKind.Month, 1)]),
            Plan.Of("three measures, one month", Cells(2, 2, 3), [Until(Measure.Outcome, PeriodKind.Month, 1), Until(Measure.Agency, PeriodKind.Month, 1), Until(Measure.Contacts, PeriodKind.Month, 1)]),
            Plan.Of("three months, one quarter", Cells(2, 2), [Until(Measure.Outcome, PeriodKind.Month, 3), Until(Measure.Agency, PeriodKind.Quarter, 3)]),
        ];
        var (worlds, touched) = (0, 0);
        foreach (var plan in plans)
            Continue(plan, []);
        output.WriteLine($"{worlds} series of tables, {touched} of them with cells withheld");
        worlds.ShouldBe((int)(Math.Pow(3, 6) + Math.Pow(3, 7) + Math.Pow(3, 8)));
        touched.ShouldBeInRange(1, worlds - 1);

        void Continue(Plan plan, List<Release> published)
        {
            if (published.Count == plan.Calendar.Count)
            {
                worlds++;
                touched += Publisher.Withheld(published).Withheld > 0 ? 1 : 0;
                ExhaustiveAttacker.Attack([.. published.Select(Table.Of)]).ShouldBeEmpty();
                return;
            }

            var (measure, period) = plan.Calendar[published.Count];
            foreach (var choice in Choices(plan.Cells[measure]))
                Continue(plan, [.. published, ReleaseAudit.Publishable(published, Publisher.Banded(measure, period, choice))]);
        }

        IEnumerable<IEnumerable<Band>> Choices(int cells) => cells == 0 ? [[]] : Choices(cells - 1).SelectMany(_ => bands, (some, band) => some.Append(band));
    }

    [Theory]
    [MemberData(nameof(PlanNumbers))]
    public void S55_Small_worlds_published_the_real_way_leave_enough_candidates_to_whoever_tries_every_truth(int number)
    {
        var (plan, random) = (Plans[number], new Random(number));
        var drawn = new GeometricNoise(1000, random.Next);
        (string Name, Func<int> Noise)[] noises = [("drawn", drawn.Sample), ("none", () => 0), ("always up", () => 6), ("always down", () => -6), ("now up, now down", () => random.Next(2) == 0 ? 6 : -6)];
        foreach (var (name, noise) in noises)
        {
            var (cells, withheld) = (0, 0);
            for (var world = 0; world < 40; world++)
            {
                var rules = world % 4 == 0 ? new BandRules() : new BandRules(5, 5);
                var published = Publisher.Publish(plan, World.Draw(plan, random, random.Next(1, plan.Calendar.Any(table => table.Period.Kind == PeriodKind.Year) ? 3 : 12)), rules, noise);
                ExhaustiveAttacker.Attack([.. published.Select(Table.Of)]).ShouldBeEmpty();
                (cells, withheld) = (cells + Publisher.Withheld(published).Cells, withheld + Publisher.Withheld(published).Withheld);
            }

            output.WriteLine($"{plan}, noise {name}: {withheld} of {cells} cells withheld");
        }
    }

    [Fact]
    public void The_two_attackers_find_the_same()
    {
        var random = new Random(7);
        var (found, clean) = (0, 0);
        foreach (var plan in Plans)
        {
            for (var world = 0; world < 6; world++)
            {
                // No audit, so that there is something to find.
                var drawn = World.Draw(plan, random, random.Next(1, 6));
                var tables = plan.Calendar.Select(table => Table.Of(Publisher.Banded(table.Measure, table.Period,
                    drawn.Count(table.Measure, table.Period).Select(count => new BandRules(5, 5).Of(count + random.Next(-2, 3)))))).ToList();
                var weak = ExhaustiveAttacker.Attack(tables);
                SolvingAttacker.Attack(tables).ShouldBe(weak, ignoreOrder: true);
                (found, clean) = weak.Count > 0 ? (found + 1, clean) : (found, clean + 1);
            }
        }

        found.ShouldBeGreaterThan(0);
        clean.ShouldBeGreaterThan(0);
    }

    private static Dictionary<Measure, int> Cells(params int[] cells) =>
        new[] { Measure.Outcome, Measure.Agency, Measure.Contacts }.Take(cells.Length).Select((measure, index) => (measure, index)).ToDictionary(one => one.measure, one => cells[one.index]);

    private static (Measure, PeriodKind, DateOnly, DateOnly) Until(Measure measure, PeriodKind kind, int months) => (measure, kind, January, January.AddMonths(months));
}
