using Npgsql;
using PeerSupport.Domain.People;
using PeerSupport.IntegrationTests.Persistence;
using PeerSupport.Services.People;
using PeerSupport.Services.People.Administration;

namespace PeerSupport.IntegrationTests.People.Administration;

/// <summary>What was before, what is, and who changed it: one line for each change of a setting, and nobody touches it again.</summary>
public sealed class SettingsLogTests(TestServer server) : IAsyncLifetime
{
    private static readonly CrisisLineForm Line = new(null, "988", "988", "call or text", "llamada o mensaje", 1);
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
    public async Task A_crisis_line_from_its_first_day_to_its_last()
    {
        var lines = app.Get<CrisisLineKeeping>();
        await lines.SaveAsync(administrator, null, Line, Token);
        var id = (Guid)(await app.Superuser("select id from crisis_lines"))!;
        await Newest(SettingKind.CrisisLine, null, "988", null, "Label: 988\nTel: 988\nEnglish: call or text\nSpanish: llamada o mensaje\nPosition: 1\nLastVerified: ");
        await lines.CheckedAsync(administrator, id, Token);
        await Newest(SettingKind.CrisisLine, null, "988", "LastVerified: ", "LastVerified: 2026-11-09");
        await lines.SaveAsync(administrator, id, Line with { Label = "989", Tel = "989" }, Token);
        await Newest(SettingKind.CrisisLine, null, "988", "Label: 988\nTel: 988\nLastVerified: 2026-11-09", "Label: 989\nTel: 989\nLastVerified: ");
        await lines.RemoveAsync(administrator, id, Token);
        await Newest(SettingKind.CrisisLine, null, "989", "Label: 989\nTel: 989\nEnglish: call or text\nSpanish: llamada o mensaje\nPosition: 1\nLastVerified: ", null);
        (await Count()).ShouldBe(4);
    }

    [Fact]
    public async Task Agencies_regions_plans_words_and_units()
    {
        var (keeping, units) = (app.Get<AgencyKeeping>(), app.Get<UnitKeeping>());
        var agency = TestPeople.Agency;
        await keeping.SaveAsync(administrator, agency, new AgencyForm("Harlan Bay PD", TestPeople.FarRegion, "", "America/Los_Angeles", false), Token);
        await Newest(SettingKind.Agency, agency, "Harlan Bay", "Name: Harlan Bay\nRegion: Here\nSharesPeers: yes", "Name: Harlan Bay PD\nRegion: Elsewhere\nSharesPeers: no");
        await keeping.SetPlanAsync(administrator, agency, AlertPlanForm.Of(new AlertPlan { AgencyId = agency }) with { TellAfter = 45, NightFrom = new(23, 30) }, Token);
        await Newest(SettingKind.AlertPlan, agency, "Harlan Bay PD", "TellAfter: 30\nNightFrom: 22:00", "TellAfter: 45\nNightFrom: 23:30");
        await keeping.RenameRegionAsync(administrator, TestPeople.Region, "Coast", Token);
        await Newest(SettingKind.Region, null, "Here", "Name: Here", "Name: Coast");
        foreach (var (version, before) in new[] { (1, null), (2, "Version: 1") })
        {
            await app.Get<PolicyTexts>().AddAsync(administrator, agency, new DisclaimerForm($"Wording {version} of this agency.", "La redacción de esta agencia."), Token);
            await Newest(SettingKind.Disclaimer, agency, "Harlan Bay PD", before, $"Version: {version}");
        }

        await units.AddAsync(administrator, agency, "Patrol", null, Token);
        await Newest(SettingKind.Unit, agency, "Patrol", null, "Name: Patrol\nStandsUnder: ");
        var patrol = (Guid)(await app.Superuser("select id from units"))!;
        await units.AddAsync(administrator, agency, "North", patrol, Token);
        await Newest(SettingKind.Unit, agency, "North", null, "Name: North\nStandsUnder: Patrol");
        var north = (Guid)(await app.Superuser("select id from units where name = 'North'"))!;
        await units.SaveAsync(administrator, agency, north, "Night", null, Token);
        await Newest(SettingKind.Unit, agency, "North", "Name: North\nStandsUnder: Patrol", "Name: Night\nStandsUnder: ");
        await units.RemoveAsync(administrator, agency, north, Token);
        await Newest(SettingKind.Unit, agency, "Night", "Name: Night\nStandsUnder: ", null);
        (await Count()).ShouldBe(9);
    }

    [Fact]
    public async Task A_new_agency_and_the_region_it_founds_have_a_line_each()
    {
        var added = await app.Get<AgencyKeeping>().SaveAsync(administrator, null, new AgencyForm("Mill Creek", null, "North", "America/Denver", true), Token);
        (await Count()).ShouldBe(2);
        (await app.Superuser("select agency_id from settings_log where kind = 1 and before is null and after = $1", "Name: Mill Creek\nRegion: North\nTimeZone: America/Denver\nSharesPeers: yes")).ShouldBe(added.Value.AgencyId);
        (await app.Superuser("select subject from settings_log where kind = 2 and before is null and after = 'Name: North'")).ShouldBe("North");
    }

    [Fact]
    public async Task Situations_and_their_categories()
    {
        var keeping = app.Get<SituationKeeping>();
        await keeping.AddTypeAsync(administrator, 1, new SituationForm("Night work", "Trabajo nocturno"), Token);
        await Newest(SettingKind.SituationType, null, "Night work\nTrabajo nocturno", null, "English: Night work\nSpanish: Trabajo nocturno\nOffered: yes");
        await keeping.RenameTypeAsync(administrator, 107, new SituationForm("Night shifts", "Trabajo nocturno"), Token);
        await Newest(SettingKind.SituationType, null, "Night work\nTrabajo nocturno", "English: Night work", "English: Night shifts");
        await keeping.RetireAsync(administrator, 107, true, Token);
        await Newest(SettingKind.SituationType, null, "Night shifts\nTrabajo nocturno", "Offered: yes", "Offered: no");
        await keeping.RetireAsync(administrator, 107, false, Token);
        await Newest(SettingKind.SituationType, null, "Night shifts\nTrabajo nocturno", "Offered: no", "Offered: yes");
        await keeping.RenameCategoryAsync(administrator, 1, new SituationForm("After a call", "Tras un servicio difícil"), Token);
        await Newest(SettingKind.SituationCategory, null, "After a hard call\nTras un servicio difícil", "English: After a hard call", "English: After a call");
        (await Count()).ShouldBe(5);
    }

    [Fact]
    public async Task What_is_refused_and_what_changes_nothing_leaves_no_line()
    {
        var (lines, keeping, situations, texts, units) = (app.Get<CrisisLineKeeping>(), app.Get<AgencyKeeping>(), app.Get<SituationKeeping>(), app.Get<PolicyTexts>(), app.Get<UnitKeeping>());
        var (agency, words) = (TestPeople.Agency, new DisclaimerForm("The wording of this agency.", "La redacción de esta agencia."));
        await lines.SaveAsync(administrator, null, Line, Token);
        var id = (Guid)(await app.Superuser("select id from crisis_lines"))!;
        await lines.CheckedAsync(administrator, id, Token);
        await texts.AddAsync(administrator, agency, words, Token);
        await units.AddAsync(administrator, agency, "Patrol", null, Token);
        var unit = (Guid)(await app.Superuser("select id from units"))!;
        var before = await Count();

        (await lines.SaveAsync(administrator, id, Line, Token)).Value.Problems.ShouldBeEmpty();
        (await lines.CheckedAsync(administrator, id, Token)).Refusal.ShouldBeNull();
        (await keeping.SaveAsync(administrator, agency, new AgencyForm("Harlan Bay", TestPeople.Region, "", "America/Los_Angeles", true), Token)).Value.Problems.ShouldBeEmpty();
        (await keeping.SetPlanAsync(administrator, agency, AlertPlanForm.Of(new AlertPlan { AgencyId = agency }), Token)).Value.Problems.ShouldBeEmpty();
        (await keeping.RenameRegionAsync(administrator, TestPeople.Region, "Here", Token)).Refusal.ShouldBeNull();
        (await units.SaveAsync(administrator, agency, unit, "Patrol", null, Token)).Refusal.ShouldBeNull();
        (await situations.RetireAsync(administrator, 103, false, Token)).Refusal.ShouldBeNull();
        (await situations.RenameTypeAsync(administrator, 103, new SituationForm("Call with a child", "Servicio con un menor"), Token)).Value.Problems.ShouldBeEmpty();
        (await texts.AddAsync(administrator, agency, words, Token)).Value.Problems.ShouldBe([DisclaimerForm.InUseAlready]);
        (await app.Superuser("select count(*) from disclaimer_versions where agency_id = $1", agency)).ShouldBe(1L);

        (await lines.SaveAsync(administrator, id, Line with { Tel = "none" }, Token)).Value.Problems.ShouldNotBeEmpty();
        (await keeping.RenameRegionAsync(administrator, TestPeople.Region, "ELSEWHERE", Token)).Refusal.ShouldBe(AdministrationRefusals.RegionName);
        (await situations.RenameTypeAsync(administrator, 103, new SituationForm("Critical incident", "Otro"), Token)).Value.Problems.ShouldBe([SituationForm.Taken]);
        (await units.SaveAsync(administrator, agency, unit, "Patrol", unit, Token)).Refusal.ShouldBe(UnitTree.Loop);
        (await lines.RemoveAsync(await app.As("okafor"), id, Token)).Refusal.ShouldBe(AdministrationRefusals.NotFound);
        (await Count()).ShouldBe(before);
    }

    [Fact]
    public async Task A_change_and_its_line_are_kept_together_or_not_at_all()
    {
        await app.Superuser("create function refuse() returns trigger language plpgsql as $$ begin raise exception 'refused'; end $$; create trigger refused before insert on settings_log execute function refuse()");
        await Should.ThrowAsync<Exception>(() => app.Get<CrisisLineKeeping>().SaveAsync(administrator, null, Line, Token));
        await Should.ThrowAsync<Exception>(() => app.Get<SituationKeeping>().RetireAsync(administrator, 103, true, Token));
        await Should.ThrowAsync<Exception>(() => app.Get<AgencyKeeping>().RenameRegionAsync(administrator, TestPeople.Region, "Coast", Token));
        (await app.Superuser("select (select count(*) from crisis_lines) + (select count(*) from situation_types where retired) + (select count(*) from regions where name = 'Coast')")).ShouldBe(0L);

        await app.Superuser("drop trigger refused on settings_log; create trigger refused before update on agencies execute function refuse()");
        await Should.ThrowAsync<Exception>(() => app.Get<AgencyKeeping>().SaveAsync(administrator, TestPeople.Agency, new AgencyForm("Other", null, "North", "Etc/UTC", false), Token));
        (await Count()).ShouldBe(0);
    }

    [Fact]
    public async Task Nobody_changes_or_removes_a_line_nor_a_wording_that_was_in_use()
    {
        await app.Get<CrisisLineKeeping>().SaveAsync(administrator, null, Line, Token);
        await app.Get<PolicyTexts>().AddAsync(administrator, TestPeople.Agency, new DisclaimerForm("The wording of this agency.", "La redacción de esta agencia."), Token);
        var everybody = new[] { app.Connections.Accounts, app.Connections.Board, app.Connections.Reveal, app.Connections.Jobs, app.Connections.Tracks, app.Connections.Stats };
        foreach (var login in everybody)
            foreach (var sql in new[] { "update settings_log set after = ''", "delete from settings_log", "truncate settings_log", "update disclaimer_versions set text = ''", "delete from disclaimer_versions" })
                await Denied(login, sql);
        foreach (var login in everybody[1..])
            foreach (var sql in new[] { "select * from settings_log", "insert into settings_log default values" })
                await Denied(login, sql);

        await app.Owner("update settings_log set after = ''");
        await app.Owner("delete from settings_log");
        (await app.Superuser("select count(*) from settings_log where after <> ''")).ShouldBe(2L);
    }

    [Fact]
    public async Task A_line_is_written_in_ones_own_name_and_read_by_administrators_only()
    {
        await app.Get<CrisisLineKeeping>().SaveAsync(administrator, null, Line, Token);
        var (own, peer) = (administrator.PersonId, TestPeople.Ids["peer1"]);
        string Insert(Guid actor) => $"insert into settings_log (id, at, actor_id, kind, subject, after) values (gen_random_uuid(), now(), '{actor}', 5, 'x', 'Label: x')";
        (await app.Connections.Accounts.ChangedWith("app.actor", own.ToString(), Insert(own))).ShouldBe(1);
        foreach (var (asking, named) in new[] { (own, peer), (peer, peer), (peer, own) })
            (await Should.ThrowAsync<PostgresException>(() => app.Connections.Accounts.ChangedWith("app.actor", asking.ToString(), Insert(named)))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);

        (await app.Connections.Accounts.CountWith("app.actor", own.ToString(), "settings_log")).ShouldBe(1);
        (await app.Connections.Accounts.CountWith("app.actor", peer.ToString(), "settings_log")).ShouldBe(0);
        (await app.Get<SettingsHistory>().ReadAsync(await app.As("okafor"), new SettingsFilter(), 1, Token)).Refusal.ShouldBe(AdministrationRefusals.NotFound);
    }

    [Fact]
    public async Task The_newest_comes_first_and_pages_and_filters_hold()
    {
        foreach (var minutes in Enumerable.Range(31, SettingsHistory.PageSize + 2))
        {
            app.Clock.Advance(TimeSpan.FromMinutes(1));
            await app.Get<AgencyKeeping>().SetPlanAsync(administrator, TestPeople.Agency, AlertPlanForm.Of(new AlertPlan { AgencyId = TestPeople.Agency }) with { TellAfter = minutes }, Token);
        }

        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.Get<CrisisLineKeeping>().SaveAsync(administrator, null, Line, Token);
        async Task<SettingsBoard> Read(SettingsFilter filter, int page) => (await app.Get<SettingsHistory>().ReadAsync(administrator, filter, page, Token)).Value;
        var (first, second) = (await Read(new SettingsFilter(), 1), await Read(new SettingsFilter(), 99));
        (first.Total, first.Changes.Count, second.Page, second.Changes.Count).ShouldBe((SettingsHistory.PageSize + 3, SettingsHistory.PageSize, 2, 3));
        first.Changes.Concat(second.Changes).Select(change => change.At).ShouldBeInOrder(SortDirection.Descending);
        (first.Changes[0].Kind, first.Changes[0].By, first.Changes[0].At).ShouldBe((SettingKind.CrisisLine, "administrator", app.Clock.GetUtcNow()));
        first.Changes[1].Before.ShouldBe([new SettingLine(SettingPart.TellAfter, "56")]);
        first.Changes[1].After.ShouldBe([new SettingLine(SettingPart.TellAfter, "57")]);
        (await Read(new SettingsFilter(SettingKind.CrisisLine), 1)).Total.ShouldBe(1);
        (await Read(new SettingsFilter(AgencyId: TestPeople.Agency), 1)).Total.ShouldBe(SettingsHistory.PageSize + 2);
        (await Read(new SettingsFilter(SettingKind.Region, TestPeople.Agency), 1)).Changes.ShouldBeEmpty();
    }

    /// <summary>The line of the change just made. Each change has a minute of its own.</summary>
    private async Task Newest(SettingKind kind, Guid? agency, string subject, string? before, string? after)
    {
        var newest = (await app.Get<SettingsHistory>().ReadAsync(administrator, new SettingsFilter(), 1, Token)).Value.Changes[0];
        (newest.At, newest.By, newest.Kind, newest.AgencyId, newest.Subject).ShouldBe((app.Clock.GetUtcNow(), "administrator", kind, agency, subject));
        (await app.Superuser("select concat(actor_id, '|', coalesce(before, '-'), '|', coalesce(after, '-')) from settings_log where at = $1", app.Clock.GetUtcNow())).ShouldBe($"{administrator.PersonId}|{before ?? "-"}|{after ?? "-"}");
        app.Clock.Advance(TimeSpan.FromMinutes(1));
    }

    private async Task<long> Count() => (long)(await app.Superuser("select count(*) from settings_log"))!;

    private static async Task Denied(string login, string sql) =>
        (await Should.ThrowAsync<PostgresException>(() => TestApp.Run(login, sql))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege, sql);
}
