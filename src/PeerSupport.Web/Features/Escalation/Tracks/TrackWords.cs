using PeerSupport.Domain.Escalation;
using PeerSupport.Services.Escalation;
using static PeerSupport.Domain.Say;

namespace PeerSupport.Web.Features.Escalation.Tracks;

/// <summary>The words for where a track stands and what happened on it.</summary>
public static class TrackWords
{
    /// <summary>Where it stands, for a list.</summary>
    public static string Of(TrackState state) => state switch
    {
        TrackState.Opened => T("No clinician yet", "Aún sin profesional"),
        TrackState.Referred => T("Not taken up yet", "Aún sin aceptar"),
        TrackState.Declined => T("Declined: choose another with the officer", "No aceptado: elija a otro con el oficial"),
        TrackState.Acknowledged => T("Acknowledged, first appointment open", "Aceptado, falta la primera cita"),
        TrackState.FirstAppointmentKept => T("First appointment kept", "Hubo una primera cita"),
        TrackState.InCare => T("In care", "En atención"),
        TrackState.Completed => T("Completed", "Completado"),
        TrackState.EndedByOfficer => T("Ended by the officer", "Terminado por el oficial"),
        _ => "",
    };

    /// <summary>What an entry says happened.</summary>
    public static string Of(TrackEventKind kind) => kind switch
    {
        TrackEventKind.Opened => T("Record opened", "Registro abierto"),
        TrackEventKind.Referred => T("Referred", "Derivado"),
        TrackEventKind.Acknowledged => T("Acknowledged", "Aceptado"),
        TrackEventKind.Declined => T("Declined", "No aceptado"),
        TrackEventKind.FirstAppointmentKept => T("First appointment kept", "Hubo una primera cita"),
        TrackEventKind.EnteredCare => T("In care", "En atención"),
        TrackEventKind.Completed => T("Completed", "Completado"),
        TrackEventKind.EndedByOfficer => T("Ended by the officer", "Terminado por el oficial"),
        TrackEventKind.Transferred => T("Transferred, with the officer’s consent again", "Transferido, otra vez con el consentimiento del oficial"),
        TrackEventKind.ConsentWithdrawn => T("Consent withdrawn, sharing stopped", "Consentimiento retirado, se dejó de compartir"),
        TrackEventKind.AppointmentSet => T("Next appointment set", "Próxima cita fijada"),
        TrackEventKind.AppointmentKept => T("Appointment kept", "Hubo una cita"),
        TrackEventKind.AppointmentMissed => T("Appointment missed", "Faltó a una cita"),
        TrackEventKind.Corrected => T("Correction", "Corrección"),
        TrackEventKind.Read => T("Read", "Leído"),
        TrackEventKind.LinkIssued => T("Link and code made", "Enlace y código hechos"),
        TrackEventKind.Chased => T("Not answered yet, reminder sent", "Aún sin respuesta, recordatorio enviado"),
        TrackEventKind.LegalHoldSet => T("Legal hold set", "Retención legal puesta"),
        TrackEventKind.LegalHoldLifted => T("Legal hold lifted", "Retención legal levantada"),
        TrackEventKind.TakenOver => T("Taken over by another psychologist", "A cargo de otra psicóloga u otro psicólogo"),
        TrackEventKind.CopyPrinted => T("Officer’s copy printed again, without what was shared", "Copia del oficial impresa otra vez, sin lo compartido"),
        TrackEventKind.CodePrinted => T("New code printed for the officer", "Código nuevo impreso para el oficial"),
        TrackEventKind.CodeKept => T("The officer took a code of their own", "El oficial tomó un código propio"),
        _ => "",
    };

    /// <summary>Why the facts were opened.</summary>
    public static string Of(ReadReason? reason) => reason switch
    {
        ReadReason.OpenedTrack => T("opened the track", "abrió el seguimiento"),
        ReadReason.PrintedReferral => T("printed the referral", "imprimió la derivación"),
        ReadReason.TookDocument => T("took the referral into another system", "llevó la derivación a otro sistema"),
        ReadReason.OpenedByLink => T("opened it by link and code", "lo abrió con enlace y código"),
        ReadReason.PrintedOfficerCopy => T("printed the officer’s copy", "imprimió la copia del oficial"),
        ReadReason.ArrangedCare => T("opened name and contact to arrange care", "abrió nombre y contacto para organizar la atención"),
        _ => T("opened it", "lo abrió"),
    };

    /// <summary>Basis and voluntariness in one short line, for lists.</summary>
    public static string InBrief(TrackRow row) => row.Basis.IsException()
        ? T("Exception", "Excepción")
        : row.Voluntariness == Voluntariness.InLieuOfDiscipline ? T("Consent. In lieu of discipline.", "Consentimiento. En lugar de una medida disciplinaria.") : T("Consent. Voluntary.", "Consentimiento. Voluntario.");
}
