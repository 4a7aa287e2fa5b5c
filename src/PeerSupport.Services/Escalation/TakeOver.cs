using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.Escalation;
using PeerSupport.Domain.People;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Escalation;

/// <summary>A track whose psychologist is gone, as the other psychologists of the agency see it until one takes it over.</summary>
/// <param name="TrackId">Random id.</param>
/// <param name="Handle">Two words. No name of an officer, nothing they shared.</param>
/// <param name="State">Where it stands.</param>
/// <param name="OpenedAt">When it began.</param>
/// <param name="StewardName">Whose it was.</param>
public sealed record LeftTrack(Guid TrackId, Handle Handle, TrackState State, DateTimeOffset OpenedAt, string StewardName);

/// <summary>
/// No track is left to nobody: when the psychologist responsible is no active psychologist any more, another one of the same
/// agency takes over, which is an entry in the record. Never while she is there.
/// </summary>
public sealed class TakeOver
{
    private readonly Database database;
    private readonly TrackLog log;

    internal TakeOver(Database database, TrackLog log) => (this.database, this.log) = (database, log);

    /// <summary>What is left in the actor's agency, whatever waits first.</summary>
    public async Task<Result<IReadOnlyList<LeftTrack>>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Tracks, actor, cancellationToken);
        if (!work.ActorIs(Role.Psychologist))
            return EscalationRefusals.NotFound;
        var db = work.Context;
        var left = await (
            from track in Left(db, actor)
            join person in db.People on track.StewardId equals person.Id
            orderby track.EndedAt != null, track.OpenedAt
            select new { Track = track, person.DisplayName }).ToListAsync(cancellationToken);
        return left.ConvertAll(one => new LeftTrack(one.Track.Id, one.Track.Handle, one.Track.State, one.Track.OpenedAt, one.DisplayName));
    }

    /// <summary>Takes it over. Of two who do at once one has it; doing it again is harmless.</summary>
    public async Task<Result> TakeAsync(Actor actor, Guid trackId, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Tracks, actor, cancellationToken);
        var db = work.Context;
        if (!work.ActorIs(Role.Psychologist) || await work.LockTrackAsync(trackId, cancellationToken) is not { } track)
            return EscalationRefusals.NotFound;
        if (track.StewardId == actor.PersonId)
            return Result.Done;
        if (!await Left(db, actor).AnyAsync(one => one.Id == trackId, cancellationToken))
            return EscalationRefusals.NotFound;
        track.StewardId = actor.PersonId;
        log.Add(db, track, TrackEventKind.TakenOver, TrackParty.Steward, actor.PersonId, new EntryDetails { StewardId = actor.PersonId });
        await work.PassOnAsync(trackId, cancellationToken); // its links are not hers to see yet
        await db.HandOffLinks.Where(link => link.TrackId == trackId).ExecuteUpdateAsync(set => set.SetProperty(link => link.StewardId, actor.PersonId), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        work.CaseChanged();
        await work.CommitAsync(cancellationToken);
        return Result.Done;
    }

    private static IQueryable<FormalTrack> Left(PeerSupportContext db, Actor actor)
    {
        var there = db.ActiveAs(Role.Psychologist);
        return db.Tracks.AsNoTracking().Where(track => track.AgencyId == actor.AgencyId && !there.Any(person => person.Id == track.StewardId));
    }
}
