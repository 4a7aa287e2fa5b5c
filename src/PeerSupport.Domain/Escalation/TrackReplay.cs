namespace PeerSupport.Domain.Escalation;

/// <summary>
/// Tells a track anew from its record and compares. What stands on the track itself (its state, whose it is, on which basis,
/// withdrawn, ended, held) is only as true as the entries say: a change of it past the record is found.
/// </summary>
public static class TrackReplay
{
    /// <summary>Null when the track is what its entries made it. The entries have been checked before.</summary>
    public static ChainFault? Check(FormalTrack track, IReadOnlyList<TrackEvent> entries)
    {
        var told = new Told();
        foreach (var entry in entries)
            told.Add(entry);
        return told.Differs(track) is not var (english, spanish) ? null
            : new ChainFault(entries.Count, $"The track’s {english} is not what its {entries.Count} entries say.", $"{spanish} del seguimiento no es lo que dicen sus {entries.Count} anotaciones.");
    }

    private sealed class Told
    {
        private TrackState state;
        private Guid? stewardId;
        private Guid? clinicianId;
        private Basis? basis;
        private Voluntariness? voluntariness;
        private DateTimeOffset? acknowledgedAt;
        private DateTimeOffset? declinedAt;
        private DateTimeOffset? endedAt;
        private DateTimeOffset? withdrawnAt;
        private bool held;

        public void Add(TrackEvent entry)
        {
            (stewardId, held) = (entry.StewardId ?? stewardId, entry.Kind switch { TrackEventKind.LegalHoldSet => true, TrackEventKind.LegalHoldLifted => false, _ => held });
            if (entry.Kind == TrackEventKind.Opened)
                (state, basis, voluntariness) = (TrackState.Opened, entry.Basis, entry.Voluntariness);
            else if (StepOf(entry.Kind) is { } step && state.After(step) is { } next)
                Take(step, next, entry);
        }

        public (string English, string Spanish)? Differs(FormalTrack track)
        {
            if ((basis, voluntariness) != (track.Basis, track.Voluntariness))
                return ("basis", "El fundamento");
            if (state != track.State)
                return ("state", "El estado");
            if (stewardId != track.StewardId)
                return ("psychologist", "La psicóloga o el psicólogo");
            if (clinicianId != track.ClinicianId)
                return ("clinician", "El profesional");
            if ((acknowledgedAt, declinedAt) != (track.AcknowledgedAt, track.DeclinedAt))
                return ("answer", "La respuesta");
            if (withdrawnAt != track.ConsentWithdrawnAt)
                return ("consent", "El consentimiento");
            if (endedAt != track.EndedAt)
                return ("end", "El fin");
            return held != track.LegalHold ? ("legal hold", "La retención legal") : null;
        }

        private void Take(TrackStep step, TrackState next, TrackEvent entry)
        {
            state = next;
            if (step is TrackStep.Refer or TrackStep.Transfer)
                (clinicianId, declinedAt) = (entry.ClinicianId, null);
            if (step == TrackStep.Acknowledge)
                acknowledgedAt ??= entry.At;
            if (step == TrackStep.Decline)
                declinedAt = entry.At;
            if (step == TrackStep.WithdrawConsent)
                withdrawnAt = entry.At;
            if (next.IsEnded())
                endedAt = entry.At;
        }

        private static TrackStep? StepOf(TrackEventKind kind) => kind switch
        {
            TrackEventKind.Referred => TrackStep.Refer,
            TrackEventKind.Acknowledged => TrackStep.Acknowledge,
            TrackEventKind.Declined => TrackStep.Decline,
            TrackEventKind.FirstAppointmentKept => TrackStep.KeepFirstAppointment,
            TrackEventKind.EnteredCare => TrackStep.EnterCare,
            TrackEventKind.Completed => TrackStep.Complete,
            TrackEventKind.EndedByOfficer => TrackStep.EndByOfficer,
            TrackEventKind.Transferred => TrackStep.Transfer,
            TrackEventKind.ConsentWithdrawn => TrackStep.WithdrawConsent,
            _ => null,
        };
    }
}
