using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.Escalation;
using PeerSupport.Services.Notices;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Escalation;

/// <summary>
/// Destroys formal tracks that are past their agency's time. One DELETE takes the wrapped key, the facts, the record,
/// links and messages with the row; all that stays is that on this day so many were destroyed. A backup still holds the
/// ciphertext until its epoch's key is destroyed, like that of a closed case.
/// </summary>
internal sealed class RetentionErrand(TimeProvider clock) : IErrandHandler
{
    /// <summary>Tracks in one transaction: few enough that nobody waits for them.</summary>
    public const int Batch = 50;
    /// <summary>In UTC: night in every American time zone.</summary>
    private static readonly TimeOnly AtNight = new(9, 0);

    public ErrandKind Kind => ErrandKind.Retention;

    /// <summary>One batch; again at once while there is more, else tomorrow. The row never ends.</summary>
    public async Task<ErrandAgain?> RunAsync(Work work, Errand errand, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var destroyed = await DestroyAsync(work.Context, today, cancellationToken);
        return new ErrandAgain(0, destroyed == Batch ? now : new DateTimeOffset(today.AddDays(1).ToDateTime(AtNight), TimeSpan.Zero));
    }

    private static async Task<int> DestroyAsync(PeerSupportContext db, DateOnly today, CancellationToken cancellationToken)
    {
        var destroyed = 0;
        foreach (var (agency, months) in await MonthsAsync(db, today, cancellationToken))
        {
            if (destroyed < Batch)
                destroyed += await DestroyAsync(db, agency, RetentionTimes.EndedBefore(today, months), Batch - destroyed, today, cancellationToken);
        }

        return destroyed;
    }

    private static async Task<List<(Guid Agency, int Months)>> MonthsAsync(PeerSupportContext db, DateOnly today, CancellationToken cancellationToken)
    {
        var rows = await (
            from agency in db.Agencies.AsNoTracking()
            join settings in db.TrackSettings.AsNoTracking() on agency.Id equals settings.AgencyId into chosen
            from settings in chosen.DefaultIfEmpty()
            orderby agency.Id
            select new { agency.Id, Settings = settings }).ToListAsync(cancellationToken);
        return rows.ConvertAll(row => (row.Id, row.Settings?.MonthsOn(today) ?? RetentionRules.DefaultMonths));
    }

    private static async Task<int> DestroyAsync(PeerSupportContext db, Guid agencyId, DateTimeOffset endedBefore, int most, DateOnly today, CancellationToken cancellationToken)
    {
        // Locked first: whoever sets a legal hold at this moment either comes first, or finds the track gone and is told so.
        var due = await db.Database.SqlQuery<Guid>(
            $"""
            select id as "Value" from formal_tracks
            where agency_id = {agencyId} and ended_at < {endedBefore} and not legal_hold
            order by ended_at limit {most} for update skip locked
            """).ToListAsync(cancellationToken);
        if (due.Count == 0)
            return 0;
        var destroyed = await db.Tracks.Where(track => due.Contains(track.Id)).ExecuteDeleteAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into retention_runs (agency_id, day, destroyed) values ({agencyId}, {today}, {destroyed})
            on conflict (agency_id, day) do update set destroyed = retention_runs.destroyed + excluded.destroyed
            """, cancellationToken);
        return destroyed;
    }
}
