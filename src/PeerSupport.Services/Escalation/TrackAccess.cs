using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.Escalation;
using PeerSupport.Domain.People;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Escalation;

/// <summary>A track, read for update, with its clinician and as whom the reader sees it.</summary>
internal sealed record SeenTrack(FormalTrack Track, Clinician? Clinician, TrackParty Party);

/// <summary>Finding a track for somebody. Default deny: whoever is neither its psychologist nor its clinician finds nothing.</summary>
internal static class TrackAccess
{
    /// <summary>The track for the actor, its row locked until the end of the transaction; null for everybody else.</summary>
    public static async Task<SeenTrack?> FindTrackAsync(this Work work, Actor actor, Guid trackId, CancellationToken cancellationToken)
    {
        if (await work.LockTrackAsync(trackId, cancellationToken) is not { } track)
            return null;
        var clinician = (await work.Context.CliniciansOfAsync([track], cancellationToken)).Values.SingleOrDefault();
        return PartyOf(work, actor, track, clinician) is { } party ? new SeenTrack(track, clinician, party) : null;
    }

    /// <summary>The row, locked: two who write at once would otherwise both add the same entry.</summary>
    public static async Task<FormalTrack?> LockTrackAsync(this Work work, Guid trackId, CancellationToken cancellationToken) =>
        (await work.Context.Tracks.FromSql($"select * from formal_tracks where id = {trackId} for update").ToListAsync(cancellationToken)).SingleOrDefault();

    /// <summary>As whom the actor sees a track; null for nobody. Whoever could not take it is not its clinician any more.</summary>
    public static TrackParty? PartyOf(Work work, Actor actor, FormalTrack track, Clinician? clinician)
    {
        if (clinician?.PersonId == actor.PersonId && track.DeclinedAt is null && work.ActorIs(Role.Clinician))
            return TrackParty.Clinician;
        return track.StewardId == actor.PersonId && work.ActorIs(Role.Psychologist) ? TrackParty.Steward : null;
    }
}
