using System.Diagnostics;
using PeerSupport.Domain.Reporting;

namespace PeerSupport.Tests.Reporting;

/// <summary>The attack on two years of a whole region, with a solver: five measures, mixed periods, any volume.</summary>
public sealed class LargeWorldTests(ITestOutputHelper output)
{
    private static readonly DateOnly Start = new(2027, 1, 1);
    private static readonly DateOnly Turn = new(2028, 1, 1);
    private static readonly DateOnly End = new(2029, 1, 1);

    [Theory]
    [InlineData(1, 2, 6)]
    [InlineData(2, 6, 40)]
    [InlineData(3, 12, 150)]
    [InlineData(4, 40, 400)]
    public void S55_Two_years_of_a_region_leave_enough_candidates_to_an_integer_programming_solver(int seed, int agencies, int casesAMonth)
    {
        var random = new Random(seed);
        var plan = Draw(random, agencies);
        var clock = Stopwatch.StartNew();
        var published = Publisher.Publish(plan, World.Draw(plan, random, casesAMonth), new BandRules(), new GeometricNoise(1000, random.Next).Sample);
        var (publishing, (cells, withheld)) = (clock.Elapsed, Publisher.Withheld(published));
        SolvingAttacker.Attack([.. published.Select(Table.Of)]).ShouldBeEmpty();
        output.WriteLine($"{plan.Calendar.Count} tables, {withheld} of {cells} cells withheld, published in {publishing.TotalMilliseconds:F0} ms, attacked for {clock.Elapsed - publishing:c}");
    }

    [Fact]
    public void The_audit_and_the_solver_agree_on_large_worlds_that_nobody_audited()
    {
        var random = new Random(11);
        for (var world = 0; world < 3; world++)
        {
            var plan = Draw(random, 5);
            var drawn = World.Draw(plan, random, 60);
            var noise = new GeometricNoise(1000, random.Next);
            var published = plan.Calendar.Where(table => table.Period.Start < Turn)
                .Select(table => Publisher.Banded(table.Measure, table.Period, drawn.Count(table.Measure, table.Period).Select(count => new BandRules().Of(count + noise.Sample())))).ToList();
            SolvingAttacker.Attack([.. published.Select(Table.Of)]).Any().ShouldBe(!ReleaseAudit.Passes(published));
        }
    }

    /// <summary>A kind for each measure and year, as an administrator might choose them.</summary>
    private static Plan Draw(Random random, int agencies)
    {
        var cells = new Dictionary<Measure, int>
        {
            [Measure.SituationCategory] = 10,
            [Measure.Outcome] = 6,
            [Measure.TimeToAccept] = TallyCells.Waits.Count,
            [Measure.Agency] = agencies,
            [Measure.Contacts] = TallyCells.ContactSteps.Count,
        };
        var spans = cells.Keys.SelectMany(measure => new[] { (measure, Kind(), Start, Turn), (measure, Kind(), Turn, End) });
        return Plan.Of("a region", cells, spans);

        PeriodKind Kind() => (PeriodKind)random.Next(1, 4);
    }
}
