using PeerSupport.Domain;
using PeerSupport.Domain.Escalation;
using PeerSupport.Services.Notices;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Escalation;

/// <summary>What a step needs beside its name.</summary>
/// <param name="Day">The day on which it happened; null means today.</param>
/// <param name="NextClinicianId">To whom, for <see cref="TrackStep.Refer"/> and <see cref="TrackStep.Transfer"/>.</param>
/// <param name="ConsentGiven">The officer said yes (again), for those two.</param>
public sealed record StepDetails(DateOnly? Day = null, Guid? NextClinicianId = null, bool ConsentGiven = false);

/// <summary>Takes one step of the state machine on a locked track, with its entry and its messages. Used by every way in.</summary>
internal sealed class TrackSteps(TrackLog log, ReferralDispatch dispatch)
{
    /// <summary>Null when it was taken (and waits for the commit); else why not, with nothing changed.</summary>
    /// <param name="db">The transaction that locked the track.</param>
    /// <param name="seen">The track, and as whom the step is taken.</param>
    /// <param name="step">The step.</param>
    /// <param name="actorId">The account; null for a link holder and the officer.</param>
    /// <param name="details">Day, consent.</param>
    /// <param name="next">The clinician chosen, already looked up among those who can be; null where none fits or none is needed.</param>
    /// <param name="today">Today, where the actor is.</param>
    public Refusal? Take(PeerSupportContext db, SeenTrack seen, TrackStep step, Guid? actorId, StepDetails details, Clinician? next, DateOnly today)
    {
        var (track, present, party) = seen;
        if (track.State.After(step) is not { } state || (step == TrackStep.WithdrawConsent && track.Basis.IsException()))
            return EscalationRefusals.StepNotAllowed;
        if (!party.MayTake(step, present?.PersonId is not null))
            return EscalationRefusals.NotFound;
        if (details.Day > today)
            return EscalationRefusals.ChooseDay;
        var handsOver = step is TrackStep.Refer or TrackStep.Transfer;
        if (handsOver && (next is null || next.Id == track.ClinicianId || next.RegionId != track.RegionId))
            return EscalationRefusals.ChooseClinician;
        if (handsOver && !details.ConsentGiven && !(step == TrackStep.Refer && track.Basis.IsException()))
            return EscalationRefusals.ConsentNeeded;

        track.State = state;
        var concerned = handsOver ? next : present;
        var entry = log.Add(db, track, EntryOf(step), party, actorId, new EntryDetails { ClinicianId = concerned?.Id, Day = details.Day ?? today });
        Note(track, step, concerned, entry.At); // the very time of the entry: the two are compared when the record is checked
        Tell(db, track, step, party, actorId, present, next);
        return null;
    }

    private static void Note(FormalTrack track, TrackStep step, Clinician? concerned, DateTimeOffset now)
    {
        switch (step)
        {
            case TrackStep.Refer or TrackStep.Transfer:
                (track.ClinicianId, track.ReferredAt, track.DeclinedAt, track.NextAppointmentAt) = (concerned!.Id, now, null, null);
                break;
            case TrackStep.KeepFirstAppointment when track.NextAppointmentAt <= now:
                track.NextAppointmentAt = null;
                break;
            case TrackStep.Acknowledge:
                track.AcknowledgedAt ??= now;
                break;
            case TrackStep.Decline:
                track.DeclinedAt = now;
                break;
            case TrackStep.WithdrawConsent:
                (track.ConsentWithdrawnAt, track.EndedAt, track.NextAppointmentAt) = (now, now, null);
                break;
            case TrackStep.Complete or TrackStep.EndByOfficer:
                (track.EndedAt, track.NextAppointmentAt) = (now, null);
                break;
            default:
                break;
        }
    }

    private void Tell(PeerSupportContext db, FormalTrack track, TrackStep step, TrackParty party, Guid? actorId, Clinician? present, Clinician? next)
    {
        if (next is not null && step is TrackStep.Refer or TrackStep.Transfer)
            dispatch.Send(db, track, next!, party, actorId);
        if (step == TrackStep.Decline)
        {
            dispatch.AskSteward(db, track, MessageKind.HandOffDeclined, actorId);
            // Who handed on hears of their own hand-off, and nothing of what comes after it.
            if (track.OpenedBy != track.StewardId && track.AcknowledgedAt is null && track.ReferredAt == track.OpenedAt)
                dispatch.Tell(db, track, track.OpenedBy, MessageKind.HandOffDeclined, actorId);
        }

        if (step == TrackStep.Transfer) // she is responsible again, and may have a code to tell
            dispatch.Tell(db, track, track.StewardId, MessageKind.HandOffTransferred, actorId);

        // Whoever had it, or was still asked, learns that it is not theirs any more.
        if ((track.State == TrackState.EndedByOfficer || step == TrackStep.Refer) && present is not null)
            dispatch.TellClinician(db, track, present, MessageKind.HandOffGone, actorId);
        if (track.State == TrackState.EndedByOfficer)
            dispatch.Tell(db, track, track.StewardId, MessageKind.TrackEnded, actorId);
    }

    private static TrackEventKind EntryOf(TrackStep step) => step switch
    {
        TrackStep.Refer => TrackEventKind.Referred,
        TrackStep.Acknowledge => TrackEventKind.Acknowledged,
        TrackStep.Decline => TrackEventKind.Declined,
        TrackStep.KeepFirstAppointment => TrackEventKind.FirstAppointmentKept,
        TrackStep.EnterCare => TrackEventKind.EnteredCare,
        TrackStep.Complete => TrackEventKind.Completed,
        TrackStep.EndByOfficer => TrackEventKind.EndedByOfficer,
        TrackStep.Transfer => TrackEventKind.Transferred,
        TrackStep.WithdrawConsent => TrackEventKind.ConsentWithdrawn,
        _ => throw new ArgumentOutOfRangeException(nameof(step)),
    };
}
