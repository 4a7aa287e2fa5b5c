using PeerSupport.Domain.Escalation;
using PeerSupport.Services.Escalation;

namespace PeerSupport.Web.Features.Escalation.Tracks;

/// <summary>The words for where a track stands and what happened on it.</summary>
public static class TrackWords
{
    /// <summary>Where it stands, for a list.</summary>
    public static string Of(TrackState state) => state switch
    {
        TrackState.Opened => "No clinician yet",
        TrackState.Referred => "Not taken up yet",
        TrackState.Declined => "Declined: choose another with the officer",
        TrackState.Acknowledged => "Acknowledged, first appointment open",
        TrackState.FirstAppointmentKept => "First appointment kept",
        TrackState.InCare => "In care",
        TrackState.Completed => "Completed",
        TrackState.EndedByOfficer => "Ended by the officer",
        _ => "",
    };

    /// <summary>What an entry says happened.</summary>
    public static string Of(TrackEventKind kind) => kind switch
    {
        TrackEventKind.Opened => "Record opened",
        TrackEventKind.Referred => "Referred",
        TrackEventKind.Acknowledged => "Acknowledged",
        TrackEventKind.Declined => "Declined",
        TrackEventKind.FirstAppointmentKept => "First appointment kept",
        TrackEventKind.EnteredCare => "In care",
        TrackEventKind.Completed => "Completed",
        TrackEventKind.EndedByOfficer => "Ended by the officer",
        TrackEventKind.Transferred => "Transferred, with the officer’s consent again",
        TrackEventKind.ConsentWithdrawn => "Consent withdrawn, sharing stopped",
        TrackEventKind.AppointmentSet => "Next appointment set",
        TrackEventKind.AppointmentKept => "Appointment kept",
        TrackEventKind.AppointmentMissed => "Appointment missed",
        TrackEventKind.Corrected => "Correction",
        TrackEventKind.Read => "Read",
        TrackEventKind.LinkIssued => "Link and code made",
        TrackEventKind.Chased => "Not answered yet, reminder sent",
        TrackEventKind.LegalHoldSet => "Legal hold set",
        TrackEventKind.LegalHoldLifted => "Legal hold lifted",
        TrackEventKind.TakenOver => "Taken over by another psychologist",
        TrackEventKind.CopyPrinted => "Officer’s copy printed again, without what was shared",
        TrackEventKind.CodePrinted => "New code printed for the officer",
        TrackEventKind.CodeKept => "The officer took a code of their own",
        _ => "",
    };

    /// <summary>Why the facts were opened.</summary>
    public static string Of(ReadReason? reason) => reason switch
    {
        ReadReason.OpenedTrack => "opened the track",
        ReadReason.PrintedReferral => "printed the referral",
        ReadReason.TookDocument => "took the referral into another system",
        ReadReason.OpenedByLink => "opened it by link and code",
        ReadReason.PrintedOfficerCopy => "printed the officer’s copy",
        ReadReason.ArrangedCare => "opened name and contact to arrange care",
        _ => "opened it",
    };

    /// <summary>Basis and voluntariness in one short line, for lists.</summary>
    public static string InBrief(TrackRow row) => row.Basis.IsException()
        ? "Exception"
        : row.Voluntariness == Voluntariness.InLieuOfDiscipline ? "Consent. In lieu of discipline." : "Consent. Voluntary.";
}
