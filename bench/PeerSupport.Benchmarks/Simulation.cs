using System.Diagnostics;
using System.Globalization;
using PeerSupport.Domain.Reporting;

namespace PeerSupport.Benchmarks;

/// <summary>
/// Made-up cases over agencies and years through the real noise, ranges and audit: how far what is published lies from the
/// truth, and how often a real change is called one.
/// </summary>
internal static class Simulation
{
    private static readonly (Measure Measure, int Cells)[] Measures =
        [(Measure.SituationCategory, 10), (Measure.Outcome, 6), (Measure.TimeToAccept, 4), (Measure.Agency, 0), (Measure.Contacts, 4)];
    private static readonly GeometricNoise Noise = new();
    private static readonly BandRules Rules = new();

    public static int Run(int most)
    {
        Console.WriteLine("cases       agencies  made (s)  published (ms)  hidden lines  withheld  error under 50  error from 50  error of a total  changes of 50 % called  false calls");
        for (var cases = 10_000; cases <= most; cases *= 10)
            foreach (var agencies in new[] { 4, 20 })
                Console.WriteLine(Run(cases, agencies, years: 4));
        return 0;
    }

    private static string Run(int cases, int agencies, int years)
    {
        var dice = new Random(cases + agencies);
        var quarters = Enumerable.Range(0, years * 4).Select(index => Period.Of(PeriodKind.Quarter, new DateOnly(2020, 1, 1).AddMonths(index * 3))).ToList();
        var watch = Stopwatch.StartNew();
        var truth = Made(cases, agencies, quarters.Count, dice);
        var made = watch.Elapsed.TotalSeconds;
        watch.Restart();
        var published = Publish(truth, quarters);
        var taken = watch.Elapsed.TotalMilliseconds;
        return string.Create(CultureInfo.InvariantCulture, $"{cases,-11:N0} {agencies,8}  {made,8:0.00}  {taken,14:0}  {Judged(truth, published)}");
    }

    /// <summary>Counts by quarter, measure and cell. Cells and agencies are of very different sizes; in the last year the first cell of each grows by half.</summary>
    private static int[][][] Made(int cases, int agencies, int quarters, Random dice)
    {
        var counts = Enumerable.Range(0, quarters).Select(_ => Measures.Select(m => new int[CellsOf(m, agencies)]).ToArray()).ToArray();
        for (var index = 0; index < cases; index++)
        {
            var quarter = dice.Next(quarters);
            for (var measure = 0; measure < Measures.Length; measure++)
            {
                var cells = counts[quarter][measure];
                var cell = (int)(cells.Length * Math.Pow(dice.NextDouble(), 1.7));
                if (quarter >= quarters - 4 && cell != 0 && dice.NextDouble() < 0.55 * Share(cells.Length) / (1 - Share(cells.Length)))
                    cell = 0; // the first line grows by a little more than half, at the others' cost
                cells[cell]++;
            }
        }

        return counts;
    }

    /// <summary>Of the first cell.</summary>
    private static double Share(int cells) => Math.Pow(1.0 / cells, 1 / 1.7);

    private static int CellsOf((Measure Measure, int Cells) measure, int agencies) => measure.Measure == Measure.Agency ? agencies : measure.Cells;

    private static List<Release> Publish(int[][][] truth, List<Period> quarters)
    {
        var published = new List<Release>();
        for (var quarter = 0; quarter < quarters.Count; quarter++)
            for (var measure = 0; measure < Measures.Length; measure++)
            {
                var cells = truth[quarter][measure].Select((count, cell) => new ReleasedCell(cell.ToString(CultureInfo.InvariantCulture), Rules.Of(count + Noise.Sample())));
                var sameYear = published.Where(release => release.Period.Start.Year == quarters[quarter].Start.Year).ToList();
                published.Add(ReleaseAudit.Publishable(sameYear, new Release(Measures[measure].Measure, quarters[quarter], [.. cells])));
            }

        return published;
    }

    private static string Judged(int[][][] truth, List<Release> published)
    {
        int lines = 0, hidden = 0, withheld = 0, changes = 0, called = 0, same = 0, wrong = 0;
        List<double> small = [], large = [], totalErrors = [];
        for (var index = 0; index < published.Count; index++)
        {
            var (counts, release) = (truth[index / Measures.Length][index % Measures.Length], published[index]);
            for (var cell = 0; cell < counts.Length; cell++)
            {
                lines++;
                if (release.Cells[cell].Band is not { } band)
                    withheld++;
                else if (Rules.IsHidden(band))
                    hidden++;
                else
                    (counts[cell] < 50 ? small : large).Add(Math.Abs(((band.Lower + band.Upper) / 2.0) - counts[cell]) / counts[cell]);
                if (index < Measures.Length * 4)
                    continue;
                var (before, earlier) = (truth[(index / Measures.Length) - 4][index % Measures.Length][cell], published[index - (Measures.Length * 4)].Cells[cell].Band);
                var claim = Trend.Between(release.Cells[cell].Band, earlier, Noise);
                if (before >= 10 && counts[cell] >= before * 1.5)
                    (changes, called) = (changes + 1, called + (claim == TrendDirection.Higher ? 1 : 0));
                if (claim != TrendDirection.NoClearChange && (claim == TrendDirection.Higher) != (counts[cell] > before))
                    wrong++;
                same++;
            }

            if (release.Cells.All(cell => cell.Band is not null))
                totalErrors.Add(Math.Abs((release.Cells.Sum(cell => cell.Band!.Value.Lower + cell.Band.Value.Upper) / 2.0) - counts.Sum()) / Math.Max(1, counts.Sum()));
        }

        return string.Create(CultureInfo.InvariantCulture,
            $"{Percent(hidden, lines),12}  {Percent(withheld, lines),8}  {Mean(small),14:0.0 %}  {Mean(large),13:0.0 %}  {Mean(totalErrors),16:0.0 %}  {Percent(called, changes),22}  {Percent(wrong, same),11}");
    }

    private static double Mean(List<double> values) => values.Count == 0 ? 0 : values.Average();

    private static string Percent(int part, int whole) => whole == 0 ? "-" : (part / (double)whole).ToString("0.00 %", CultureInfo.InvariantCulture);
}
