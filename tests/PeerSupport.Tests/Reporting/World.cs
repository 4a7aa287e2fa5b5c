using PeerSupport.Domain.Reporting;

namespace PeerSupport.Tests.Reporting;

/// <summary>When which measure is published, and in how many cells.</summary>
/// <param name="Name">For the report.</param>
/// <param name="Cells">How many cells each measure has.</param>
/// <param name="Calendar">Its tables, in the order in which they go out.</param>
internal sealed record Plan(string Name, IReadOnlyDictionary<Measure, int> Cells, IReadOnlyList<(Measure Measure, Period Period)> Calendar)
{
    /// <summary>Tables in the order of the days from which they may go out; measures change kind only between periods.</summary>
    public static Plan Of(string name, IReadOnlyDictionary<Measure, int> cells, IEnumerable<(Measure Measure, PeriodKind Kind, DateOnly From, DateOnly Until)> spans) => new(name, cells,
    [
        .. spans.SelectMany(span => Periods(span.Kind, span.From, span.Until).Select(period => (span.Measure, period)))
            .OrderBy(table => table.period.ReleasedFrom).ThenBy(table => table.Measure),
    ]);

    public override string ToString() => Name;

    private static IEnumerable<Period> Periods(PeriodKind kind, DateOnly from, DateOnly until)
    {
        for (var period = Period.Of(kind, from); period.End <= until; period = period.Next)
            yield return period;
    }
}

/// <summary>What really happened: every case in one cell of every measure, in some month.</summary>
internal sealed class World
{
    private readonly Dictionary<(Measure Measure, DateOnly Month), int[]> counts = [];

    /// <summary>Draws cases month by month, their cells as unevenly as in life.</summary>
    public static World Draw(Plan plan, Random random, int casesAMonth)
    {
        var world = new World();
        var weights = plan.Cells.ToDictionary(measure => measure.Key, measure => Enumerable.Range(0, measure.Value).Select(_ => Math.Exp(2 * random.NextDouble() - (4 * random.NextDouble()))).ToArray());
        var first = plan.Calendar.Min(table => table.Period.Start);
        for (var month = first; month < plan.Calendar.Max(table => table.Period.End); month = month.AddMonths(1))
        {
            var cases = random.Next((casesAMonth / 2), (casesAMonth * 3 / 2) + 1);
            foreach (var (measure, chances) in weights)
            {
                var cells = world.counts[(measure, month)] = new int[chances.Length];
                for (var one = 0; one < cases; one++)
                    cells[Pick(chances, random)]++;
            }
        }

        return world;
    }

    /// <summary>Cases of every cell in a period.</summary>
    public int[] Count(Measure measure, Period period)
    {
        var months = counts.Where(count => count.Key.Measure == measure && period.Start <= count.Key.Month && count.Key.Month < period.End).ToList();
        return [.. Enumerable.Range(0, months[0].Value.Length).Select(cell => months.Sum(month => month.Value[cell]))];
    }

    private static int Pick(double[] chances, Random random)
    {
        var (left, cell) = (random.NextDouble() * chances.Sum(), 0);
        while (cell < chances.Length - 1 && (left -= chances[cell]) > 0)
            cell++;
        return cell;
    }
}

/// <summary>The real way from the truth to what is published: noise, bands, audit.</summary>
internal static class Publisher
{
    /// <summary>Everything published, in its order; the noise is one draw, or a fixed value for the worlds of the worst case.</summary>
    public static List<Release> Publish(Plan plan, World world, BandRules rules, Func<int> noise)
    {
        var published = new List<Release>();
        foreach (var (measure, period) in plan.Calendar)
            published.Add(ReleaseAudit.Publishable(published, Banded(measure, period, world.Count(measure, period).Select(count => rules.Of(count + noise())))));
        return published;
    }

    /// <summary>A table before the audit.</summary>
    public static Release Banded(Measure measure, Period period, IEnumerable<Band> bands) =>
        new(measure, period, [.. bands.Select((band, cell) => new ReleasedCell($"{cell}", band))]);

    /// <summary>How many cells went out and how many of them say nothing.</summary>
    public static (int Cells, int Withheld) Withheld(IEnumerable<Release> published)
    {
        var cells = published.SelectMany(release => release.Cells).ToList();
        return (cells.Count, cells.Count(cell => cell.Band is null));
    }
}
