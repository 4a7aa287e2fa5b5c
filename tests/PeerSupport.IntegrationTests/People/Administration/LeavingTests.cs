using PeerSupport.Domain;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services.Cases;
using PeerSupport.Services.Notices;
using PeerSupport.Services.People;
using PeerSupport.Services.People.Administration;

namespace PeerSupport.IntegrationTests.People.Administration;

/// <summary>Whoever must not see something any more is out at once, and what they held goes on.</summary>
public sealed class LeavingTests(TestServer server) : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;

    public async ValueTask InitializeAsync() => app = await TestApp.StartAsync(server);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    public static TheoryData<string> Ways() => ["role", "disable", "move"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_peer_who_leaves_is_signed_out_and_their_cases_are_sent_back(string way)
    {
        var id = await app.GivenHeldCase("peer1");
        var (peer, session) = (await app.As("peer1"), await app.SignIn("peer1"));
        (await Leave(way, peer.PersonId)).Refusal.ShouldBeNull();

        (await app.Resolve(session)).ShouldBeNull();
        (await app.Superuser("select count(*) from sessions where person_id = $1", peer.PersonId)).ShouldBe(0L);
        (await app.Returning(peer.PersonId)).ShouldBe(1);
        (await app.Superuser("select on_duty from peers where person_id = $1", peer.PersonId)).ShouldBe(false);
        (await app.Get<AcceptCase>().AcceptAsync(peer, await app.GivenOpenCase(), Token)).Succeeded.ShouldBeFalse();
        await app.Get<Errands>().RunDueAsync(Token);
        (await app.Superuser("select holder_id is null and status = 1 from support_cases where id = $1", id)).ShouldBe(true, "the others have it again");
        (await app.Superuser("select count(*) from messages where kind = 17 and case_id = $1", id)).ShouldBe(1L);
        (await app.Superuser("select held from peers where person_id = $1", peer.PersonId)).ShouldBe(0);
        if (way != "move")
            (await app.Get<RevealIdentity>().RevealAsync(peer, id, TestApp.FreshlySignedIn(peer), true, Token)).Refusal.ShouldBe(CaseRefusals.NotFound);
    }

    [Fact]
    public async Task An_agency_that_stops_sharing_gets_its_cases_back_from_its_neighbours_and_its_own_peers_keep_theirs()
    {
        var neighbour = Guid.NewGuid();
        await app.Superuser("insert into agencies (id, region_id, name) values ($1, $2, 'Next door')", neighbour, TestPeople.Region);
        await app.Superuser("update people set agency_id = $2 where id = $1", TestPeople.Ids["peer2"], neighbour);
        var (own, lent) = (await app.GivenHeldCase("peer1"), await app.GivenHeldCase("peer2"));
        (await app.Get<AgencyKeeping>().SaveAsync(await app.As("administrator"), TestPeople.Agency, new AgencyForm("Harlan Bay", TestPeople.Region, "", "Etc/UTC", SharesPeers: false), Token)).Value.Problems.ShouldBeEmpty();
        await app.Get<Errands>().RunDueAsync(Token);
        (await app.Superuser("select holder_id from support_cases where id = $1", own)).ShouldBe(TestPeople.Ids["peer1"]);
        (await app.Superuser("select holder_id is null from support_cases where id = $1", lent)).ShouldBe(true);
    }

    [Fact]
    public async Task Somebody_who_is_no_peer_leaves_no_errand_behind()
    {
        (await Leave("disable", TestPeople.Ids["clinician"])).Refusal.ShouldBeNull();
        (await app.Returning(TestPeople.Ids["clinician"])).ShouldBe(0);
        (await app.Get<RoleRequests>().RemoveAsync(await app.As("administrator"), TestPeople.Ids["okafor"], Role.Peer, Token)).Refusal.ShouldBe(AdministrationRefusals.NoSuchRole);
    }

    [Fact]
    public async Task A_role_comes_back_only_by_two_and_the_peer_is_on_duty_again()
    {
        var peer = TestPeople.Ids["peer1"];
        (await Leave("role", peer)).Refusal.ShouldBeNull();
        (await app.Get<RoleRequests>().AskAsync(await app.As("administrator"), peer, Role.Peer, Token)).Refusal.ShouldBeNull();
        (await app.RolesOf(peer)).ShouldBeEmpty();
        (await app.Get<Approvals>().DecideAsync(await app.As("okafor"), await app.RequestFor(peer), true, Token)).Refusal.ShouldBeNull();
        (await app.RolesOf(peer)).ShouldBe([2]);
        (await app.Superuser("select on_duty from peers where person_id = $1", peer)).ShouldBe(true);
    }

    [Fact]
    public async Task The_last_administrator_stays_however_many_are_removed_at_once()
    {
        var first = await app.As("administrator");
        (await app.Get<RoleRequests>().RemoveAsync(first, first.PersonId, Role.Administrator, Token)).Refusal.ShouldBe(AdministrationRefusals.LastAdministrator);
        (await app.Get<PeopleKeeping>().SetActiveAsync(first, first.PersonId, false, Token)).Refusal.ShouldBe(AdministrationRefusals.NotYourself);
        var second = await app.SecondAdministrator();
        for (var round = 0; round < 10; round++)
        {
            var answers = await Task.WhenAll(
                Task.Run(() => app.Get<RoleRequests>().RemoveAsync(first, second.PersonId, Role.Administrator, Token)),
                Task.Run(() => app.Get<PeopleKeeping>().SetActiveAsync(second, first.PersonId, false, Token)));
            answers.Count(answer => answer.Succeeded).ShouldBe(1, $"round {round}");
            (await app.Superuser("select count(*) from role_grants g join people p on p.id = g.person_id and p.active where g.role = 5")).ShouldBe(1L);
            await app.Superuser("update people set active = true");
            await app.Superuser("insert into role_grants (person_id, role) values ($1, 5), ($2, 5) on conflict do nothing", first.PersonId, second.PersonId);
        }
    }

    [Fact]
    public async Task A_disabled_account_is_enabled_again_with_the_roles_it_had_and_an_unused_letter_is_void()
    {
        var administrator = await app.As("administrator");
        var invited = await app.GivenPerson();
        (await Leave("disable", invited)).Refusal.ShouldBeNull();
        (await app.Superuser("select count(*) from invitations where person_id = $1 and spent_at is null", invited)).ShouldBe(0L);
        (await app.Get<PeopleKeeping>().SetActiveAsync(administrator, invited, true, Token)).Refusal.ShouldBe(AdministrationRefusals.NotEnrolled);

        await app.Superuser("update accounts set password_hash = 'x' where id = $1", TestPeople.Ids["peer1"]);
        (await Leave("disable", TestPeople.Ids["peer1"])).Refusal.ShouldBeNull();
        (await app.Get<PeopleKeeping>().SetActiveAsync(administrator, TestPeople.Ids["peer1"], true, Token)).Refusal.ShouldBeNull();
        (await app.As("peer1")).Is(Role.Peer).ShouldBeTrue();
    }

    private async Task<Result> Leave(string way, Guid person)
    {
        var administrator = await app.As("administrator");
        return way switch
        {
            "role" => await app.Get<RoleRequests>().RemoveAsync(administrator, person, Role.Peer, Token),
            "disable" => await app.Get<PeopleKeeping>().SetActiveAsync(administrator, person, false, Token),
            _ => new Result((await app.Get<PeopleKeeping>().ChangeAsync(administrator, person, Administrators.Person() with { AgencyId = TestPeople.FarAgency }, null, Token)).Refusal),
        };
    }
}
