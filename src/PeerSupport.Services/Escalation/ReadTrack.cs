using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.Escalation;
using PeerSupport.Domain.Sealing;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;
using PeerSupport.Services.Sealing;

namespace PeerSupport.Services.Escalation;

/// <summary>
/// The only code that opens what an officer agreed to share. The reading is written into the record and committed before
/// anything is returned: what could not be recorded is not read.
/// </summary>
public sealed class ReadTrack
{
    private readonly Database database;
    private readonly CaseSealer sealer;
    private readonly Tracks tracks;
    private readonly TrackLog log;

    internal ReadTrack(Database database, CaseSealer sealer, Tracks tracks, TrackLog log) =>
        (this.database, this.sealer, this.tracks, this.log) = (database, sealer, tracks, log);

    /// <summary>Opens the facts once, for the clinician of the track, or for the psychologist while none is chosen after an exception.</summary>
    public async Task<Result<TrackFile>> OpenAsync(Actor actor, Guid trackId, ReadReason reason, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Tracks, actor, cancellationToken);
        var db = work.Context;
        if (await work.FindTrackAsync(actor, trackId, cancellationToken) is not { } seen)
            return EscalationRefusals.NotFound;
        var opened = await OpenAsync(db, seen, actor.PersonId, reason, cancellationToken);
        if (!opened.Succeeded)
            return opened.Refusal!;
        await db.SaveChangesAsync(cancellationToken);
        var view = await tracks.ViewAsync(db, actor, seen, cancellationToken);
        await work.CommitAsync(cancellationToken);
        return new TrackFile(view, opened.Value.Facts, opened.Value.Read, seen.Clinician);
    }

    /// <summary>Opens the facts in a transaction that has found the track, and adds the reading to the record. The caller commits before it shows anything.</summary>
    internal async Task<Result<(AgreedFacts Facts, RecordedRead Read)>> OpenAsync(
        PeerSupportContext db, SeenTrack seen, Guid? actorId, ReadReason reason, CancellationToken cancellationToken)
    {
        if (seen.Track.ConsentWithdrawnAt is not null)
            return EscalationRefusals.SharingStopped;
        // Row-level security decides who finds them.
        if (await db.TrackFacts.AsNoTracking().SingleOrDefaultAsync(f => f.TrackId == seen.Track.Id, cancellationToken) is not { } facts)
            return EscalationRefusals.NotFound;
        try
        {
            var opened = FactsSeal.Open(sealer, facts);
            var entry = log.Add(db, seen.Track, TrackEventKind.Read, seen.Party, actorId, new EntryDetails { Reason = reason });
            return (opened, new RecordedRead(entry.At));
        }
        catch (SealBrokenException)
        {
            return EscalationRefusals.CannotOpen;
        }
    }
}
