using Npgsql;
using PeerSupport.Domain.People;
using PeerSupport.IntegrationTests.Persistence;
using PeerSupport.Services.People;
using PeerSupport.Services.People.Administration;

namespace PeerSupport.IntegrationTests.People.Administration;

/// <summary>Nobody gives a role alone: not with the pages, and not with the login behind them.</summary>
public sealed class RolesByTwoTests(TestServer server) : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;
    private Actor asker = null!;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync(server);
        asker = await app.As("administrator");
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Theory]
    [InlineData(Role.Psychologist)]
    [InlineData(Role.Peer)]
    [InlineData(Role.Clinician)]
    [InlineData(Role.Coordinator)]
    [InlineData(Role.Administrator)]
    public async Task S05_A_role_takes_effect_only_when_a_second_person_approves(Role role)
    {
        var person = await app.GivenPerson(role: role);
        var request = await app.RequestFor(person);
        (await app.RolesOf(person)).ShouldBeEmpty();
        (await Decide(asker, request)).Refusal.ShouldBe(AdministrationRefusals.SecondPerson);
        (await app.RolesOf(person)).ShouldBeEmpty();

        (await Decide(await app.SecondAdministrator(), request)).Refusal.ShouldBeNull();
        (await app.RolesOf(person)).ShouldBe([(int)role]);
        (await app.Logged(person, SecurityEvent.RoleAsked)).ShouldBe(1);
        (await app.Logged(person, SecurityEvent.RoleGranted)).ShouldBe(1);
        (await Decide(await app.As("okafor"), request)).Refusal.ShouldBe(AdministrationRefusals.Decided);
    }

    [Fact]
    public async Task S05_Nobody_asks_for_a_role_of_their_own_and_nobody_approves_one()
    {
        (await app.Get<RoleRequests>().AskAsync(asker, asker.PersonId, Role.Coordinator, Token)).Refusal.ShouldBe(AdministrationRefusals.OwnRole);
        var second = await app.SecondAdministrator();
        (await app.Get<RoleRequests>().AskAsync(asker, second.PersonId, Role.Coordinator, Token)).Refusal.ShouldBeNull();
        (await Decide(second, await app.RequestFor(second.PersonId))).Refusal.ShouldBe(AdministrationRefusals.AboutYou);
        foreach (var name in new[] { "peer1", "okafor", "clinician", "coordinator" })
            (await app.Get<RoleRequests>().AskAsync(await app.As(name), TestPeople.Ids["peer5"], Role.Psychologist, Token)).Refusal.ShouldBe(AdministrationRefusals.NotFound, name);
        (await app.RolesOf(second.PersonId)).ShouldBe([5]);
    }

    [Fact]
    public async Task S05_The_login_of_the_accounts_gives_nobody_a_role_by_direct_SQL()
    {
        var own = asker.PersonId.ToString();
        var person = await app.GivenPerson(role: Role.Peer);
        var request = await app.RequestFor(person);
        foreach (var sql in new[]
        {
            $"insert into role_grants (person_id, role) values ('{own}', 4)",
            $"update role_grants set role = 2 where person_id = '{own}'",
            $"update approvals set granted = true, decided_by = '{TestPeople.Ids["okafor"]}', decided_at = now()",
            $"insert into approvals (id, kind, person_id, role, requested_by, requested_at, decided_by, decided_at, granted) values (gen_random_uuid(), 1, '{own}', 4, '{own}', now(), '{TestPeople.Ids["okafor"]}', now(), true)",
            $"insert into approvals (id, kind, person_id, role, requested_by, requested_at) values (gen_random_uuid(), 1, '{own}', 4, '{TestPeople.Ids["okafor"]}', now())",
            $"delete from approvals where id = '{request}'",
        })
            (await Should.ThrowAsync<PostgresException>(() => app.Connections.Accounts.ChangedWith("app.actor", own, sql), sql)).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege, sql);

        // The function is the only way, and says no to everybody who may not.
        await app.Owner("update people set active = false where id = $1", TestPeople.Ids["lindgren"]);
        foreach (var (name, answer) in new[] { ("administrator", "asked-it"), ("peer1", "not-found"), ("clinician", "not-found"), ("coordinator", "not-found"), ("lindgren", "not-found"), ("faraway", "not-found") })
            (await Answer(TestPeople.Ids[name].ToString(), request)).ShouldBe(answer, name);
        (await Answer("", request)).ShouldBe("not-found");
        (await Answer(person.ToString(), request)).ShouldBe("own");
        (await app.RolesOf(person)).ShouldBeEmpty();
        (await app.RolesOf(asker.PersonId)).ShouldBe([5]);
    }

    [Fact]
    public async Task A_psychologist_decides_for_her_own_agency_only_and_sees_no_other_request()
    {
        var person = await app.GivenPerson(role: Role.Peer);
        await app.Superuser("update role_grants set role = 1 where person_id = $1", TestPeople.Ids["faraway"]);
        var stranger = await app.As("faraway");
        (await Decide(stranger, await app.RequestFor(person))).Refusal.ShouldBe(AdministrationRefusals.NotFound);
        (await app.Get<Approvals>().ReadAsync(stranger, 1, Token)).Value.Waiting.ShouldBeEmpty();
        (await app.Get<Approvals>().ReadAsync(await app.As("okafor"), 1, Token)).Value.Waiting.Single().Requests.Single().Name.ShouldBe("N. Arroyo");
        (await Decide(await app.As("okafor"), await app.RequestFor(person))).Refusal.ShouldBeNull();
        (await app.RolesOf(person)).ShouldBe([2]);
    }

    [Fact]
    public async Task A_request_of_somebody_who_keeps_the_accounts_no_more_can_only_be_refused()
    {
        var person = await app.GivenPerson(role: Role.Peer);
        await app.SecondAdministrator();
        await app.Owner("update people set active = false where id = $1", asker.PersonId);
        (await Decide(await app.As("okafor"), await app.RequestFor(person))).Refusal.ShouldBe(AdministrationRefusals.AskerGone);
        (await app.Get<Approvals>().DecideAsync(await app.As("okafor"), await app.RequestFor(person), false, Token)).Refusal.ShouldBeNull();
        (await app.RolesOf(person)).ShouldBeEmpty();
        (await app.Logged(person, SecurityEvent.RoleRefused)).ShouldBe(1);
    }

    [Fact]
    public async Task The_database_refuses_the_same_combinations_as_the_rules()
    {
        var person = await app.GivenPerson();
        foreach (var one in Enum.GetValues<Role>())
        {
            foreach (var other in Enum.GetValues<Role>().Where(other => other != one))
            {
                await app.Owner("delete from role_grants where person_id = $1", person);
                await app.Owner("insert into role_grants (person_id, role) values ($1, $2)", person, (int)one);
                var refused = await Record.ExceptionAsync(() => app.Owner("insert into role_grants (person_id, role) values ($1, $2)", person, (int)other)) as PostgresException;
                (refused is null).ShouldBe(Roles.MayGoTogether(one, other), $"{one} and {other}");
                (refused?.SqlState ?? "PS002").ShouldBe("PS002");
            }
        }
    }

    [Fact]
    public async Task Two_roles_that_clash_are_not_granted_at_the_same_moment_either()
    {
        var second = await app.SecondAdministrator();
        for (var round = 0; round < 10; round++)
        {
            var person = await app.GivenPerson($"round{round}@test.example");
            foreach (var role in new[] { Role.Peer, Role.Psychologist })
                (await app.Get<RoleRequests>().AskAsync(asker, person, role, Token)).Refusal.ShouldBeNull();
            var requests = (Guid[])(await app.Superuser("select array(select id from approvals where person_id = $1)", person))!;
            var answers = await Task.WhenAll(requests.Select(request => Task.Run(() => Decide(second, request))));
            answers.Count(answer => answer.Succeeded).ShouldBe(1, $"round {round}");
            answers.Single(answer => !answer.Succeeded).Refusal.ShouldBe(AdministrationRefusals.RolesClash);
            (await app.RolesOf(person)).Length.ShouldBe(1);
        }
    }

    [Fact]
    public async Task Whoever_decides_is_told_that_something_waits()
    {
        var second = await app.SecondAdministrator();
        await app.GivenPerson(role: Role.Peer);
        (await app.Superuser("select count(*) from messages where kind = 24 and person_id = $1", second.PersonId)).ShouldBe(1L);
        (await app.Superuser("select count(*) from messages where kind = 24")).ShouldBe(1L);
    }

    [Fact]
    public async Task Where_there_is_one_administrator_the_psychologists_of_the_agency_are_told()
    {
        await app.GivenPerson(role: Role.Peer);
        (await app.Superuser("select count(*) from messages where kind = 24 and person_id = any($1)", new[] { TestPeople.Ids["okafor"], TestPeople.Ids["lindgren"] })).ShouldBe(2L);
    }

    private Task<Domain.Result> Decide(Actor actor, Guid request) => app.Get<Approvals>().DecideAsync(actor, request, true, Token);

    private async Task<string> Answer(string actor, Guid request)
    {
        await using var source = NpgsqlDataSource.Create(app.Connections.Accounts);
        await using var connection = await source.OpenConnectionAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);
        await using var command = new NpgsqlCommand("select decide_approval($2, true, now()) from (select set_config('app.actor', $1, true)) actor", connection);
        command.Parameters.AddWithValue(actor);
        command.Parameters.AddWithValue(request);
        return (string)(await command.ExecuteScalarAsync(Token))!;
    }
}
