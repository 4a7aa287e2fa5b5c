using PeerSupport.Domain.Escalation;
using PeerSupport.Services.Escalation;
using PeerSupport.Web.Shared;

namespace PeerSupport.Web.Features.Escalation.Clinicians;

/// <summary>The words for what the directory says in codes.</summary>
public static class ClinicianWords
{
    public static string Of(Speciality speciality) => speciality switch
    {
        Speciality.FirstResponders => "first responders",
        Speciality.Trauma => "trauma",
        Speciality.Grief => "grief",
        Speciality.AlcoholAndSubstances => "alcohol and substances",
        Speciality.FamilyAndCouples => "family and couples",
        Speciality.DepressionAndAnxiety => "depression and anxiety",
        Speciality.SuicidePrevention => "suicide prevention",
        Speciality.Sleep => "sleep",
        Speciality.ChronicPainAndInjury => "chronic pain and injury",
        Speciality.StressAndBurnout => "stress and burnout",
        _ => "",
    };

    public static string Of(Distance distance) => distance switch
    {
        Distance.WithinAQuarter => "within a quarter of an hour",
        Distance.HalfAnHour => "within half an hour",
        Distance.AnHour => "within an hour",
        Distance.Farther => "farther than an hour",
        Distance.TelehealthOnly => "by video or phone only",
        _ => "",
    };

    /// <summary>"English, Spanish".</summary>
    public static string OfLanguages(IEnumerable<string> codes) => string.Join(", ", codes.Select(code => Languages.All.GetValueOrDefault(code, code)));

    /// <summary>"Outside the department" or "Inside: Harlan Bay".</summary>
    public static string Place(ClinicianChoice clinician) => clinician.Outside ? "Outside the department" : $"Inside: {clinician.AgencyName}";

    /// <summary>Distance, and telehealth beside it.</summary>
    public static string Way(ClinicianChoice clinician) =>
        clinician.Telehealth && clinician.Distance != Distance.TelehealthOnly ? $"{Of(clinician.Distance)}, or by video or phone" : Of(clinician.Distance);

    /// <summary>When licence and contact were last checked, and that it is long ago.</summary>
    public static string Checked(ClinicianChoice clinician) =>
        clinician.LastVerified <= Verification.Never ? "Not checked since it was written"
        : clinician.VerifyDue ? $"Last checked {LocalTime.Day(clinician.LastVerified)}, more than {DirectoryRules.VerifyEveryDays} days ago"
        : $"Checked {LocalTime.Day(clinician.LastVerified)}";
}
