// What is wrong with a set of tables; the first weighs more: cases by which they contradict each other, and candidates
// missing over all cells.
using Fault = (long Contradiction, long Missing);

namespace PeerSupport.Domain.Reporting;

/// <summary>
/// Holds every new table against all that are out already, before it goes out itself. Nobody may combine tables, sums
/// and periods until a count is nearly known: each published band must keep five candidates, and "fewer than ten" all
/// of its values.
/// <para>
/// The attacker it reckons with knows that every case is in exactly one cell of every measure, so that the totals of all
/// measures over the same days are equal, and that months add up to quarters and years; and takes every band at its
/// word, as if there were no noise. That is the hardest reading. Whoever allows for noise of at most b instead must
/// widen each band by b at both ends (the lowest down to nothing), so every truth that fitted before still fits: the
/// candidates only become more, for every b. Tables that contradict each other without noise, as noise makes some do,
/// fail as well: no truth fits them, and their reader would learn that noise was drawn and which way.
/// </para>
/// <para>
/// It looks at published and noisy numbers only, never at a truth, so it costs no privacy (post-processing). It says
/// nothing of an attacker who knows totals from elsewhere, or who reasons from the fact that a cell was withheld: of
/// those the noise alone takes care.
/// </para>
/// </summary>
public static class ReleaseAudit
{
    /// <summary>The fewest values a published band may be narrowed to.</summary>
    public const int CandidatesKept = 5;

    /// <summary>
    /// The new table as it may go out: with cells withheld that would say too much beside the earlier ones. None of them
    /// can be published without withholding another. At worst all are withheld, and such a table says nothing at all.
    /// A table that shares days with an earlier one of its own measure is withheld whole: two looks at one count.
    /// </summary>
    /// <param name="earlier">All tables that are out, as they went out.</param>
    /// <param name="candidate">The new table, with a band in every cell.</param>
    /// <exception cref="ArgumentException">A period is no calendar month, quarter or year, or two earlier tables of one measure share days.</exception>
    public static Release Publishable(IReadOnlyCollection<Release> earlier, Release candidate)
    {
        ThrowUnlessCalendar(candidate);

        // No case closes in two years and no period spans two: other years say nothing of this one.
        var known = earlier.Where(release => release.Period.Start.Year == candidate.Period.Start.Year && Says(release)).ToList();
        if (known.Exists(release => release.Measure == candidate.Measure && Overlap(release.Period, candidate.Period)))
            return Withholding(candidate, Enumerable.Range(0, candidate.Cells.Count));

        Fault FaultWithout(IEnumerable<int> withheld) => Judge([.. known, Withholding(candidate, withheld)]);
        var withheld = new List<int>();
        while (withheld.Count < candidate.Cells.Count && FaultWithout(withheld) != default(Fault))
        {
            // Each time the cell that helps most; of those that help alike, the one that says most.
            withheld.Add(Enumerable.Range(0, candidate.Cells.Count).Except(withheld)
                .OrderBy(cell => FaultWithout(withheld.Append(cell)))
                .ThenByDescending(cell => candidate.Cells[cell].Band?.Lower)
                .First());
        }

        // A cell taken early may not be needed once others are gone.
        foreach (var cell in withheld.ToList().Where(cell => FaultWithout(withheld.Where(other => other != cell)) == default(Fault)))
            withheld.Remove(cell);
        return Withholding(candidate, withheld);
    }

    /// <summary>Whether these tables, taken together, leave enough candidates everywhere.</summary>
    /// <exception cref="ArgumentException">As of <see cref="Publishable"/>.</exception>
    public static bool Passes(IReadOnlyCollection<Release> releases) =>
        releases.GroupBy(release => release.Period.Start.Year).All(year => Judge([.. year]) == default(Fault));

    private static Fault Judge(IReadOnlyList<Release> year)
    {
        var saying = year.Where(Says).ToList();
        ThrowIfShared(saying);
        var totals = new YearTotals();
        foreach (var release in saying)
            totals.Learn(release.Period, SumOf(release));
        var contradiction = totals.Conclude();
        return contradiction > 0 ? (contradiction, 0) : (0, saying.Sum(release => Missing(release, totals[release.Period])));
    }

    /// <summary>
    /// How many candidates this table's cells lack. Of a cell all values remain that leave the other cells, each within
    /// its band, a sum by which one of the possible totals is met: again an interval.
    /// </summary>
    private static long Missing(Release release, Bounds total)
    {
        var (sum, missing) = (SumOf(release), 0L);
        foreach (var band in release.Cells.Select(cell => cell.Band).OfType<Band>())
        {
            var others = new Bounds(sum.Lower - band.Lower, sum.Upper - band.Upper);
            var left = new Bounds(band.Lower, band.Upper).And(total.Without(others));
            missing += Math.Max(0, Wanted(band) - (left.Upper!.Value - left.Lower + 1));
        }

        return missing;
    }

    /// <summary>"Fewer than" must keep all its values; of others five.</summary>
    private static int Wanted(Band band) => band.Lower == 0 ? Math.Max(band.Width, CandidatesKept) : CandidatesKept;

    private static Bounds SumOf(Release release) =>
        release.Cells.Aggregate(new Bounds(0, 0), (sum, cell) => sum + (cell.Band is { } band ? new Bounds(band.Lower, band.Upper) : Bounds.Any));

    private static bool Says(Release release) => release.Cells.Any(cell => cell.Band is not null);

    private static bool Overlap(Period one, Period other) => one.Start < other.End && other.Start < one.End;

    private static Release Withholding(Release release, IEnumerable<int> withheld)
    {
        var hidden = withheld.ToHashSet();
        return release with { Cells = [.. release.Cells.Select((cell, index) => hidden.Contains(index) ? cell with { Band = null } : cell)] };
    }

    private static void ThrowIfShared(List<Release> releases)
    {
        releases.ForEach(ThrowUnlessCalendar);
        var shared = releases.Where((one, index) => releases.Skip(index + 1).Any(other => one.Measure == other.Measure && Overlap(one.Period, other.Period)));
        if (shared.FirstOrDefault() is { } release)
            throw new ArgumentException($"Two tables of {release.Measure} share days from {release.Period.Start:O} on.", nameof(releases));
    }

    private static void ThrowUnlessCalendar(Release release)
    {
        if (Period.Of(release.Period.Kind, release.Period.Start) != release.Period)
            throw new ArgumentException($"{release.Period.Start:O} begins no {release.Period.Kind}.", nameof(release));
    }
}
