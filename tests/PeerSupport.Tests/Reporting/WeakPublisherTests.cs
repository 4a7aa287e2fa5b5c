using PeerSupport.Domain.Reporting;

namespace PeerSupport.Tests.Reporting;

/// <summary>
/// The attackers can win: each of these publishers leaves out one thing that ours does, and is found out by the same
/// attack. Where both attackers can read the tables, both must find it.
/// </summary>
public sealed class WeakPublisherTests
{
    private static readonly BandRules Rules = new();
    private static readonly Period January = new(PeriodKind.Month, new DateOnly(2027, 1, 1));

    [Fact]
    public void S55_Without_the_audit_two_tables_of_one_month_say_too_much_together()
    {
        // 28 cases: two cells at the upper end of 10–14; 11 and 17 would be 10–14 and 15–19, at least 25 in all.
        var tables = Banded((Measure.Outcome, [14, 14]), (Measure.Contacts, [13, 15]));
        var weak = Both(tables);
        weak.ShouldAllBe(cell => cell.Candidates < 5);
        weak.Count.ShouldBe(4);
        Both(Audited(tables)).ShouldBeEmpty();
    }

    [Fact]
    public void S55_Without_the_audit_fewer_than_ten_can_become_a_number()
    {
        // 57 cases: at most 57 by one table, at least 55 by the other, so "fewer than 10" is at most 2.
        var tables = Banded((Measure.Outcome, [19, 19, 19]), (Measure.Contacts, [25, 15, 15, 2]));
        Both(tables).ShouldContain(new WeakCell((int)Measure.Contacts, Table.Of(tables[1]).First, 3, Candidates: 3, Wanted: 10));
        Both(Audited(tables)).ShouldBeEmpty();
    }

    [Fact]
    public void S55_Without_the_audit_chance_alone_aligns_tables_before_long()
    {
        var random = new Random(55);
        var cells = new[] { Measure.Outcome, Measure.Agency, Measure.Contacts }.ToDictionary(measure => measure, _ => 2);
        var plan = Plan.Of("two years", cells, cells.Keys.Select(measure => (measure, PeriodKind.Month, January.Start, January.Start.AddYears(2))));
        var world = World.Draw(plan, random, 30);
        foreach (var noise in new Func<int>[] { () => 0, new GeometricNoise(1000, random.Next).Sample })
        {
            var tables = plan.Calendar.Select(table => Publisher.Banded(table.Measure, table.Period, world.Count(table.Measure, table.Period).Select(count => Rules.Of(count + noise())))).ToList();
            Both(tables).ShouldContain(cell => cell.Candidates < 5);
            Both(Audited(tables)).ShouldBeEmpty();
        }
    }

    [Fact]
    public void S55_An_exact_total_beside_the_bands_says_too_much()
    {
        // One cell that every case lands in, published as the number it is.
        List<Table> tables = [Table.Of(Banded((Measure.Outcome, [10, 10, 11]))[0]), new Table(99, Table.Of(Banded((Measure.Outcome, [0]))[0]).First, 1, [(31, 31)])];
        SolvingAttacker.Attack(tables).Count(cell => cell.Measure == (int)Measure.Outcome && cell.Candidates < 5).ShouldBe(3);
        ExhaustiveAttacker.Attack(tables).ShouldBe(SolvingAttacker.Attack(tables), ignoreOrder: true);
    }

    [Fact]
    public void S55_Bands_of_one_number_say_too_much()
    {
        Release[] narrow = [Publisher.Banded(Measure.Outcome, January, new[] { 3, 12, 17 }.Select(count => count < 10 ? new Band(0, 9) : new Band(count, count)))];
        Both(narrow).Select(cell => cell.Candidates).ShouldBe([1, 1]);
        Both(Audited(narrow)).ShouldBeEmpty();
        Should.Throw<ArgumentOutOfRangeException>(() => new BandRules(width: 1));
    }

    [Fact]
    public void S55_Months_and_a_rolling_window_over_them_say_too_much()
    {
        // Three months of 14 are 10–14 each; the same 42 over a window are 40–44, so no month had fewer than 12.
        int[] months = [14, 14, 14, 10];
        List<Table> tables = [.. months.Select((count, month) => Rolling(month, 1, count)), Rolling(0, 3, 42), Rolling(1, 3, 38)];
        SolvingAttacker.Attack(tables).Min(cell => cell.Candidates).ShouldBeLessThan(5);
        SolvingAttacker.Attack(tables[..months.Length]).ShouldBeEmpty();

        static Table Rolling(int first, int length, int count) => new((int)Measure.Agency, first, length, [(Rules.Of(count).Lower, Rules.Of(count).Upper)]);
    }

    [Fact]
    public void S55_A_second_look_at_days_already_published_is_withheld_whole()
    {
        Release[] months = [.. Enumerable.Range(0, 3).Select(month => Publisher.Banded(Measure.Agency, January with { Start = January.Start.AddMonths(month) }, [Rules.Of(14), Rules.Of(30)]))];
        foreach (var again in new[] { January, Period.Of(PeriodKind.Quarter, January.Start), Period.Of(PeriodKind.Year, January.Start) })
        {
            var second = Publisher.Banded(Measure.Agency, again, [Rules.Of(42), Rules.Of(90)]);
            ReleaseAudit.Publishable(months, second).Cells.ShouldAllBe(cell => cell.Band == null);
            Should.Throw<ArgumentException>(() => ReleaseAudit.Passes([.. months, second]));
        }
    }

    [Fact]
    public void A_period_that_is_none_of_the_calendar_is_refused() =>
        Should.Throw<ArgumentException>(() => ReleaseAudit.Publishable([], Publisher.Banded(Measure.Agency, January with { Start = new DateOnly(2027, 1, 15) }, [Rules.Of(1)])));

    [Fact]
    public void S55_Tables_that_contradict_each_other_are_found_and_never_published()
    {
        var tables = Banded((Measure.Outcome, [30, 30]), (Measure.Contacts, [10, 10]));
        Both(tables).ShouldAllBe(cell => cell.Candidates == 0);
        Publisher.Withheld(Audited(tables)).Withheld.ShouldBe(1);
        Both(Audited(tables)).ShouldBeEmpty();
    }

    private static Release[] Banded(params (Measure Measure, int[] Counts)[] tables) =>
        [.. tables.Select(table => Publisher.Banded(table.Measure, January, table.Counts.Select(Rules.Of)))];

    private static List<Release> Audited(IEnumerable<Release> tables) =>
        tables.Aggregate(new List<Release>(), (published, table) => [.. published, ReleaseAudit.Publishable(published, table)]);

    private static IReadOnlyList<WeakCell> Both(IEnumerable<Release> releases)
    {
        Table[] tables = [.. releases.Select(Table.Of)];
        var found = SolvingAttacker.Attack(tables);
        ExhaustiveAttacker.Attack(tables).ShouldBe(found, ignoreOrder: true);
        return found;
    }
}
