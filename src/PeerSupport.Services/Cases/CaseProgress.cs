using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services.Notices;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Cases;

/// <summary>How the notice of one case fares: for the psychologist who posted it, and nobody else.</summary>
public sealed class CaseProgress(Database database, HandBackLimit limit, TimeProvider clock)
{
    /// <summary>The case, its waves, what comes next, and who cannot be alerted. At the end of the ladder: whom to call.</summary>
    public async Task<Result<PostedCaseProgress>> ReadAsync(Actor actor, Guid caseId, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Board, actor, cancellationToken);
        if (!work.ActorIs(Role.Psychologist))
            return CaseRefusals.NotFound;
        var db = work.Context;
        if (await db.SupportCases.AsNoTracking().SingleOrDefaultAsync(c => c.Id == caseId && c.PsychologistId == actor.PersonId, cancellationToken) is not { } supportCase)
            return CaseRefusals.NotFound;
        var at = clock.Moment(actor, limit);
        var waves = await WavesAsync(db, caseId, cancellationToken);
        var open = supportCase.Status == CaseStatus.Open;
        return new PostedCaseProgress(
            await db.AsPostedAsync(supportCase, cancellationToken),
            [.. waves.Where(wave => wave.Wave != Waves.Anew)],
            waves.SingleOrDefault(wave => wave.Wave == Waves.Anew) is { } unalerted ? unalerted.Peers - unalerted.Declined : 0,
            supportCase.Wave,
            supportCase.NextWaveAt,
            open ? await WithoutChannelAsync(db, supportCase, at, cancellationToken) : [],
            open && supportCase.Wave == Waves.Told ? await db.CallableAsync(supportCase, at, cancellationToken) : []);
    }

    /// <summary>A peer's board row says in which wave they were alerted; their other rows, what became of each alert.</summary>
    private static async Task<List<WaveCounts>> WavesAsync(PeerSupportContext db, Guid caseId, CancellationToken cancellationToken)
    {
        var rows = await db.Deliveries.AsNoTracking().Where(d => d.CaseId == caseId)
            .Select(d => new { d.PeerId, d.Channel, d.State, d.Wave, d.SeenAt, d.DeclinedAt }).ToListAsync(cancellationToken);
        return
        [
            .. from peer in rows.GroupBy(row => row.PeerId)
               let board = peer.FirstOrDefault(row => row.Channel == Channel.Board)
               where board is not null
               let alerts = peer.Where(row => row.Channel != Channel.Board).Select(row => row.State).ToList()
               group (Seen: board.SeenAt is not null, Declined: board.DeclinedAt is not null, Alerts: alerts) by board.Wave into wave
               orderby wave.Key
               select new WaveCounts(
                   wave.Key,
                   wave.Count(),
                   wave.Count(peer => peer.Alerts.Contains(DeliveryState.Sent)),
                   wave.Count(peer => !peer.Alerts.Contains(DeliveryState.Sent) && (peer.Alerts.Contains(DeliveryState.Waiting) || peer.Alerts.Contains(DeliveryState.Sending))),
                   wave.Count(peer => peer.Seen),
                   wave.Count(peer => peer.Declined),
                   wave.Count(peer => peer.Alerts.Contains(DeliveryState.Failed) && peer.Alerts.TrueForAll(state => state is DeliveryState.Failed or DeliveryState.Covered))),
        ];
    }

    /// <summary>Peers who could take it and cannot be alerted: by name, because she is their colleague and can walk over.</summary>
    private static Task<List<string>> WithoutChannelAsync(PeerSupportContext db, SupportCase supportCase, Moment at, CancellationToken cancellationToken)
    {
        var unreachable = db.WithoutWorkingChannel();
        return (
            from peer in db.Available(supportCase.AgencyId, at)
            join person in db.People on peer.PersonId equals person.Id
            where unreachable.Contains(peer.PersonId) && !db.Recusals.Any(recusal => recusal.CaseId == supportCase.Id && recusal.PeerId == peer.PersonId)
            orderby person.DisplayName
            select person.DisplayName).ToListAsync(cancellationToken);
    }
}
