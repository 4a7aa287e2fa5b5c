using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.People;
using PeerSupport.Domain.Reporting;
using PeerSupport.Services.Cases;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Reporting;

/// <summary>
/// The programme report, for wellness coordinators. It is read with a login that can read published bands and nothing else:
/// no filter, no parameter and no mistake here can reach a case.
/// </summary>
public sealed class Reports(Database database, TimeProvider clock)
{
    /// <summary>Reads the report of one period.</summary>
    /// <param name="actor">A coordinator; anybody else finds nothing.</param>
    /// <param name="wanted">A period; where it is none of the published ones, or null, the newest is shown.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<Result<ReportView>> ReadAsync(Actor actor, Period? wanted, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Stats, actor, cancellationToken);
        if (!work.ActorIs(Role.Coordinator))
            return ReportingRefusals.NotFound;
        var db = work.Context;
        var releases = await db.Releases.AsNoTracking().ToListAsync(cancellationToken);
        var available = releases.Select(PeriodOf).Distinct().OrderByDescending(period => period.End).ThenBy(period => period.Kind).ToList();
        Period? shown = wanted is { } asked && available.Contains(asked) ? asked : available.Count > 0 ? available[0] : null;
        return new ReportView(shown, available, shown is { } one ? await TablesAsync(db, one, releases, cancellationToken) : [], await ProgrammeAsync(db, clock.Today(actor), cancellationToken));
    }

    private static async Task<IReadOnlyList<ReportTable>> TablesAsync(PeerSupportContext db, Period shown, List<PublishedRelease> releases, CancellationToken cancellationToken)
    {
        Period previous = shown.Previous, yearBefore = shown with { Start = shown.Start.AddYears(-1) };
        DateOnly[] starts = [shown.Start, previous.Start, yearBefore.Start];
        var bands = await db.PublishedBands.AsNoTracking().Where(b => b.PeriodKind == shown.Kind && starts.Contains(b.PeriodStart)).ToListAsync(cancellationToken);
        return [.. releases.Where(release => PeriodOf(release) == shown).OrderBy(release => release.Measure).Select(release => Table(release, releases, bands, previous, yearBefore))];
    }

    private static ReportTable Table(PublishedRelease release, List<PublishedRelease> releases, List<PublishedBand> bands, Period previous, Period yearBefore)
    {
        var before = Earlier(release, previous, releases, bands);
        var lastYear = Earlier(release, yearBefore, releases, bands);
        var rows = bands.Where(b => b.Measure == release.Measure && b.PeriodStart == release.PeriodStart).OrderBy(b => b.Place)
            .Select(b => new ReportRow(b.English, b.Spanish, Publisher.BandOf(b), before(b), lastYear(b))).ToList();
        return new ReportTable(
            release.Measure, release.ReleasedOn, release.EpsilonThousandths, new BandRules(release.Threshold, release.BandWidth), rows,
            rows.Sum(row => row.Band?.Lower ?? 0), rows.TrueForAll(row => row.Band is not null) ? rows.Sum(row => row.Band!.Value.Upper) : null);
    }

    /// <summary>How to compare a line with an earlier table: by the noisier of the two.</summary>
    private static Func<PublishedBand, TrendDirection?> Earlier(PublishedRelease release, Period period, List<PublishedRelease> releases, List<PublishedBand> bands)
    {
        if (releases.Find(r => r.Measure == release.Measure && PeriodOf(r) == period) is not { } earlier)
            return _ => null;
        var noise = new GeometricNoise(Math.Min(release.EpsilonThousandths, earlier.EpsilonThousandths));
        var cells = bands.Where(b => b.Measure == release.Measure && b.PeriodStart == period.Start).ToDictionary(b => b.Cell, StringComparer.Ordinal);
        return now => cells.TryGetValue(now.Cell, out var then) ? Trend.Between(Publisher.BandOf(now), Publisher.BandOf(then), noise) : null;
    }

    private static async Task<ProgrammeFigures> ProgrammeAsync(PeerSupportContext db, DateOnly today, CancellationToken cancellationToken) =>
        await db.Database.SqlQuery<ProgrammeFigures>($"select active_peers, on_a_break, training_due, agencies from programme_figures({today})").SingleAsync(cancellationToken);

    private static Period PeriodOf(PublishedRelease release) => new(release.PeriodKind, release.PeriodStart);
}

/// <summary>Every expected "no" about reports.</summary>
public static class ReportingRefusals
{
    /// <summary>For whoever is no coordinator, or no administrator, there is nothing here.</summary>
    public static readonly Refusal NotFound = new("report-not-found", "There is nothing here.", "Aquí no hay nada.");

    /// <summary>A kind of period that there is not.</summary>
    public static readonly Refusal ChoosePeriod = new("choose-period", "Choose a month, a quarter or a year.", "Elija un mes, un trimestre o un año.");
}
