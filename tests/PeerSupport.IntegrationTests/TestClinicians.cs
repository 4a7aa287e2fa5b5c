using PeerSupport.Domain.Escalation;

namespace PeerSupport.IntegrationTests;

/// <summary>Clinicians of the directory: "abara" and "boone" with accounts, "carver" without, "full" takes nobody new, "gone" is no longer listed, "far" works elsewhere.</summary>
public static class TestClinicians
{
    public static readonly IReadOnlyDictionary<string, Guid> Ids =
        new[] { "abara", "boone", "carver", "full", "gone", "far" }.ToDictionary(name => name, _ => Guid.NewGuid(), StringComparer.Ordinal);

    public static IEnumerable<Clinician> All() => Ids.Select(pair => new Clinician
    {
        Id = pair.Value,
        RegionId = pair.Key == "far" ? TestPeople.FarRegion : TestPeople.Region,
        PersonId = pair.Key switch { "abara" => TestPeople.Ids["clinician"], "boone" => TestPeople.Ids["clinician2"], _ => null },
        AgencyId = pair.Key == "boone" ? TestPeople.Agency : null,
        Name = $"Dr. {pair.Key}",
        Licence = "LMFT 12345, Washington",
        Phone = "206-555-0190",
        Email = $"{pair.Key}@practice.example",
        Specialities = [Speciality.FirstResponders, Speciality.Trauma],
        Languages = ["en"],
        LastVerified = new DateOnly(2026, 10, 1),
        Accepting = pair.Key != "full",
        Active = pair.Key != "gone",
    });
}
