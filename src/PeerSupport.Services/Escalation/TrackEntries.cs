using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.Escalation;
using PeerSupport.Services.Cases;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Escalation;

/// <summary>Entries that move nothing: appointments, corrections, the legal hold. Added, never changed.</summary>
public sealed class TrackEntries
{
    private static readonly TimeSpan FarthestAppointment = TimeSpan.FromDays(366);
    private readonly Database database;
    private readonly TrackLog log;
    private readonly TimeProvider clock;

    internal TrackEntries(Database database, TrackLog log, TimeProvider clock) => (this.database, this.log, this.clock) = (database, log, clock);

    /// <summary>The next appointment, by the clinician (or the psychologist for one without an account).</summary>
    public Task<Result> SetAppointmentAsync(Actor actor, Guid trackId, DateTimeOffset? at, CancellationToken cancellationToken) =>
        AddAsync(actor, trackId, (_, seen) =>
        {
            if (!KeepsTheCare(seen))
                return EscalationRefusals.StepNotAllowed;
            if (at is not { } time || time <= clock.GetUtcNow() || time > clock.GetUtcNow() + FarthestAppointment)
                return EscalationRefusals.ChooseAppointment;
            seen.Track.NextAppointmentAt = time.ToUniversalTime();
            return new NewEntry(TrackEventKind.AppointmentSet, new EntryDetails { ClinicianId = seen.Track.ClinicianId, AppointmentAt = time.ToUniversalTime() });
        }, cancellationToken);

    /// <summary>A later appointment was kept or missed. (The first one kept is a step.)</summary>
    public Task<Result> AppointmentAsync(Actor actor, Guid trackId, bool kept, DateOnly? day, CancellationToken cancellationToken) =>
        AddAsync(actor, trackId, (_, seen) =>
        {
            if (!KeepsTheCare(seen) || (kept && seen.Track.State == TrackState.Acknowledged))
                return EscalationRefusals.StepNotAllowed;
            if (!CanBe(seen, day, actor))
                return EscalationRefusals.ChooseDay;
            if (seen.Track.NextAppointmentAt is { } next && next <= clock.GetUtcNow())
                seen.Track.NextAppointmentAt = null;
            return new NewEntry(kept ? TrackEventKind.AppointmentKept : TrackEventKind.AppointmentMissed, new EntryDetails { ClinicianId = seen.Track.ClinicianId, Day = day });
        }, cancellationToken);

    /// <summary>An earlier entry was wrong. It stays as it is; this stands after it.</summary>
    public Task<Result> CorrectAsync(Actor actor, Guid trackId, int? number, CancellationToken cancellationToken) =>
        AddAsync(actor, trackId, (entries, seen) =>
        {
            var wrong = entries.SingleOrDefault(e => e.Number == number && e.Kind.CanBeCorrected());
            if (wrong is null || entries.Any(e => e.Corrects == number && e.Kind == TrackEventKind.Corrected) || !MayWrite(seen))
                return EscalationRefusals.NothingToCorrect;
            if (wrong.Kind == TrackEventKind.AppointmentSet && wrong.AppointmentAt == seen.Track.NextAppointmentAt)
                seen.Track.NextAppointmentAt = null; // a wrong time must not stay in somebody's calendar
            return new NewEntry(TrackEventKind.Corrected, new EntryDetails { Corrects = number });
        }, cancellationToken);

    /// <summary>
    /// What is right, in the place of an entry that was corrected: the same happening on the day on which it was. It moves
    /// nothing, so it is possible after the end too.
    /// </summary>
    public Task<Result> AgainAsync(Actor actor, Guid trackId, TrackEventKind kind, DateOnly? day, CancellationToken cancellationToken) =>
        AddAsync(actor, trackId, (entries, seen) =>
        {
            if (!MayWrite(seen) || !kind.HappensOnADay() || entries.LastOrDefault(entry => entry.Kind == kind && IsUnreplaced(entry, entries)) is not { } wrong)
                return EscalationRefusals.StepNotAllowed;
            return CanBe(seen, day, actor)
                ? new NewEntry(kind, new EntryDetails { ClinicianId = wrong.ClinicianId, Day = day, Corrects = wrong.Number })
                : EscalationRefusals.ChooseDay;
        }, cancellationToken);

    /// <summary>Sets or lifts the legal hold, by the psychologist: nothing of a held track is destroyed.</summary>
    public Task<Result> HoldAsync(Actor actor, Guid trackId, bool hold, CancellationToken cancellationToken) =>
        AddAsync(actor, trackId, (_, seen) =>
        {
            if (seen.Party != TrackParty.Steward)
                return EscalationRefusals.NotFound;
            if (seen.Track.LegalHold == hold)
                return EscalationRefusals.StepNotAllowed;
            seen.Track.LegalHold = hold;
            return new NewEntry(hold ? TrackEventKind.LegalHoldSet : TrackEventKind.LegalHoldLifted, EntryDetails.None);
        }, cancellationToken);

    private async Task<Result> AddAsync(
        Actor actor, Guid trackId, Func<IReadOnlyList<TrackEvent>, SeenTrack, Result<NewEntry>> decide, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Tracks, actor, cancellationToken);
        var db = work.Context;
        if (await work.FindTrackAsync(actor, trackId, cancellationToken) is not { } seen)
            return EscalationRefusals.NotFound;
        var entries = await db.TrackEvents.AsNoTracking().Where(e => e.TrackId == trackId).OrderBy(e => e.Number).ToListAsync(cancellationToken);
        var decided = decide(entries, seen);
        if (decided.Refusal is { } refusal)
            return refusal;
        log.Add(db, seen.Track, decided.Value.Kind, seen.Party, actor.PersonId, decided.Value.Details);
        await db.SaveChangesAsync(cancellationToken);
        work.CaseChanged();
        await work.CommitAsync(cancellationToken);
        return Result.Done;
    }

    /// <summary>Corrected, and nothing stands in its place yet.</summary>
    private static bool IsUnreplaced(TrackEvent entry, IReadOnlyList<TrackEvent> all) =>
        all.Any(other => other.Corrects == entry.Number && other.Kind == TrackEventKind.Corrected)
        && !all.Any(other => other.Corrects == entry.Number && other.Kind == entry.Kind);

    private bool CanBe(SeenTrack seen, DateOnly? day, Actor actor) => day >= actor.DayOf(seen.Track.OpenedAt) && day <= clock.Today(actor);

    private static bool KeepsTheCare(SeenTrack seen) =>
        (seen.Track.State is TrackState.Acknowledged or TrackState.FirstAppointmentKept or TrackState.InCare) && MayWrite(seen);

    /// <summary>The clinician; the psychologist only on the word of a clinician without an account.</summary>
    private static bool MayWrite(SeenTrack seen) => seen.Party == TrackParty.Clinician || seen.Clinician?.PersonId is null;

    private sealed record NewEntry(TrackEventKind Kind, EntryDetails Details);
}
