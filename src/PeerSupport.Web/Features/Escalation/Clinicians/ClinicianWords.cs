using PeerSupport.Domain.Escalation;
using PeerSupport.Services.Escalation;
using PeerSupport.Web.Shared;
using static PeerSupport.Domain.Say;

namespace PeerSupport.Web.Features.Escalation.Clinicians;

/// <summary>The words for what the directory says in codes.</summary>
public static class ClinicianWords
{
    public static string Of(Speciality speciality) => speciality switch
    {
        Speciality.FirstResponders => T("first responders", "personal de emergencias"),
        Speciality.Trauma => T("trauma", "traumas"),
        Speciality.Grief => T("grief", "duelo"),
        Speciality.AlcoholAndSubstances => T("alcohol and substances", "alcohol y sustancias"),
        Speciality.FamilyAndCouples => T("family and couples", "familia y pareja"),
        Speciality.DepressionAndAnxiety => T("depression and anxiety", "depresión y ansiedad"),
        Speciality.SuicidePrevention => T("suicide prevention", "prevención del suicidio"),
        Speciality.Sleep => T("sleep", "sueño"),
        Speciality.ChronicPainAndInjury => T("chronic pain and injury", "dolor crónico y lesiones"),
        Speciality.StressAndBurnout => T("stress and burnout", "estrés y agotamiento"),
        _ => "",
    };

    public static string Of(Distance distance) => distance switch
    {
        Distance.WithinAQuarter => T("within a quarter of an hour", "a menos de un cuarto de hora"),
        Distance.HalfAnHour => T("within half an hour", "a menos de media hora"),
        Distance.AnHour => T("within an hour", "a menos de una hora"),
        Distance.Farther => T("farther than an hour", "a más de una hora"),
        Distance.TelehealthOnly => T("by video or phone only", "solo por video o por teléfono"),
        _ => "",
    };

    /// <summary>"English, Spanish".</summary>
    public static string OfLanguages(IEnumerable<string> codes) => string.Join(", ", codes.Select(Languages.NameOf));

    /// <summary>T("Outside the department", "Fuera del departamento") or "Inside: Harlan Bay".</summary>
    public static string Place(ClinicianChoice clinician) => clinician.Outside ? T("Outside the department", "Fuera del departamento") : T($"Inside: {clinician.AgencyName}", $"Dentro: {clinician.AgencyName}");

    /// <summary>Distance, and telehealth beside it.</summary>
    public static string Way(ClinicianChoice clinician) =>
        clinician.Telehealth && clinician.Distance != Distance.TelehealthOnly ? T($"{Of(clinician.Distance)}, or by video or phone", $"{Of(clinician.Distance)}, o por video o por teléfono") : Of(clinician.Distance);

    /// <summary>When licence and contact were last checked, and that it is long ago.</summary>
    public static string Checked(ClinicianChoice clinician) =>
        clinician.LastVerified <= Verification.Never ? T("Not checked since it was written", "Sin comprobar desde que se escribió")
        : clinician.VerifyDue ? T($"Last checked {LocalTime.Day(clinician.LastVerified)}, more than {DirectoryRules.VerifyEveryDays} days ago", $"Última comprobación el {LocalTime.Day(clinician.LastVerified)}, hace más de {DirectoryRules.VerifyEveryDays} días")
        : T($"Checked {LocalTime.Day(clinician.LastVerified)}", $"Comprobado el {LocalTime.Day(clinician.LastVerified)}");
}
