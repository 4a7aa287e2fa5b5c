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
            waves.Sum(wave => wave.Wave == Waves.Anew ? wave.Peers - wave.Declined : wave.Failed),
            supportCase.Wave,
            supportCase.NextWaveAt,
            open ? await WithoutChannelAsync(db, supportCase, at, cancellationToken) : [],
            open && supportCase.Wave == Waves.Told ? await db.CallableAsync(supportCase, at, cancellationToken) : []);
    }

    private static async Task<List<WaveCounts>> WavesAsync(PeerSupportContext db, Guid caseId, CancellationToken cancellationToken)
    {
        var peers = await db.NoticesByPeer([caseId]).ToListAsync(cancellationToken);
        return
        [
            .. from peer in peers
               group peer by peer.Wave into wave
               orderby wave.Key
               select new WaveCounts(
                   wave.Key,
                   wave.Count(),
                   wave.Count(peer => peer.Sent),
                   wave.Count(peer => peer.Waiting),
                   wave.Count(peer => peer.Seen),
                   wave.Count(peer => peer.Declined),
                   wave.Count(peer => peer.Failed)),
        ];
    }

    /// <summary>Peers who could take it and cannot be alerted: by name, because she is their colleague and can walk over.</summary>
    private static Task<List<string>> WithoutChannelAsync(PeerSupportContext db, SupportCase supportCase, Moment at, CancellationToken cancellationToken)
    {
        var unreachable = db.WithoutWorkingChannel(at.Now);
        return (
            from peer in db.Available(supportCase.AgencyId, at)
            join person in db.People on peer.PersonId equals person.Id
            where unreachable.Contains(peer.PersonId) && !db.Recusals.Any(recusal => recusal.CaseId == supportCase.Id && recusal.PeerId == peer.PersonId)
            orderby person.DisplayName
            select person.DisplayName).ToListAsync(cancellationToken);
    }
}
