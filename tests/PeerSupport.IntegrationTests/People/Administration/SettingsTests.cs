using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services.Cases;
using PeerSupport.Services.People;
using PeerSupport.Services.People.Administration;
using PeerSupport.Services.Sealing;

namespace PeerSupport.IntegrationTests.People.Administration;

/// <summary>Agencies, words, lines, situations and timed work.</summary>
public sealed class SettingsTests(TestServer server) : IAsyncLifetime
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
    public async Task A_new_agency_begins_with_a_region_a_plan_and_the_words_to_say_first()
    {
        var keeping = app.Get<AgencyKeeping>();
        var form = new AgencyForm("Mill Creek", null, "North", "America/Denver", true);
        var agency = (await keeping.SaveAsync(administrator, null, form, Token)).Value.AgencyId!.Value;
        (await keeping.SaveAsync(administrator, null, form with { NewRegion = "South", Name = "mill creek" }, Token)).Value.Problems.ShouldBe([AgencyForm.NameTaken]);
        (await keeping.SaveAsync(administrator, null, form with { NewRegion = "NORTH", Name = "Other" }, Token)).Value.Problems.ShouldBe([AgencyForm.RegionTaken]);
        (await app.Get<PolicyTexts>().ReadAsync(administrator, agency, Token)).Value.Versions.Single().English.ShouldBe(DisclaimerVersion.Standard);
        (await keeping.SetPlanAsync(administrator, agency, AlertPlanForm.Of(new AlertPlan { AgencyId = agency }) with { TellAfter = 45 }, Token)).Value.Problems.ShouldBeEmpty();
        var file = (await keeping.FindAsync(administrator, agency, Token)).Value;
        (file.Plan.TellAfter, file.TimeZone, file.PeersOnDuty).ShouldBe((45, "America/Denver", 0));
        (await keeping.SaveAsync(administrator, agency, new AgencyForm("Mill Creek", TestPeople.Region, "", "America/Denver", false), Token)).Value.Problems.ShouldBeEmpty();
        (await app.Superuser("select shares_peers from agencies where id = $1 and region_id = $2", agency, TestPeople.Region)).ShouldBe(false);
    }

    [Fact]
    public async Task Units_stay_a_tree_also_when_two_are_moved_at_once()
    {
        var units = app.Get<UnitKeeping>();
        foreach (var name in new[] { "North", "South" })
            (await units.AddAsync(administrator, TestPeople.Agency, name, null, Token)).Refusal.ShouldBeNull();
        var ids = (Guid[])(await app.Superuser("select array(select id from units order by name)"))!;
        var moved = await Task.WhenAll(
            Task.Run(() => units.SaveAsync(administrator, TestPeople.Agency, ids[0], "North", ids[1], Token)),
            Task.Run(() => units.SaveAsync(administrator, TestPeople.Agency, ids[1], "South", ids[0], Token)));
        moved.Count(one => one.Succeeded).ShouldBe(1);
        moved.Single(one => !one.Succeeded).Refusal.ShouldBe(UnitTree.Loop);
        (await app.Get<AgencyKeeping>().FindAsync(administrator, TestPeople.Agency, Token)).Value.Units.Select(unit => unit.Depth).ShouldBe([0, 1]);
    }

    [Fact]
    public async Task A_new_wording_is_added_and_the_old_one_stays_as_it_was()
    {
        var texts = app.Get<PolicyTexts>();
        foreach (var wording in new[] { "The first wording of this agency.", "The second wording of this agency." })
            (await texts.AddAsync(administrator, TestPeople.Agency, new DisclaimerForm(wording, "La redacción de esta agencia."), Token)).Value.Problems.ShouldBeEmpty();
        var versions = (await texts.ReadAsync(administrator, TestPeople.Agency, Token)).Value.Versions;
        versions.Select(text => (text.Version, text.English)).ShouldBe([(2, "The second wording of this agency."), (1, "The first wording of this agency.")]);
    }

    [Fact]
    public async Task A_crisis_line_is_printed_only_once_somebody_has_checked_it_and_again_after_a_change()
    {
        var (lines, printed) = (app.Get<CrisisLineKeeping>(), app.Get<PrintedLines>());
        var form = new CrisisLineForm(null, "988", "988", "call or text", "llamada o mensaje", 1);
        (await lines.SaveAsync(administrator, null, form with { Tel = "800-555-0100 x12" }, Token)).Value.Problems.Single().Field.ShouldBe("tel", "an extension would be dialled with it");
        (await lines.SaveAsync(administrator, null, form, Token)).Value.Problems.ShouldBeEmpty();
        (await printed.ReadAsync(Token)).ShouldBeEmpty();
        var id = (Guid)(await app.Superuser("select id from crisis_lines"))!;
        (await lines.CheckedAsync(administrator, id, Token)).Refusal.ShouldBeNull();
        (await printed.ReadAsync(Token)).Single().Label.ShouldBe("988");
        (await lines.SaveAsync(administrator, id, form with { English = "call, text or chat" }, Token)).Value.Problems.ShouldBeEmpty();
        (await printed.ReadAsync(Token)).Count.ShouldBe(1);
        (await lines.SaveAsync(administrator, id, form with { Tel = "989" }, Token)).Value.Problems.ShouldBeEmpty();
        (await printed.ReadAsync(Token)).ShouldBeEmpty("the number was changed and nobody has called it");
    }

    [Fact]
    public async Task A_situation_that_was_taken_out_is_not_offered_not_posted_and_keeps_its_name()
    {
        var keeping = app.Get<SituationKeeping>();
        (await keeping.RetireAsync(administrator, 103, true, Token)).Refusal.ShouldBeNull();
        var names = await app.Get<Situations>().NamesAsync(Token);
        names.Types.ShouldNotContain(type => type.Id == 103);
        names.Type(103, "en").ShouldBe("Call with a child");
        (await app.Get<PostCase>().PostAsync(await app.As("okafor"), TestApp.Form(type: 103), Token)).Value.Problems.Single().Field.ShouldBe(CaseField.Situation);
        (await keeping.RetireAsync(administrator, 103, false, Token)).Refusal.ShouldBeNull();
        await app.GivenOpenCase();

        (await keeping.AddTypeAsync(administrator, 1, new SituationForm("Night work", "Trabajo nocturno"), Token)).Value.Id.ShouldBe(107);
        (await keeping.AddTypeAsync(administrator, 1, new SituationForm("night WORK", "Otra cosa"), Token)).Value.Problems.ShouldBe([SituationForm.Taken]);
        (await keeping.AddTypeAsync(administrator, 1, new SituationForm("Something", "TRABAJO nocturno"), Token)).Value.Problems.ShouldBe([SituationForm.Taken]);
        (await keeping.RenameTypeAsync(administrator, 107, new SituationForm("Night shifts", "Turnos de noche"), Token)).Value.Problems.ShouldBeEmpty();
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        (await app.Get<Situations>().NamesAsync(Token)).Type(107, "es").ShouldBe("Turnos de noche");
    }

    [Fact]
    public async Task Timed_work_says_what_is_late_and_never_how_many_cases_there_are()
    {
        async Task<TimedWorkRow> Row(string kind) => (await app.Get<TimedWork>().ReadAsync(administrator, Token)).Value.Single(row => row.Kind == kind);
        await app.Superuser("update errands set due_at = $1", app.Clock.GetUtcNow().AddHours(1));
        await app.Superuser("insert into errands (id, kind, subject_id, step, due_at) select gen_random_uuid(), 7, gen_random_uuid(), 0, $1 from generate_series(1, 3)", app.Clock.GetUtcNow().AddMinutes(1));
        (await Row("Wave")).ShouldBe(new TimedWorkRow("Wave", true, 0, null, false));
        (await Row("Retention")).Waiting.ShouldBe(1);
        (await Row("Retention")).Late.ShouldBeFalse();
        app.Clock.Advance(TimeSpan.FromMinutes(10));
        (await Row("Wave")).Waiting.ShouldBe(3);
        (await Row("Wave")).Late.ShouldBeTrue();
        (await app.Get<TimedWork>().ReadAsync(await app.As("peer1"), Token)).Refusal.ShouldBe(AdministrationRefusals.NotFound);
    }

    [Fact]
    public async Task Somebody_whom_nothing_reaches_is_named_with_their_agency()
    {
        await app.Superuser("insert into alert_channels (id, person_id, kind, target, name, added_at, refused_at) values (gen_random_uuid(), $1, 2, '', 'mail', now(), now())", TestPeople.Ids["peer1"]);
        var board = (await app.Get<AgencyKeeping>().ChannelsAsync(administrator, 1, Token)).Value;
        board.Unreachable.Single().Name.ShouldBe("peer1");
        board.Agencies.Single(agency => agency.AgencyId == TestPeople.Agency).ShouldBe(new ChannelCount(TestPeople.Agency, "Harlan Bay", 100, 100, 1));
    }

    [Fact]
    public async Task S04_An_administrator_reaches_no_row_of_any_case_in_any_table()
    {
        var id = await app.GivenHeldCase("peer1");
        await app.GivenOpenCase(form: TestApp.Form(keptAway: "peer2"));
        await app.Get<Drafts>().SaveAsync(await app.As("okafor"), TestApp.Form(), Token);
        var tables = (string[])(await app.Superuser("select array(select tablename::text from pg_tables where schemaname = 'public')"))!;
        var readable = 0;
        foreach (var table in tables)
        {
            if (!(bool)(await app.Superuser($"select has_table_privilege('peersupport_accounts', '\"{table}\"', 'select')"))!)
                continue;
            readable++;
            var rows = await Persistence.ContextCounts.CountWith(app.Connections.Accounts, "app.actor", administrator.PersonId.ToString(), $"\"{table}\" t where t::text like '%{id}%'");
            rows.ShouldBe(0, table);
        }

        readable.ShouldBeGreaterThan(20, "the test reads tables");
        foreach (var table in new[] { "support_cases", "recusals", "deliveries", "sealed_identities", "case_drafts", "formal_tracks", "track_facts", "track_events", "hand_off_links", "messages", "errands", "tallies", "danger_alerts" })
            (await app.Superuser($"select has_table_privilege('peersupport_accounts', '{table}', 'select')")).ShouldBe(false, table);
        foreach (var role in new[] { "update", "delete" })
            (await app.Superuser($"select bool_or(has_table_privilege('peersupport_accounts', tablename::text, '{role}')) from pg_tables where schemaname = 'public' and tablename in ('support_cases', 'sealed_identities', 'formal_tracks', 'errands', 'messages', 'approvals')")).ShouldBe(false, role);
    }
}
