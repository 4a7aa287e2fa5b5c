using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.Escalation;
using PeerSupport.Domain.People;
using PeerSupport.Services.Notices;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Escalation;

/// <summary>What a clinician or a psychologist reads about tracks without opening what the officer shared.</summary>
public sealed class Tracks
{
    private readonly Database database;
    private readonly TrackLog log;

    internal Tracks(Database database, TrackLog log) => (this.database, this.log) = (database, log);

    /// <summary>The actor's tracks: as clinician those handed to them, as psychologist those she is responsible for.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="shelf">Which of them; null for all.</param>
    /// <param name="handle">Part of the two words, to find one; null for all.</param>
    /// <param name="page">From 1.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<Result<TrackPage>> ListAsync(Actor actor, TrackShelf? shelf, string? handle, int page, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Tracks, actor, cancellationToken);
        if (!work.ActorIs(Role.Clinician) && !work.ActorIs(Role.Psychologist))
            return EscalationRefusals.NotFound;
        var db = work.Context;
        var states = StatesOn(shelf);
        var tracks = await db.Tracks.AsNoTracking().Where(track => states.Contains(track.State)).ToListAsync(cancellationToken);
        var clinicians = await db.CliniciansOfAsync(tracks, cancellationToken);
        var found = tracks
            .Select(track => (Track: track, Clinician: track.ClinicianId is { } id ? clinicians[id] : null))
            .Select(one => (one.Track, one.Clinician, Party: TrackAccess.PartyOf(work, actor, one.Track, one.Clinician)))
            .Where(one => one.Party is not null && Matches(one.Track, handle))
            .OrderBy(one => one.Track.State.IsEnded()).ThenByDescending(one => Waits(one.Track, one.Party!.Value)).ThenByDescending(one => one.Track.ReferredAt ?? one.Track.OpenedAt)
            .ToList();
        var shown = found.Skip((Math.Max(1, page) - 1) * TrackPage.Size).Take(TrackPage.Size).ToList();
        var failed = await db.FailedMailsAsync([.. shown.Select(one => one.Track.Id)], cancellationToken);
        return new TrackPage([.. shown.Select(one => Row(one.Track, one.Clinician, one.Party!.Value, failed.Contains(one.Track.Id)))], found.Count);
    }

    /// <summary>One track's state and record.</summary>
    public async Task<Result<TrackView>> ReadAsync(Actor actor, Guid trackId, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Tracks, actor, cancellationToken);
        return await work.FindTrackAsync(actor, trackId, cancellationToken) is { } seen
            ? await ViewAsync(work.Context, actor, seen, cancellationToken)
            : EscalationRefusals.NotFound;
    }

    /// <summary>The view of a track that this transaction has found, its newest entries included.</summary>
    internal async Task<TrackView> ViewAsync(PeerSupportContext db, Actor actor, SeenTrack seen, CancellationToken cancellationToken)
    {
        var (track, clinician, party) = seen;
        var entries = await db.TrackEvents.AsNoTracking().Where(e => e.TrackId == track.Id).OrderBy(e => e.Number).ToListAsync(cancellationToken);
        var names = await TrackNames.ReadAsync(db, actor, entries, cancellationToken);
        var steward = await db.People.AsNoTracking().SingleAsync(p => p.Id == track.StewardId, cancellationToken);
        var failed = await db.FailedMailsAsync([track.Id], cancellationToken);
        return new TrackView(
            Row(track, clinician, party, failed.Count > 0), clinician?.Phone, steward.DisplayName, steward.Phone, track.ConsentWithdrawnAt, track.LegalHold,
            clinician?.LastVerified == Verification.Never, [.. entries.Select(entry => names.Entry(entry, entries))], log.Check(track, entries));
    }

    private static TrackRow Row(FormalTrack track, Clinician? clinician, TrackParty party, bool mailFailed) => new(
        track.Id, track.Handle, track.State, track.Basis, track.Voluntariness, party, clinician?.Name, clinician?.PersonId is not null,
        track.OpenedAt, track.ReferredAt, track.DeclinedAt, track.EndedAt, track.NextAppointmentAt, mailFailed);

    /// <summary>Whether this reader is the one it waits for.</summary>
    private static bool Waits(FormalTrack track, TrackParty party) =>
        party == TrackParty.Clinician ? track.State == TrackState.Referred : track.State.IsWaiting();

    private static TrackState[] StatesOn(TrackShelf? shelf) => [.. Enum.GetValues<TrackState>().Where(state => shelf switch
    {
        TrackShelf.Waiting => state.IsWaiting(),
        TrackShelf.InCare => !state.IsWaiting() && !state.IsEnded(),
        TrackShelf.Ended => state.IsEnded(),
        null => true,
        _ => throw new ArgumentOutOfRangeException(nameof(shelf)),
    })];

    private static bool Matches(FormalTrack track, string? handle) =>
        string.IsNullOrWhiteSpace(handle) || track.Handle.ToString().Contains(handle.Trim(), StringComparison.OrdinalIgnoreCase);
}

/// <summary>Queries shared by lists and pages.</summary>
internal static class TrackQueries
{
    /// <summary>
    /// The clinicians of tracks. An account that is closed, or no clinician's any more, counts as none: then the psychologist
    /// may write on their word and hand on, and nobody waits for somebody who cannot sign in.
    /// </summary>
    public static async Task<Dictionary<Guid, Clinician>> CliniciansOfAsync(this PeerSupportContext db, IEnumerable<FormalTrack> tracks, CancellationToken cancellationToken)
    {
        var ids = tracks.Select(track => track.ClinicianId).OfType<Guid>().Distinct().ToArray();
        var signingIn = db.ActiveAs(Role.Clinician);
        var found = await db.Clinicians.AsNoTracking().Where(c => ids.Contains(c.Id))
            .Select(c => new { Clinician = c, SignsIn = signingIn.Any(person => person.Id == c.PersonId) }).ToListAsync(cancellationToken);
        foreach (var one in found.Where(one => !one.SignsIn))
            one.Clinician.PersonId = null;
        return found.ToDictionary(one => one.Clinician.Id, one => one.Clinician);
    }

    /// <summary>Tracks with a mail that the server refused for good: somebody has to phone.</summary>
    public static Task<HashSet<Guid>> FailedMailsAsync(this PeerSupportContext db, Guid[] tracks, CancellationToken cancellationToken) =>
        db.Messages.Where(m => m.TrackId != null && tracks.Contains(m.TrackId.Value) && m.State == DeliveryState.Failed)
            .Select(m => m.TrackId!.Value).ToHashSetAsync(cancellationToken);
}
