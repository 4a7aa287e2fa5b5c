using PeerSupport.Domain.People;
using PeerSupport.Services.People;
using PeerSupport.Services.People.Administration;

namespace PeerSupport.IntegrationTests.People.Administration;

/// <summary>A list of people comes in as a whole or not at all, and its roles by two.</summary>
public sealed class ImportTests(TestServer server) : IAsyncLifetime
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
    public async Task One_row_with_a_problem_keeps_everybody_out()
    {
        var before = await app.Superuser("select count(*) from people");
        var rows = new[] { Row(1), Row(2) with { Agency = "Nowhere" }, Row(3) with { Email = "peer1@test.example" }, Row(4) with { Email = "ROW1@test.example" }, Row(5) with { Unit = "Moon base" } };
        var outcome = (await app.Get<PeopleImport>().ImportAsync(administrator, rows, Token)).Value;
        outcome.Imported.ShouldBe(0);
        outcome.Rows.Select(row => row.Problems.Count).ShouldBe([1, 1, 1, 1, 1]); // the first stands twice
        (await app.Superuser("select count(*) from people")).ShouldBe(before);
        (await app.Superuser("select count(*) from approvals")).ShouldBe(0L);
    }

    [Fact]
    public async Task Two_units_of_one_name_are_not_guessed_between_and_who_speaks_Spanish_has_its_tag()
    {
        foreach (var _ in new[] { 1, 2 })
            await app.Superuser("insert into units (id, agency_id, name) values ($1, $2, 'Squad A')", Guid.NewGuid(), TestPeople.Agency);
        (await app.Get<PeopleImport>().PreviewAsync(administrator, [Row(1) with { Unit = "Squad A" }], Token)).Value.Rows.Single().Problems.Single().English.ShouldContain("several units");
        (await app.Get<PeopleImport>().ImportAsync(administrator, [Row(2) with { Languages = "es; ht", Tags = "" }], Token)).Value.Imported.ShouldBe(1);
        (await app.Superuser("select p.tags = '{1}' and p.spoken_languages = '{es,ht}' from peers p join people one on one.id = p.person_id where one.display_name like 'Row %'")).ShouldBe(true);
    }

    [Fact]
    public async Task A_sound_list_comes_in_at_once_and_its_letters_go_out_when_the_roles_are_approved()
    {
        var rows = Enumerable.Range(1, 10).Select(Row).ToList();
        rows[0] = rows[0] with { Role = "psychologist", TrainingDate = "", TrainedUntil = "" };
        (await app.Get<PeopleImport>().PreviewAsync(administrator, rows, Token)).Value.IsSound.ShouldBeTrue();
        (await app.Get<PeopleImport>().ImportAsync(administrator, rows, Token)).Value.Imported.ShouldBe(10);
        (await app.Superuser("select count(*) from people where phone = '+1 206-555-0170'")).ShouldBe(10L);
        (await app.Superuser("select count(*) from invitations")).ShouldBe(0L);
        (await app.Superuser("select count(*) from messages where kind = 24")).ShouldBe(2L, "one to each psychologist, whatever the length of the list");

        var psychologist = await app.As("okafor");
        var group = (await app.Get<Approvals>().ReadAsync(psychologist, 1, Token)).Value.Waiting.Single();
        group.Requests.Count.ShouldBe(10);
        (await app.Get<Approvals>().DecideAllAsync(administrator, [.. group.Requests.Select(one => one.RequestId)], true, Token)).Refusal.ShouldBe(AdministrationRefusals.SecondPerson);
        (await app.Get<Approvals>().DecideAllAsync(psychologist, [.. group.Requests.Select(one => one.RequestId)], true, Token)).Value.Done.ShouldBe(10);

        (await app.Superuser("select count(*) from invitations where spent_at is null")).ShouldBe(10L);
        (await app.Superuser("select count(*) from messages where kind = 22 and invitation_id is not null")).ShouldBe(10L);
        (await app.Superuser("select count(*) from peers p join people one on one.id = p.person_id where one.display_name like 'Row %' and p.trained_until = '2028-03-01' and p.tags = '{1,3}' and p.spoken_languages = '{en,es}'")).ShouldBe(9L);
        (await app.Superuser("select count(*) from people where display_name like 'Row %' and active")).ShouldBe(0L, "each of them sets up signing in first");
    }

    [Fact]
    public async Task Five_hundred_people_come_in_and_are_approved_in_one_step()
    {
        (await app.Get<PeopleImport>().ImportAsync(administrator, [.. Enumerable.Range(1, 500).Select(Row)], Token)).Value.Imported.ShouldBe(500);
        var psychologist = await app.As("okafor");
        var group = (await app.Get<Approvals>().ReadAsync(psychologist, 1, Token)).Value.Waiting.Single();
        (await app.Get<Approvals>().DecideAllAsync(psychologist, [.. group.Requests.Select(one => one.RequestId)], true, Token)).Value.ShouldBe(new DecisionOutcome(500, null));
        (await app.Superuser("select count(*) from role_grants g join people p on p.id = g.person_id where p.display_name like 'Row %'")).ShouldBe(500L);
    }

    [Fact]
    public async Task The_file_of_people_has_what_a_list_needs_and_nothing_that_a_peer_says_of_themselves()
    {
        (await app.Get<PeopleImport>().ImportAsync(administrator, [Row(1)], Token)).Value.Imported.ShouldBe(1);
        var person = (Guid)(await app.Superuser("select id from people where display_name = 'Row 001'"))!;
        await app.Superuser("insert into role_grants (person_id, role) values ($1, 2), ($1, 5)", person);
        var one = (await app.Get<PeopleExport>().ReadAsync(administrator, new PeopleFilter("row 001"), Token)).Value.Single();
        one.Row.ShouldBe(Row(1) with { Line = 0, Agency = "Harlan Bay", Languages = "", Tags = "", TimeZone = one.Row.TimeZone });
        one.OtherRoles.ShouldBe([Role.Administrator]);
        one.State.ShouldBe(PersonState.NotInvited);
        (await app.Get<PeopleExport>().ReadAsync(administrator, new PeopleFilter(), Token)).Value.Count.ShouldBe((int)(long)(await app.Superuser("select count(*) from people"))!);
    }

    [Fact]
    public async Task Only_an_administrator_imports_and_exports()
    {
        foreach (var name in new[] { "okafor", "peer1", "clinician", "coordinator" })
        {
            (await app.Get<PeopleImport>().ImportAsync(await app.As(name), [Row(1)], Token)).Refusal.ShouldBe(AdministrationRefusals.NotFound, name);
            (await app.Get<PeopleExport>().ReadAsync(await app.As(name), new PeopleFilter(), Token)).Refusal.ShouldBe(AdministrationRefusals.NotFound, name);
        }
    }

    private static ImportedPerson Row(int number) => new(
        number + 1, $"Row {number:D3}", $"row{number}@test.example", "harlan bay", "", "peer", "en; es", "veteran", "2026-03-01", "2028-03-01", "", "es", "+1 206-555-0170");
}
