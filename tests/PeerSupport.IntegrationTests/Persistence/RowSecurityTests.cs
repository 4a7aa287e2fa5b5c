using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Npgsql;
using PeerSupport.Services.Cases;
using PeerSupport.Services.Persistence;

namespace PeerSupport.IntegrationTests.Persistence;

/// <summary>The second lock: what the database itself refuses, whatever the code above it does.</summary>
public sealed class RowSecurityTests(TestServer server) : IAsyncLifetime
{
    private static readonly string[] Protected = ["support_cases", "recusals", "deliveries", "sealed_identities", "case_drafts"];
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync(server);
        await app.GivenHeldCase("peer1");
        await app.GivenOpenCase(form: TestApp.Form(keptAway: "peer2"));
        await app.Get<Drafts>().SaveAsync(await app.As("okafor"), TestApp.Form(), Token);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task S41_Without_context_every_protected_table_returns_nothing()
    {
        foreach (var table in Protected)
        {
            (await app.Superuser($"select count(*) from {table}")).ShouldNotBe(0L, $"the test needs rows in {table}");
            foreach (var login in new[] { app.Connections.Owner, app.Connections.Board, app.Connections.Reveal, app.Connections.Jobs, app.Connections.Tracks, app.Connections.Accounts })
                (await RowsOrDenied(login, table)).ShouldBeOneOf(0L, null);
        }

        // And the context of a job opens nothing to the board, nor an actor's to the jobs.
        (await app.Connections.Board.CountWith("app.job", "mail", "support_cases")).ShouldBe(0);
        (await app.Connections.Jobs.CountWith("app.actor", TestPeople.Ids["okafor"].ToString(), "deliveries")).ShouldBe(0);
        (await app.Connections.Jobs.CountWith("app.job", "mail", "deliveries")).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task S41_Writing_without_reading_reaches_no_row_that_is_not_ones_own()
    {
        var (board, jobs) = (app.Connections.Board, app.Connections.Jobs);
        foreach (var (login, sql) in new[]
        {
            (board, "update support_cases set contact_days = '{}'"), (board, "delete from support_cases"), (board, "delete from case_drafts"),
            (board, "update deliveries set attempts = 0"), (jobs, "update deliveries set attempts = 0"),
            (jobs, "update sealed_identities set key_epoch = 0"), (jobs, "update case_drafts set key_epoch = 0"),
        })
            (await login.ChangedWith("app.nobody", "", sql)).ShouldBe(0, sql);

        // One case is held by peer1, the other open, and peer2 kept away from it.
        foreach (var (name, changed) in new[] { ("peer1", 2), ("peer2", 0), ("peer3", 1), ("faraway", 0), ("okafor", 0), ("lindgren", 0), ("administrator", 0) })
            (await board.ChangedWith("app.actor", TestPeople.Ids[name].ToString(), "update support_cases set contact_days = '{}'")).ShouldBe(changed, name);
        await app.Owner("update people set active = false where id = $1", TestPeople.Ids["peer1"]);
        (await board.ChangedWith("app.actor", TestPeople.Ids["okafor"].ToString(), "update support_cases set status = 1, holder_id = null, accepted_at = null")).ShouldBe(1);
        (await board.ChangedWith("app.actor", TestPeople.Ids["lindgren"].ToString(), "update support_cases set status = 1, holder_id = null, accepted_at = null")).ShouldBe(0);
    }

    [Fact]
    public async Task In_the_login_of_the_boards_a_case_takes_its_steps_in_order_only()
    {
        var board = app.Connections.Board;
        var open = (Guid)(await app.Superuser("select id from support_cases where status = 1"))!;
        var (peer, holder, psychologist) = (TestPeople.Ids["peer3"].ToString(), TestPeople.Ids["peer1"].ToString(), TestPeople.Ids["okafor"].ToString());
        foreach (var (actor, sql) in new[]
        {
            (peer, "update support_cases set wave = 4"), (peer, "update support_cases set next_wave_at = 'infinity'"), (peer, "update support_cases set next_wave_at = null where status = 1"),
            (peer, $"update support_cases set status = 2, holder_id = '{peer}', accepted_at = now(), next_wave_at = null, wave = 4"),
            (holder, "update support_cases set wave = 4 where status = 2"),
            (holder, "update support_cases set status = 1, holder_id = null, accepted_at = null, wave = 4, next_wave_at = now() where status = 2"),
            (holder, "update support_cases set status = 1, holder_id = null, accepted_at = null, wave = 0, next_wave_at = null where status = 2"),
        })
            (await Should.ThrowAsync<PostgresException>(() => board.ChangedWith("app.actor", actor, sql))).SqlState.ShouldBe("PS003", sql);

        (await board.ChangedWith("app.actor", peer, $"update support_cases set status = 2, holder_id = '{peer}', accepted_at = now(), next_wave_at = null where status = 1")).ShouldBe(1);
        (await board.ChangedWith("app.actor", holder, "update support_cases set status = 1, holder_id = null, accepted_at = null, wave = 0, next_wave_at = now() where status = 2")).ShouldBe(1);
        (await board.ChangedWith("app.actor", psychologist, "update support_cases set wave = 3")).ShouldBe(0, "not without saying so");
        (await board.ChangedWith("app.actor", psychologist, $"select set_config('app.widening', '{open}', true); update support_cases set wave = 3, next_wave_at = now() where status = 1")).ShouldBe(1);
    }

    [Fact]
    public async Task Who_shares_peers_with_whom_is_asked_inside_the_query_and_not_called_for_each_row()
    {
        foreach (var sql in new[] { "select * from support_cases", "update support_cases set contact_days = '{}'" })
            (await app.Connections.Board.TextWith("app.actor", TestPeople.Ids["peer3"].ToString(), $"explain (verbose, format json) {sql}")).ShouldSatisfyAllConditions(
                plan => plan.ShouldContain("shares_peers"),
                plan => plan.ShouldNotContain("partners_of"));
    }

    [Fact]
    public async Task Every_table_with_a_case_in_it_has_forced_row_security()
    {
        (await app.Superuser(
            """
            select string_agg(c.relname, ',' order by c.relname) from pg_class c
            where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
              and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname in ('case_id', 'draft_id', 'holder_id'))
              and not (c.relrowsecurity and c.relforcerowsecurity)
            """)).ShouldBe(DBNull.Value);
    }

    [Fact]
    public async Task S42_With_a_pool_of_one_nothing_of_one_person_reaches_the_next()
    {
        var single = new NpgsqlConnectionStringBuilder(app.Connections.Board) { MaxPoolSize = 1 }.ConnectionString;
        await using var services = TestApp.Build(app.Connections with { Board = single }, app.KeyDirectory, app.Clock);
        var database = (Database)services.GetService(typeof(Database))!;
        var holder = await app.As("peer1");
        var other = await app.As("peer3");
        for (var i = 0; i < 20; i++)
        {
            await using (var work = await database.BeginAsync(DatabaseRole.Board, holder, Token))
                (await work.Context.SupportCases.CountAsync(c => c.HolderId == holder.PersonId, Token)).ShouldBe(1);
            await using (var work = await database.BeginAsync(DatabaseRole.Board, other, Token))
                (await work.Context.SupportCases.CountAsync(c => c.HolderId != null, Token)).ShouldBe(0);
            await using var pooled = await ((DataSources)services.GetService(typeof(DataSources))!)[DatabaseRole.Board].OpenConnectionAsync(Token);
            await using var bare = new NpgsqlCommand("select count(*) from support_cases", pooled);
            (await bare.ExecuteScalarAsync(Token)).ShouldBe(0L);
        }
    }

    [Fact]
    public async Task S43_Startup_refuses_logins_and_options_that_undo_a_lock()
    {
        string Board(Action<NpgsqlConnectionStringBuilder> change)
        {
            var builder = new NpgsqlConnectionStringBuilder(app.Connections.Board);
            change(builder);
            return builder.ConnectionString;
        }

        Should.Throw<UnsafeConnectionException>(() => ConnectionSafety.Checked(DatabaseRole.Board, Board(o => o.NoResetOnClose = true), development: true));
        Should.Throw<UnsafeConnectionException>(() => ConnectionSafety.Checked(DatabaseRole.Board, Board(o => o.IncludeErrorDetail = true), development: false));
        Should.Throw<UnsafeConnectionException>(() => ConnectionSafety.Checked(DatabaseRole.Board, Board(o => o.PersistSecurityInfo = true), development: true));
        ConnectionSafety.Checked(DatabaseRole.Board, Board(_ => { }), development: false).ShouldNotBeEmpty();

        await ConnectionSafety.CheckLoginsAsync(app.Get<DataSources>(), Token);
        await app.Superuser("drop role if exists ps_test_bypass; create role ps_test_bypass login bypassrls password 'x-ps-test'");
        await Refuses(server.Postgres.AdminConnectionString(app.Database), "superuser");
        await Refuses(Board(o => (o.Username, o.Password) = ("ps_test_bypass", "x-ps-test")), "bypasses");
        await Refuses(app.Connections.Owner, "owns tables");
        await app.Superuser("drop role ps_test_bypass");
    }

    [Fact]
    public async Task S44_A_command_outside_a_transaction_throws()
    {
        var actor = await app.As("okafor");
        await using var work = await app.Get<Database>().BeginAsync(DatabaseRole.Board, actor, Token);
        var context = work.Context;
        (await context.SupportCases.CountAsync(Token)).ShouldBeGreaterThan(0);
        await work.CommitAsync(Token);

        var refused = await Should.ThrowAsync<InvalidOperationException>(() => context.SupportCases.CountAsync(Token));
        refused.Message.ShouldContain("outside a transaction");
        await Should.ThrowAsync<InvalidOperationException>(() => context.SupportCases.ExecuteDeleteAsync(Token));
    }

    [Fact]
    public async Task S45_Views_run_with_the_rights_of_whoever_asks()
    {
        const string unsafeViews =
            """
            select count(*) from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('v', 'm')
            and not coalesce(c.reloptions @> array['security_invoker=true'], false)
            """;
        (await app.Superuser(unsafeViews)).ShouldBe(0L);

        // The check itself can fail: a view made without it is found.
        await app.Superuser("create view leaky as select * from support_cases");
        (await app.Superuser(unsafeViews)).ShouldBe(1L);
        await app.Superuser("drop view leaky; create view sound with (security_invoker=true) as select * from support_cases");
        (await app.Superuser(unsafeViews)).ShouldBe(0L);
    }

    [Theory]
    [InlineData("select name from sealed_identities")]
    [InlineData("select content from case_drafts")]
    [InlineData("select * from tallies")]
    [InlineData("select * from accounts")]
    [InlineData("update peers set caseload_limit = 99")]
    [InlineData("update support_cases set psychologist_id = gen_random_uuid()")]
    public async Task The_board_login_has_no_right_to(string sql) => await Denied(app.Connections.Board, sql);

    [Theory]
    [InlineData("delete from support_cases")]
    [InlineData("select * from deliveries")]
    [InlineData("select * from sealed_identities")]
    public async Task The_accounts_login_of_administrators_has_no_right_to(string sql) => await Denied(app.Connections.Accounts, sql);

    [Theory]
    [InlineData("select name from sealed_identities")]
    [InlineData("select content from case_drafts")]
    [InlineData("delete from support_cases")]
    [InlineData("update support_cases set psychologist_id = gen_random_uuid()")]
    [InlineData("select password_hash from accounts")]
    [InlineData("select count from posted_counts")]
    public async Task The_jobs_login_has_no_right_to(string sql) => await Denied(app.Connections.Jobs, sql);

    [Theory]
    [InlineData("delete from support_cases")]
    [InlineData("update sealed_identities set key_epoch = 0")]
    public async Task The_reveal_login_can_change_nothing(string sql) => await Denied(app.Connections.Reveal, sql);

    private static async Task Denied(string login, string sql) =>
        (await Should.ThrowAsync<PostgresException>(() => TestApp.Run(login, sql))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);

    private static async Task<long?> RowsOrDenied(string login, string table)
    {
        try
        {
            return (long?)await TestApp.Run(login, $"select count(*) from {table}");
        }
        catch (PostgresException denied) when (denied.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return null;
        }
    }

    private async Task Refuses(string connectionString, string because)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ConnectionStrings:Accounts"] = app.Connections.Accounts,
            ["ConnectionStrings:Board"] = connectionString,
            ["ConnectionStrings:Reveal"] = app.Connections.Reveal,
            ["ConnectionStrings:Jobs"] = app.Connections.Jobs,
            ["ConnectionStrings:Tracks"] = app.Connections.Tracks,
            ["ConnectionStrings:Stats"] = app.Connections.Stats,
        }).Build();
        await using var sources = new DataSources(configuration, development: true);
        (await Should.ThrowAsync<UnsafeConnectionException>(() => ConnectionSafety.CheckLoginsAsync(sources, Token))).Message.ShouldContain(because);
    }
}

internal static class ContextCounts
{
    /// <summary>Rows a login sees inside a transaction with one setting.</summary>
    public static Task<long> CountWith(this string login, string setting, string value, string table) =>
        With(login, setting, value, $"select count(*) from {table}", async count => (long)(await count.ExecuteScalarAsync())!);

    /// <summary>Rows a login changes inside a transaction with one setting; undone at once.</summary>
    public static Task<int> ChangedWith(this string login, string setting, string value, string sql) =>
        With(login, setting, value, sql, change => change.ExecuteNonQueryAsync());

    /// <summary>One value of text a login reads inside a transaction with one setting.</summary>
    public static Task<string> TextWith(this string login, string setting, string value, string sql) =>
        With(login, setting, value, sql, async read => (string)(await read.ExecuteScalarAsync())!);

    private static async Task<T> With<T>(string login, string setting, string value, string sql, Func<NpgsqlCommand, Task<T>> run)
    {
        await using var source = NpgsqlDataSource.Create(login);
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var context = new NpgsqlCommand("select set_config($1, $2, true)", connection);
        context.Parameters.AddWithValue(setting);
        context.Parameters.AddWithValue(value);
        await context.ExecuteNonQueryAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await run(command);
    }
}
