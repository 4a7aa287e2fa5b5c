using Microsoft.EntityFrameworkCore;
using Npgsql;
using PeerSupport.Domain.People;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.IntegrationTests;

/// <summary>A hundred peers, two psychologists and one of everybody else, in one region; and a stranger agency in another.</summary>
public static class TestPeople
{
    public static readonly Guid Region = Guid.NewGuid();
    public static readonly Guid Agency = Guid.NewGuid();
    public static readonly Guid FarRegion = Guid.NewGuid();
    public static readonly Guid FarAgency = Guid.NewGuid();

    /// <summary>Names by which tests speak of people. Peers are "peer1" to "peer100".</summary>
    public static readonly IReadOnlyDictionary<string, Guid> Ids = Names().ToDictionary(name => name, _ => Guid.NewGuid(), StringComparer.Ordinal);

    private static IEnumerable<string> Names() =>
        ["okafor", "lindgren", "clinician", "clinician2", "coordinator", "administrator", "faraway", .. Enumerable.Range(1, 100).Select(i => $"peer{i}")];

    public static async Task SeedAsync(string ownerConnectionString)
    {
        await using var source = NpgsqlDataSource.Create(ownerConnectionString);
        await using var db = DesignTimeContext.Create(source);
        db.Regions.AddRange(new Region { Id = Region, Name = "Here" }, new Region { Id = FarRegion, Name = "Elsewhere" });
        db.Agencies.AddRange(
            new Agency { Id = Agency, RegionId = Region, Name = "Harlan Bay" },
            new Agency { Id = FarAgency, RegionId = FarRegion, Name = "Far Away" });
        foreach (var (name, id) in Ids)
            Add(db, name, id);
        db.Clinicians.AddRange(TestClinicians.All());
        await db.SaveChangesAsync();
    }

    private static void Add(PeerSupportContext db, string name, Guid id)
    {
        db.People.Add(new Person { Id = id, AgencyId = name == "faraway" ? FarAgency : Agency, DisplayName = name, Language = "en", TimeZone = "Etc/UTC" });
        var role = name switch
        {
            "okafor" or "lindgren" => Role.Psychologist,
            "clinician" or "clinician2" => Role.Clinician,
            "coordinator" => Role.Coordinator,
            "administrator" => Role.Administrator,
            _ => Role.Peer,
        };
        db.RoleGrants.Add(new RoleGrant { PersonId = id, Role = role });
        if (role == Role.Peer)
            db.Peers.Add(new Peer { PersonId = id, TrainedUntil = new DateOnly(2099, 1, 1) });
        var email = $"{name}@test.example";
        db.Users.Add(new Account { Id = id, UserName = email, NormalizedUserName = email.ToUpperInvariant(), Email = email, NormalizedEmail = email.ToUpperInvariant(), SecurityStamp = "x" });
    }
}
