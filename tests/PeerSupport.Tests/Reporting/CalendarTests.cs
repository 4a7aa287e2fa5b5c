using PeerSupport.Domain.Reporting;

namespace PeerSupport.Tests.Reporting;

/// <summary>
/// What a short period says of a long one and the other way round. Bands are laid so that the totals barely meet, where
/// every cell is narrowed most, and "fewer than ten" may stand on one side only; there the audit and whoever tries every truth must agree, table by table.
/// </summary>
public sealed class CalendarTests
{
    private static readonly BandRules Rules = new();
    private static readonly DateOnly January = new(2027, 1, 1);

    [Theory]
    [InlineData(PeriodKind.Month, 2, PeriodKind.Quarter)]
    [InlineData(PeriodKind.Month, 3, PeriodKind.Quarter)]
    [InlineData(PeriodKind.Quarter, 4, PeriodKind.Year)]
    [InlineData(PeriodKind.Month, 3, PeriodKind.Year)]
    public void S55_The_audit_finds_what_whoever_tries_every_truth_finds_in_parts_and_in_the_whole(PeriodKind part, int parts, PeriodKind whole)
    {
        var random = new Random(parts + (int)whole);
        var (weak, clean) = (0, 0);
        for (var world = 0; world < 120; world++)
        {
            var period = Period.Of(part, January);
            var tables = new List<Release>();
            for (var number = 0; number < parts; number++, period = period.Next)
                tables.Add(Publisher.Banded(Measure.Outcome, period, [Rules.Of(random.Next(5, 15)), Rules.Of(random.Next(5, 15))]));

            // The whole begins about where the parts end at most, or ends about where they begin at least.
            var (least, most) = (tables.Sum(table => table.Cells.Sum(cell => cell.Band!.Value.Lower)), tables.Sum(table => table.Cells.Sum(cell => cell.Band!.Value.Upper)));
            var total = random.Next(2) == 0 ? most - random.Next(12) : least + random.Next(12);
            var first = random.Next(total + 1);
            tables.Add(Publisher.Banded(Measure.Agency, Period.Of(whole, January), [Rules.Of(first), Rules.Of(total - first)]));

            var found = ExhaustiveAttacker.Attack([.. tables.Select(Table.Of)]);
            ReleaseAudit.Passes(tables).ShouldBe(found.Count == 0);
            (weak, clean) = found.Count > 0 ? (weak + 1, clean) : (weak, clean + 1);
        }

        weak.ShouldBeGreaterThan(0);
        clean.ShouldBeGreaterThan(0);
    }
}
