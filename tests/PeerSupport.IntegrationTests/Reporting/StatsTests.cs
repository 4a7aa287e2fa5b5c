using Npgsql;
using PeerSupport.Domain.Reporting;
using PeerSupport.IntegrationTests.Persistence;
using PeerSupport.Services.Notices;
using PeerSupport.Services.Reporting;

namespace PeerSupport.IntegrationTests.Reporting;

/// <summary>What the coordinator's login and the administrator's calendar can reach.</summary>
public sealed class StatsTests(TestServer server) : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync(server);
        await app.GivenCountingSince(new DateOnly(2026, 4, 1));
        await app.GivenClosings(12, new DateOnly(2026, 5, 1));
        await app.GivenClosings(60, new DateOnly(2026, 8, 1));
        await app.GivenClosings(9, new DateOnly(2026, 10, 5));
        await app.Get<Errands>().RunDueAsync(Token);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task S46_The_stats_login_reads_published_bands_and_nothing_else()
    {
        const string readable =
            """
            select string_agg(c.relname, ',' order by c.relname) from pg_class c
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v', 'm', 'p', 'S')
              and (has_table_privilege('peersupport_stats', c.oid, 'select') or (c.relkind <> 'S' and has_any_column_privilege('peersupport_stats', c.oid, 'select')))
            """;
        (await app.Superuser(readable)).ShouldBe("__EFMigrationsHistory,published_bands,releases");
        (await app.Superuser(
            """
            select count(*) from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v', 'm', 'p')
              and (has_table_privilege('peersupport_stats', c.oid, 'insert, update, delete, truncate') or has_any_column_privilege('peersupport_stats', c.oid, 'insert, update'))
            """)).ShouldBe(0L);
        // Functions that run with the owner's rights: roles of one person, "is a coordinator", and four figures about peers.
        (await app.Superuser(
            """
            select string_agg(p.proname, ',' order by p.proname) from pg_proc p
            where p.pronamespace = 'public'::regnamespace and p.prosecdef and has_function_privilege('peersupport_stats', p.oid, 'execute')
            """)).ShouldBe("app_is_coordinator,app_roles,programme_figures");
        (await Should.ThrowAsync<PostgresException>(() => TestApp.Run(app.Connections.Stats, "select count(*) from tallies"))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task Without_a_coordinator_the_bands_are_empty_and_the_figures_nothing()
    {
        (await app.Connections.Stats.CountWith("app.actor", TestPeople.Ids["coordinator"].ToString(), "published_bands")).ShouldBeGreaterThan(0);
        foreach (var name in new[] { "okafor", "peer1", "clinician", "administrator" })
            (await app.Connections.Stats.CountWith("app.actor", TestPeople.Ids[name].ToString(), "published_bands")).ShouldBe(0, name);
        (await TestApp.Run(app.Connections.Stats, "select count(*) from published_bands")).ShouldBe(0L);
        await app.Superuser("update people set active = false where id = $1", TestPeople.Ids["coordinator"]);
        (await app.Connections.Stats.CountWith("app.actor", TestPeople.Ids["coordinator"].ToString(), "published_bands")).ShouldBe(0);
    }

    [Fact]
    public async Task Only_a_coordinator_reads_the_report_and_only_an_administrator_the_calendar()
    {
        foreach (var name in new[] { "okafor", "peer1", "clinician", "coordinator", "administrator" })
        {
            (await app.Get<Reports>().ReadAsync(await app.As(name), null, Token)).Succeeded.ShouldBe(name == "coordinator", name);
            (await app.Get<ReleaseCalendars>().ReadAsync(await app.As(name), Token)).Succeeded.ShouldBe(name == "administrator", name);
            if (name != "administrator")
                (await app.Get<ReleaseCalendars>().ChooseAsync(await app.As(name), Measure.Agency, PeriodKind.Year, Token)).Refusal.ShouldBe(ReportingRefusals.NotFound);
        }
    }

    [Fact]
    public async Task The_report_shows_the_newest_period_and_compares_with_the_one_before()
    {
        var report = (await app.Get<Reports>().ReadAsync(await app.As("coordinator"), null, Token)).Value;
        report.Period.ShouldBe(new Period(PeriodKind.Quarter, new DateOnly(2026, 7, 1)));
        report.Available.ShouldBe([new Period(PeriodKind.Quarter, new DateOnly(2026, 7, 1)), new Period(PeriodKind.Quarter, new DateOnly(2026, 4, 1))]);
        report.Tables.Select(table => table.Measure).ShouldBe(Enum.GetValues<Measure>());
        report.Tables[1].Rows[0].SincePrevious.ShouldBe(TrendDirection.Higher, "from 12 to 60");
        report.Tables[1].Rows[0].SinceYearBefore.ShouldBeNull();
        report.Programme.ShouldBe(new ProgrammeFigures(101, 0, 0, 2));
        var earlier = (await app.Get<Reports>().ReadAsync(await app.As("coordinator"), new Period(PeriodKind.Quarter, new DateOnly(2026, 4, 1)), Token)).Value;
        earlier.Tables[1].Rows[0].SincePrevious.ShouldBeNull();
        (await app.Get<Reports>().ReadAsync(await app.As("coordinator"), new Period(PeriodKind.Month, new DateOnly(2026, 8, 1)), Token)).Value.Period.ShouldBe(report.Period);
    }

    [Fact]
    public async Task The_calendar_changes_from_a_period_that_has_not_begun_and_for_no_other()
    {
        var (calendars, administrator) = (app.Get<ReleaseCalendars>(), await app.As("administrator"));
        (await calendars.ChooseAsync(administrator, Measure.Agency, PeriodKind.Year, Token)).Value.ShouldBe(new DateOnly(2027, 1, 1));
        (await calendars.ChooseAsync(administrator, Measure.Agency, PeriodKind.Month, Token)).Value.ShouldBe(new DateOnly(2027, 1, 1));
        (await calendars.ReadAsync(administrator, Token)).Value.Single(row => row.Measure == Measure.Agency).ShouldBe(
            new CalendarRow(Measure.Agency, PeriodKind.Quarter, PeriodKind.Month, new DateOnly(2027, 1, 1), 2));
        (await calendars.ChooseAsync(administrator, Measure.Agency, PeriodKind.Quarter, Token)).Value.ShouldBeNull();
        (await app.Count("release_calendar")).ShouldBe(5, "what was chosen before is taken back");
        (await calendars.ChooseAsync(administrator, Measure.Agency, (PeriodKind)9, Token)).Refusal.ShouldBe(ReportingRefusals.ChoosePeriod);

        // The database says the same to whoever gets past the use case.
        (await Should.ThrowAsync<PostgresException>(() => TestApp.Run(app.Connections.Accounts, "insert into release_calendar (measure, effective_from, period_kind) values (1, current_date, 1)")))
            .SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        await TestApp.Run(app.Connections.Accounts, "delete from release_calendar");
        (await app.Count("release_calendar")).ShouldBe(5);
    }
}
