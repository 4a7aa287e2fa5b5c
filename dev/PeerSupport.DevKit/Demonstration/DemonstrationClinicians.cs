using PeerSupport.Domain.Escalation;

namespace PeerSupport.DevKit.Demonstration;

/// <summary>A made-up directory: inside and outside, with and without an account, one full, one not checked lately. 555-01xx numbers belong to nobody.</summary>
internal static class DemonstrationClinicians
{
    private const string Psychologist = "Psychologist, WA PY 603";
    private const string Counselor = "Mental health counselor, WA LH 604";
    private const string FamilyTherapist = "Marriage and family therapist, WA LF 605";
    private const string SocialWorker = "Clinical social worker, WA LW 606";

    /// <summary>Entries and their checks: days ago.</summary>
    public static IReadOnlyList<(ClinicianForm Form, int CheckedDaysAgo)> All { get; } =
    [
        (Outside("Dr. Paula Varga", Psychologist + "12877", "206-555-0181", Distance.HalfAnHour, true, ["en", "es"], Speciality.FirstResponders, Speciality.Trauma, Speciality.Sleep)
            with { PersonId = DemonstrationPeople.All.Single(person => person.Login == "clinician1").Id }, 12),
        (Outside("Dr. Ruth Abernathy", Psychologist + "31402", "206-555-0182", Distance.AnHour, true, ["en"], Speciality.Trauma, Speciality.Grief, Speciality.SuicidePrevention), 30),
        (Outside("Miguel Santoro", Counselor + "55218", "206-555-0183", Distance.WithinAQuarter, false, ["en", "es"], Speciality.AlcoholAndSubstances, Speciality.FirstResponders), 41),
        (Outside("Grace Lindholm", FamilyTherapist + "70916", "206-555-0184", Distance.HalfAnHour, false, ["en"], Speciality.FamilyAndCouples, Speciality.Grief), 75),
        (Outside("Dr. Samir Haddad", Psychologist + "40077", "206-555-0186", Distance.TelehealthOnly, true, ["en", "ar", "fr"], Speciality.DepressionAndAnxiety, Speciality.StressAndBurnout), 8),
        (Outside("Thuy Pham", SocialWorker + "21653", "206-555-0187", Distance.AnHour, true, ["en", "vi"], Speciality.FamilyAndCouples, Speciality.DepressionAndAnxiety), 203),
        (Outside("Dr. Eleanor Whitcomb", Psychologist + "18840", "206-555-0188", Distance.Farther, true, ["en"], Speciality.Trauma, Speciality.ChronicPainAndInjury) with { Accepting = false }, 19),
        (Outside("Joel Marchetti", Counselor + "93310", "206-555-0189", Distance.HalfAnHour, false, ["en"], Speciality.StressAndBurnout, Speciality.Sleep, Speciality.FirstResponders), 54),
        (Outside("Dr. Ines Calloway", Psychologist + "66291", "206-555-0191", Distance.WithinAQuarter, false, ["en"], Speciality.FirstResponders, Speciality.SuicidePrevention)
            with { Outside = false, AgencyId = DemonstrationPeople.HarlanBay }, 22),
        (Outside("Peter Kowalczyk", SocialWorker + "48125", "206-555-0192", Distance.WithinAQuarter, false, ["en", "de"], Speciality.AlcoholAndSubstances, Speciality.FamilyAndCouples)
            with { Outside = false, AgencyId = DemonstrationPeople.CedarCounty }, 66),
    ];

    private static ClinicianForm Outside(string name, string licence, string phone, Distance distance, bool telehealth, string[] languages, params Speciality[] specialities) => new(
        name, licence, true, null, null, phone, $"{name.Split(' ')[^1].ToLowerInvariant()}@practice.test", specialities, languages, distance, telehealth, Accepting: true, CheckedToday: true);
}
