using PeerSupport.Domain.Escalation;
using PeerSupport.Services.Escalation;
using static PeerSupport.Domain.Say;

namespace PeerSupport.Web.Features.Escalation.Tracks;

/// <summary>What can be recorded as having happened on a day.</summary>
public enum Happening
{
    FirstKept = 1,
    Kept = 2,
    Missed = 3,
    InCare = 4,
    Completed = 5,
    Ended = 6,
}

/// <summary>What the form offers. The use cases decide again: a forged choice is refused there.</summary>
public static class Happenings
{
    /// <summary>What can happen next from here.</summary>
    public static IReadOnlyList<Happening> From(TrackState state) => state switch
    {
        TrackState.Acknowledged => [Happening.FirstKept, Happening.Missed, Happening.Ended],
        TrackState.FirstAppointmentKept => [Happening.InCare, Happening.Kept, Happening.Missed, Happening.Completed, Happening.Ended],
        TrackState.InCare => [Happening.Kept, Happening.Missed, Happening.Completed, Happening.Ended],
        TrackState.Opened or TrackState.Referred or TrackState.Declined or TrackState.Completed or TrackState.EndedByOfficer => [],
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    public static string Words(Happening happening) => happening switch
    {
        Happening.FirstKept => T("First appointment kept", "Hubo una primera cita"),
        Happening.Kept => T("Appointment kept", "Hubo una cita"),
        Happening.Missed => T("Appointment missed", "Faltó a una cita"),
        Happening.InCare => T("Regular care begins", "Empieza la atención regular"),
        Happening.Completed => T("Completed: the care came to its end", "Completado: la atención llegó a su fin"),
        Happening.Ended => T("Ended by the officer", "Terminado por el oficial"),
        _ => "",
    };

    /// <summary>The step it is, where it moves the track; null for an entry that moves nothing.</summary>
    public static TrackStep? Step(Happening happening) => happening switch
    {
        Happening.FirstKept => TrackStep.KeepFirstAppointment,
        Happening.InCare => TrackStep.EnterCare,
        Happening.Completed => TrackStep.Complete,
        Happening.Ended => TrackStep.EndByOfficer,
        Happening.Kept or Happening.Missed => null,
        _ => throw new ArgumentOutOfRangeException(nameof(happening)),
    };

    /// <summary>The entry it is in the record.</summary>
    public static TrackEventKind Kind(Happening happening) => happening switch
    {
        Happening.FirstKept => TrackEventKind.FirstAppointmentKept,
        Happening.Kept => TrackEventKind.AppointmentKept,
        Happening.Missed => TrackEventKind.AppointmentMissed,
        Happening.InCare => TrackEventKind.EnteredCare,
        Happening.Completed => TrackEventKind.Completed,
        Happening.Ended => TrackEventKind.EndedByOfficer,
        _ => throw new ArgumentOutOfRangeException(nameof(happening)),
    };

    /// <summary>What was recorded wrongly and can be recorded again, with the number of the entry in whose place it will stand.</summary>
    public static IReadOnlyList<(Happening Happening, int Instead)> Again(IReadOnlyList<TrackEntry> entries) =>
    [
        .. from happening in Enum.GetValues<Happening>()
           let wrong = entries.LastOrDefault(entry => entry.Kind == Kind(happening) && entry.CorrectedBy is not null
               && !entries.Any(other => other.Corrects == entry.Number && other.Kind == entry.Kind))
           where wrong is not null
           select (happening, wrong.Number),
    ];

    /// <summary>After these nothing can be recorded any more, so they are asked twice.</summary>
    public static bool EndsIt(Happening happening) => happening is Happening.Completed or Happening.Ended;
}
