using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.Reporting;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Reporting;

/// <summary>
/// The one way from raw counts to something anybody may see: noise once, bands, the audit against everything that is out
/// already, insert, and the raw counts deleted; all in one transaction of the caller.
/// </summary>
internal sealed class Publisher(PublicationRules rules, GeometricNoise noise)
{
    /// <summary>The oldest period that may be published by now and is not; null when all is out.</summary>
    public static async Task<(Measure Measure, Period Period)?> NextAsync(PeerSupportContext db, DateOnly today, CancellationToken cancellationToken)
    {
        var calendar = new ReleaseCalendar(await db.ReleaseCalendar.AsNoTracking().ToListAsync(cancellationToken));
        var since = await db.ReportingSince.AsNoTracking().Select(s => s.Day).SingleAsync(cancellationToken);
        var rows = await db.Releases.AsNoTracking().Select(r => new { r.Measure, r.PeriodKind, r.PeriodStart }).ToListAsync(cancellationToken);
        var released = rows.Select(r => (r.Measure, new Period(r.PeriodKind, r.PeriodStart))).ToHashSet();
        var due =
            from measure in Enum.GetValues<Measure>()
            from period in calendar.Due(measure, since, today)
            where !released.Contains((measure, period))
            orderby period.ReleasedFrom, measure
            select ((Measure, Period)?)(measure, period);
        return due.FirstOrDefault();
    }

    /// <summary>Publishes one table. A second time is refused by its key.</summary>
    public async Task PublishAsync(PeerSupportContext db, Measure measure, Period period, DateOnly today, CancellationToken cancellationToken)
    {
        var cells = await Cells.OfAsync(db, measure, cancellationToken);
        var counted = db.Tallies.Where(t => t.Measure == measure && t.PeriodKind == period.Kind && t.PeriodStart == period.Start);
        var counts = await counted.AsNoTracking().ToDictionaryAsync(t => t.Cell, t => t.Count, StringComparer.Ordinal, cancellationToken);
        var noisy = cells.Select(cell => new ReleasedCell(cell.Code, rules.Bands.Of(counts.GetValueOrDefault(cell.Code) + noise.Sample())));
        var release = ReleaseAudit.Publishable(await SameYearAsync(db, period, cancellationToken), new Release(measure, period, [.. noisy]));
        Add(db, release, cells, today);
        await db.SaveChangesAsync(cancellationToken);
        await counted.ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>What is out for days of the same calendar year: nothing else adds up with this table.</summary>
    private static async Task<IReadOnlyList<Release>> SameYearAsync(PeerSupportContext db, Period period, CancellationToken cancellationToken)
    {
        var year = Period.Of(PeriodKind.Year, period.Start);
        var rows = await db.PublishedBands.AsNoTracking().Where(b => b.PeriodStart >= year.Start && b.PeriodStart < year.End).ToListAsync(cancellationToken);
        return [.. rows.GroupBy(row => (row.Measure, Period: new Period(row.PeriodKind, row.PeriodStart)))
            .Select(table => new Release(table.Key.Measure, table.Key.Period, [.. table.Select(row => new ReleasedCell(row.Cell, BandOf(row)))]))];
    }

    private void Add(PeerSupportContext db, Release release, IReadOnlyList<Cell> cells, DateOnly today)
    {
        var (measure, period) = (release.Measure, release.Period);
        db.Releases.Add(new PublishedRelease
        {
            Measure = measure,
            PeriodKind = period.Kind,
            PeriodStart = period.Start,
            ReleasedOn = today,
            EpsilonThousandths = rules.EpsilonThousandths,
            Threshold = rules.Bands.Threshold,
            BandWidth = rules.Bands.Width,
        });
        foreach (var (released, index) in release.Cells.Select((cell, index) => (cell, index)))
            db.PublishedBands.Add(new PublishedBand
            {
                Measure = measure,
                PeriodKind = period.Kind,
                PeriodStart = period.Start,
                Cell = released.Cell,
                Place = index + 1,
                English = cells[index].English,
                Spanish = cells[index].Spanish,
                Lower = released.Band?.Lower,
                Upper = released.Band?.Upper,
            });
    }

    internal static Band? BandOf(PublishedBand row) => row is { Lower: { } lower, Upper: { } upper } ? new Band(lower, upper) : null;
}
