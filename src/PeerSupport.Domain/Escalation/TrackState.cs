namespace PeerSupport.Domain.Escalation;

/// <summary>Where a formal track stands.</summary>
public enum TrackState
{
    /// <summary>Opened by an exception; the psychologist chooses a clinician.</summary>
    Opened = 1,

    /// <summary>Handed to a clinician who has not answered yet.</summary>
    Referred = 2,

    /// <summary>The clinician could not take it; the psychologist chooses another with the officer.</summary>
    Declined = 3,

    /// <summary>The clinician has it.</summary>
    Acknowledged = 4,
    FirstAppointmentKept = 5,
    InCare = 6,

    /// <summary>The care came to its end.</summary>
    Completed = 7,

    /// <summary>The officer ended it, or withdrew the consent it rested on.</summary>
    EndedByOfficer = 8,
}

/// <summary>What moves a track from one state to another.</summary>
public enum TrackStep
{
    /// <summary>A clinician is chosen: the first after an exception, or the next after a decline or when nobody answers.</summary>
    Refer = 1,
    Acknowledge = 2,
    Decline = 3,
    KeepFirstAppointment = 4,
    EnterCare = 5,
    Complete = 6,
    EndByOfficer = 7,

    /// <summary>To another clinician, with the officer's consent again.</summary>
    Transfer = 8,

    /// <summary>The officer withdraws consent: sharing stops at once.</summary>
    WithdrawConsent = 9,
}

/// <summary>As whom somebody acts on a track.</summary>
public enum TrackParty
{
    /// <summary>Opened it: the peer who held the case, or the psychologist. Sees only whether it was acknowledged.</summary>
    Opener = 1,

    /// <summary>The psychologist who posted the case, responsible until a clinician acknowledges.</summary>
    Steward = 2,

    /// <summary>The clinician it was handed to, with an account.</summary>
    Clinician = 3,

    /// <summary>The clinician it was handed to, by link and code.</summary>
    LinkHolder = 4,

    /// <summary>The officer, by the code on their copy.</summary>
    Officer = 5,

    /// <summary>A timed job.</summary>
    Installation = 6,
}

/// <summary>The state machine of a formal track: what is not allowed here is refused everywhere.</summary>
public static class TrackRules
{
    /// <summary>States in which nothing moves any more.</summary>
    public static bool IsEnded(this TrackState state) => state is TrackState.Completed or TrackState.EndedByOfficer;

    /// <summary>States in which somebody is still to answer or to choose: what a hand-off must not fall between.</summary>
    public static bool IsWaiting(this TrackState state) => state is TrackState.Opened or TrackState.Referred or TrackState.Declined;

    /// <summary>Where the step leads from here; null when it is not allowed.</summary>
    public static TrackState? After(this TrackState state, TrackStep step) => (state, step) switch
    {
        (TrackState.Opened or TrackState.Declined or TrackState.Referred, TrackStep.Refer) => TrackState.Referred,
        (TrackState.Referred, TrackStep.Acknowledge) => TrackState.Acknowledged,
        (TrackState.Referred, TrackStep.Decline) => TrackState.Declined,
        (TrackState.Acknowledged, TrackStep.KeepFirstAppointment) => TrackState.FirstAppointmentKept,
        (TrackState.FirstAppointmentKept, TrackStep.EnterCare) => TrackState.InCare,
        (TrackState.FirstAppointmentKept or TrackState.InCare, TrackStep.Complete) => TrackState.Completed,
        (TrackState.Acknowledged or TrackState.FirstAppointmentKept or TrackState.InCare, TrackStep.Transfer) => TrackState.Referred,
        (_, TrackStep.EndByOfficer or TrackStep.WithdrawConsent) when !state.IsEnded() => TrackState.EndedByOfficer,
        _ => null,
    };

    /// <summary>Who may take a step. The steward speaks for a clinician without an account, on that clinician's word.</summary>
    /// <param name="step">The step.</param>
    /// <param name="party">Who would take it.</param>
    /// <param name="clinicianHasAccount">Whether the clinician of the track signs in themselves.</param>
    public static bool MayTake(this TrackParty party, TrackStep step, bool clinicianHasAccount) => (party, step) switch
    {
        (TrackParty.Clinician, TrackStep.Acknowledge or TrackStep.Decline or TrackStep.KeepFirstAppointment or TrackStep.EnterCare
            or TrackStep.Complete or TrackStep.EndByOfficer or TrackStep.Transfer or TrackStep.WithdrawConsent) => true,
        (TrackParty.Steward, TrackStep.Refer or TrackStep.EndByOfficer or TrackStep.WithdrawConsent) => true,
        (TrackParty.Steward, TrackStep.Acknowledge or TrackStep.Decline or TrackStep.KeepFirstAppointment or TrackStep.EnterCare
            or TrackStep.Complete or TrackStep.Transfer) => !clinicianHasAccount,
        (TrackParty.LinkHolder, TrackStep.Acknowledge or TrackStep.Decline) => true,
        (TrackParty.Officer, TrackStep.WithdrawConsent) => true,
        _ => false,
    };
}
