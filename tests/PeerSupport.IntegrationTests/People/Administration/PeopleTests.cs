using PeerSupport.Domain.People;
using PeerSupport.Services.People;
using PeerSupport.Services.People.Administration;

namespace PeerSupport.IntegrationTests.People.Administration;

/// <summary>Bringing people in and keeping what stands about them.</summary>
public sealed class PeopleTests(TestServer server) : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;
    private Actor administrator = null!;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync(server);
        administrator = await app.As("administrator");
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Somebody_new_has_a_letter_no_way_in_and_no_role()
    {
        var person = await app.GivenPerson();
        (await app.Superuser("select active from people where id = $1", person)).ShouldBe(false);
        (await app.Superuser("select password_hash is null from accounts where id = $1", person)).ShouldBe(true);
        (await app.Superuser("select count(*) from messages where kind = 22 and person_id = $1", person)).ShouldBe(1L);
        (await app.Get<PeopleList>().FindAsync(administrator, person, 1, Token)).Value.State.ShouldBe(PersonState.Invited);
        (await app.Get<PeopleKeeping>().InviteAsync(administrator, person, Token)).Refusal.ShouldBeNull();
        (await app.Superuser("select count(*) from invitations where person_id = $1 and spent_at is null", person)).ShouldBe(1L, "an older letter is void");
        app.Clock.Advance(TimeSpan.FromDays(8));
        (await app.Get<PeopleList>().FindAsync(await app.As("administrator"), person, 1, Token)).Value.State.ShouldBe(PersonState.NotInvited);
    }

    [Fact]
    public async Task A_mail_address_belongs_to_one_person_also_when_two_are_brought_in_at_once()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => app.Get<PeopleKeeping>().AddAsync(administrator, Administrators.Person(), "same@test.example", null, null, Token))));
        answers.Count(answer => answer.Value.PersonId is not null).ShouldBe(1);
        answers.Where(answer => answer.Value.PersonId is null).ShouldAllBe(answer => answer.Value.Problems.Single() == PersonForm.EmailTaken);
    }

    [Fact]
    public async Task An_untrained_peer_is_offered_nothing_until_a_training_is_entered()
    {
        var person = await app.GivenPerson(role: Role.Peer);
        (await app.Get<Approvals>().DecideAsync(await app.As("okafor"), await app.RequestFor(person), true, Token)).Refusal.ShouldBeNull();
        (await app.Superuser("select caseload_limit from peers where person_id = $1", person)).ShouldBe(2);
        (await app.Superuser("select trained_until < '2026-11-09' from peers where person_id = $1", person)).ShouldBe(true);
        (await app.Get<TrainingKeeping>().EnterAsync(administrator, person, new TrainingForm("Peer support, 40 h", new(2026, 3, 1), new(2028, 3, 1), 40), Token)).Value.Problems.ShouldBeEmpty();
        (await app.Superuser("select trained_until = '2028-03-01' from peers where person_id = $1", person)).ShouldBe(true);
    }

    [Fact]
    public async Task A_new_sign_in_of_somebody_who_has_one_takes_a_second_person()
    {
        await app.Superuser("update accounts set password_hash = 'x' where id = $1", TestPeople.Ids["peer1"]);
        (await app.Get<PeopleKeeping>().InviteAsync(administrator, TestPeople.Ids["peer1"], Token)).Refusal.ShouldBe(AdministrationRefusals.AlreadyEnrolled);
        (await app.Get<RoleRequests>().AskNewSignInAsync(administrator, TestPeople.Ids["peer1"], Token)).Refusal.ShouldBeNull();
        (await app.Superuser("select count(*) from invitations")).ShouldBe(0L);
        (await app.Get<Approvals>().DecideAsync(administrator, await app.RequestFor(TestPeople.Ids["peer1"]), true, Token)).Refusal.ShouldBe(AdministrationRefusals.SecondPerson);
        (await app.Get<Approvals>().DecideAsync(await app.As("lindgren"), await app.RequestFor(TestPeople.Ids["peer1"]), true, Token)).Refusal.ShouldBeNull();
        (await app.Superuser("select count(*) from invitations where person_id = $1", TestPeople.Ids["peer1"])).ShouldBe(1L);
    }

    [Fact]
    public async Task Another_mail_address_takes_a_second_person_and_must_still_be_free_then()
    {
        var person = await app.GivenPerson();
        (await app.Get<RoleRequests>().AskEmailAsync(administrator, person, "peer1@test.example", Token)).Refusal.ShouldBe(AdministrationRefusals.EmailTaken);
        (await app.Get<RoleRequests>().AskEmailAsync(administrator, person, "new@test.example", Token)).Refusal.ShouldBeNull();
        (await app.Superuser("select email from accounts where id = $1", person)).ShouldBe("arroyo@test.example");
        var other = await app.GivenPerson("new@test.example");
        (await app.Get<Approvals>().DecideAsync(await app.As("okafor"), await app.RequestFor(person), true, Token)).Refusal.ShouldBe(AdministrationRefusals.EmailTaken);
        await app.Superuser("update accounts set email = 'z@z.example', normalized_email = 'Z@Z.EXAMPLE', user_name = 'z@z.example', normalized_user_name = 'Z@Z.EXAMPLE' where id = $1", other);
        (await app.Get<Approvals>().DecideAsync(await app.As("okafor"), await app.RequestFor(person), true, Token)).Refusal.ShouldBeNull();
        (await app.Superuser("select normalized_user_name from accounts where id = $1", person)).ShouldBe("NEW@TEST.EXAMPLE");
        (await app.Superuser("select count(*) from invitations where person_id = $1 and spent_at is null", person)).ShouldBe(0L, "the letter went to the old address");
    }

    [Fact]
    public async Task The_list_says_how_much_waits_for_whoever_reads_it()
    {
        async Task<int> ToDecide(string who) => (await app.Get<PeopleList>().ReadAsync(await app.As(who), new(), 1, Token)).Value.ToDecide;
        await app.Superuser("insert into role_grants (person_id, role) values ($1, 5)", TestPeople.Ids["coordinator"]);
        var person = await app.GivenPerson(role: Role.Peer);
        (await ToDecide("administrator")).ShouldBe(0, "whoever asked is not the second person");
        (await ToDecide("coordinator")).ShouldBe(1);
        (await app.Get<Approvals>().DecideAsync(await app.As("coordinator"), await app.RequestFor(person), true, Token)).Refusal.ShouldBeNull();
        (await ToDecide("coordinator")).ShouldBe(0);
    }

    [Fact]
    public async Task The_list_is_searched_narrowed_and_paged()
    {
        async Task<PeoplePage> Read(PeopleFilter filter, int page = 1) => (await app.Get<PeopleList>().ReadAsync(administrator, filter, page, Token)).Value;
        (await Read(new())).Total.ShouldBe(TestPeople.Ids.Count);
        (await Read(new(), 99)).Page.ShouldBe(5);
        (await Read(new("PEER1@"))).People.Single().Name.ShouldBe("peer1");
        (await Read(new("peer_"))).Total.ShouldBe(0, "a sign of the pattern is what was typed");
        (await Read(new(Role: Role.Psychologist))).Total.ShouldBe(2);
        (await Read(new(AgencyId: TestPeople.FarAgency))).People.Single().Name.ShouldBe("faraway");
        (await Read(new(State: PersonState.Disabled))).Total.ShouldBe(0);
    }

    [Fact]
    public async Task More_than_a_peer_chose_is_allowed_and_not_chosen_for_them()
    {
        await app.Superuser("update peers set caseload_limit = 1 where person_id = $1", TestPeople.Ids["peer1"]);
        (await app.Get<PeopleKeeping>().SetCaseloadAsync(administrator, TestPeople.Ids["peer1"], 3, Token)).Refusal.ShouldBeNull();
        (await app.Superuser("select array[caseload_limit, caseload_most] = '{1,3}' from peers where person_id = $1", TestPeople.Ids["peer1"])).ShouldBe(true);
    }

    [Fact]
    public async Task A_caseload_is_never_set_below_what_is_held_and_nobody_is_told_what_that_is()
    {
        await app.GivenHeldCase("peer1");
        await app.GivenHeldCase("peer1");
        (await app.Get<PeopleKeeping>().SetCaseloadAsync(administrator, TestPeople.Ids["peer1"], 1, Token)).Refusal.ShouldBe(AdministrationRefusals.CaseloadNow);
        (await app.Get<PeopleKeeping>().SetCaseloadAsync(administrator, TestPeople.Ids["peer1"], 3, Token)).Refusal.ShouldBeNull();
        (await app.Get<PeopleKeeping>().SetCaseloadAsync(administrator, TestPeople.Ids["peer1"], 6, Token)).Refusal.ShouldBe(AdministrationRefusals.Caseload);
    }
}
