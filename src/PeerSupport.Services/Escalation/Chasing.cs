using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.Escalation;
using PeerSupport.Domain.People;
using PeerSupport.Services.Notices;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Escalation;

/// <summary>
/// Chases a hand-off until somebody answers: no hand-off falls between two people. Each rung is an entry in the track's
/// record and mails of constant words, in one transaction with the errand.
/// </summary>
/// <remarks>
/// A track may have several errands, one of each time it began to wait. What is due is read from the record and not from
/// the errand, so none of them chases twice; the ones too many end themselves.
/// </remarks>
internal sealed class Chasing(TrackLog log, EscalationSettings settings, TimeProvider clock) : IErrandHandler
{
    /// <summary>The rung from which the other psychologists of the agency hear of it.</summary>
    public const int ColleaguesFrom = 3;

    public ErrandKind Kind => ErrandKind.Chase;

    public async Task<ErrandAgain?> RunAsync(Work work, Errand errand, CancellationToken cancellationToken)
    {
        var db = work.Context;
        var track = await work.LockTrackAsync(errand.SubjectId, cancellationToken);
        if (track is null || ChaseLadder.Of(track, settings) is not { } ladder)
            return null;
        var done = await RungsDoneAsync(db, track.Id, cancellationToken);
        var due = ladder.RungAt(clock.GetUtcNow());
        if (due > done)
        {
            log.Add(db, track, TrackEventKind.Chased, TrackParty.Installation, null, new EntryDetails { ClinicianId = track.ClinicianId, Rung = due });
            await TellAsync(db, track, due, first: done == 0, cancellationToken);
        }
        else if (await db.Errands.AnyAsync(other => other.Kind == ErrandKind.Chase && other.SubjectId == track.Id && other.Id != errand.Id, cancellationToken))
        {
            return null;
        }

        var next = Math.Max(due, done) + 1;
        return new ErrandAgain(next, ladder.TimeOf(next));
    }

    /// <summary>The highest rung since the track last began to wait.</summary>
    private static async Task<int> RungsDoneAsync(PeerSupportContext db, Guid trackId, CancellationToken cancellationToken)
    {
        var entries = db.TrackEvents.AsNoTracking().Where(entry => entry.TrackId == trackId);
        var began = await entries
            .Where(entry => entry.Kind == TrackEventKind.Opened || entry.Kind == TrackEventKind.Referred || entry.Kind == TrackEventKind.Transferred || entry.Kind == TrackEventKind.Declined)
            .MaxAsync(entry => entry.Number, cancellationToken);
        return await entries.Where(entry => entry.Kind == TrackEventKind.Chased && entry.Number > began).MaxAsync(entry => entry.Rung, cancellationToken) ?? 0;
    }

    private async Task TellAsync(PeerSupportContext db, FormalTrack track, int rung, bool first, CancellationToken cancellationToken)
    {
        var reminded = track.State == TrackState.Referred && first && await RemindClinicianAsync(db, track, cancellationToken);
        if (rung > 1 || !reminded)
            await TellPsychologistsAsync(db, track, rung, cancellationToken);
    }

    /// <summary>The one responsible; from the third rung on, or when she is gone, all others of the agency: one of them takes over.</summary>
    private async Task TellPsychologistsAsync(PeerSupportContext db, FormalTrack track, int rung, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var there = await db.ActiveAs(Role.Psychologist).AnyAsync(person => person.Id == track.StewardId, cancellationToken);
        if (there)
            db.Messages.Add(new Message { Id = Guid.NewGuid(), Kind = MessageKind.HandOffUnanswered, PersonId = track.StewardId, TrackId = track.Id, DueAt = now });
        if (!there || rung >= ColleaguesFrom)
            await db.TellColleaguesAsync(track, now, cancellationToken);
    }

    /// <summary>
    /// False where there is no way: a link that is locked or over, or a contact nobody has checked since it changed. Then the
    /// psychologist is told at once.
    /// </summary>
    private async Task<bool> RemindClinicianAsync(PeerSupportContext db, FormalTrack track, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var signingIn = db.ActiveAs(Role.Clinician);
        var clinician = await db.Clinicians.Where(c => c.Id == track.ClinicianId)
            .Select(c => new { c.PersonId, SignsIn = signingIn.Any(person => person.Id == c.PersonId), c.LastVerified }).SingleAsync(cancellationToken);
        if (clinician.SignsIn)
        {
            db.Messages.Add(new Message { Id = Guid.NewGuid(), Kind = MessageKind.HandOffWaiting, PersonId = clinician.PersonId, TrackId = track.Id, DueAt = now });
            return true;
        }

        var link = await db.HandOffLinks.AsNoTracking()
            .Where(l => l.TrackId == track.Id && l.ClinicianId == track.ClinicianId)
            .OrderByDescending(l => l.IssuedAt).FirstOrDefaultAsync(cancellationToken);
        if (link?.IsOpen(now) != true || clinician.LastVerified == Verification.Never)
            return false;
        db.Messages.Add(new Message { Id = Guid.NewGuid(), Kind = MessageKind.HandOffLink, ClinicianId = track.ClinicianId, LinkId = link.Id, TrackId = track.Id, DueAt = now });
        return true;
    }
}
