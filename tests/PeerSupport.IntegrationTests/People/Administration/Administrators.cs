using PeerSupport.Domain.People;
using PeerSupport.Services.People;
using PeerSupport.Services.People.Administration;

namespace PeerSupport.IntegrationTests.People.Administration;

/// <summary>What the tests of administration begin with.</summary>
internal static class Administrators
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static PersonForm Person(string name = "N. Arroyo") => new(name, TestPeople.Agency, "en", "America/Los_Angeles", "");

    /// <summary>A second administrator: peer100, who is a peer no more.</summary>
    public static async Task<Actor> SecondAdministrator(this TestApp app)
    {
        await app.Superuser("update role_grants set role = 5 where person_id = $1", TestPeople.Ids["peer100"]);
        return await app.As("peer100");
    }

    public static async Task<Guid> GivenPerson(this TestApp app, string email = "arroyo@test.example", Role? role = null, TrainingForm? training = null)
    {
        var added = await app.Get<PeopleKeeping>().AddAsync(await app.As("administrator"), Person(), email, role, training, Token);
        return added.Value.PersonId ?? throw new InvalidOperationException(string.Join("; ", added.Value.Problems.Select(problem => problem.English)));
    }

    /// <summary>The request that waits for somebody.</summary>
    public static async Task<Guid> RequestFor(this TestApp app, Guid person) =>
        (Guid)(await app.Superuser("select id from approvals where person_id = $1 and granted is null", person) ?? throw new InvalidOperationException("Nothing waits."));

    public static async Task<int[]> RolesOf(this TestApp app, Guid person) => (int[])(await app.Superuser("select array(select role from role_grants where person_id = $1 order by role)", person))!;

    /// <summary>How often an event stands in somebody's log.</summary>
    public static async Task<long> Logged(this TestApp app, Guid person, SecurityEvent what) =>
        (long)(await app.Superuser("select count(*) from security_log where person_id = $1 and event = $2", person, (int)what))!;

    /// <summary>Errands that send a peer's cases back.</summary>
    public static async Task<long> Returning(this TestApp app, Guid person) => (long)(await app.Superuser("select count(*) from errands where kind = 8 and subject_id = $1", person))!;
}
