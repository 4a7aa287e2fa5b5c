using Npgsql;
using PeerSupport.DevKit;

namespace PeerSupport.IntegrationTests.DevKit;

/// <summary>The private PostgreSQL comes back after anything that may happen to it on a developer's machine.</summary>
public sealed class ClusterSurvives : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PostgresForTests server = null!;

    private PostgresCluster Cluster => server.Cluster!;

    public async ValueTask InitializeAsync() => server = await PostgresForTests.StartOwnAsync(Token);

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task What_was_committed_is_there_after_a_kill_and_a_restart_on_the_same_port()
    {
        await Execute("create table kept (word text); insert into kept values ('still here')");
        var port = Cluster.Port;

        await Cluster.KillAsync(Token);
        await Should.ThrowAsync<NpgsqlException>(() => Execute("select 1"));
        await Cluster.RestartAsync(Token);

        Cluster.Port.ShouldBe(port);
        (await Execute("select word from kept")).ShouldBe("still here");
    }

    [Fact]
    public async Task A_server_left_running_is_taken_over_and_a_killed_one_is_started_again()
    {
        await Execute("create table kept (word text); insert into kept values ('still here')");
        var options = new PostgresClusterOptions(Cluster.DataDirectory, Durable: false);

        var second = await PostgresCluster.StartAsync(options, report: null, Token);
        second.Port.ShouldBe(Cluster.Port);

        await second.KillAsync(Token);
        var third = await PostgresCluster.StartAsync(options, report: null, Token);
        (await Execute("select word from kept", third.AdminConnectionString())).ShouldBe("still here");
    }

    [Fact]
    public async Task A_process_file_that_names_a_stranger_does_not_stop_it_from_starting()
    {
        await Cluster.KillAsync(Token);
        var file = Path.Combine(Cluster.DataDirectory, "postmaster.pid");
        var lines = await File.ReadAllLinesAsync(file, Token);
        lines[0] = $"{Environment.ProcessId}";
        await File.WriteAllLinesAsync(file, lines, Token);

        var again = await PostgresCluster.StartAsync(new PostgresClusterOptions(Cluster.DataDirectory, Durable: false), report: null, Token);

        (await Execute("select 1", again.AdminConnectionString())).ShouldBe(1);
    }

    [Fact]
    public async Task It_listens_on_loopback_only_and_wants_the_password()
    {
        (await Execute("select setting from pg_settings where name = 'listen_addresses'")).ShouldBe("127.0.0.1");
        (await Execute("select setting from pg_settings where name = 'unix_socket_directories'")).ShouldBe("");
        var stranger = new NpgsqlConnectionStringBuilder(Cluster.AdminConnectionString()) { Password = "guess" }.ConnectionString;
        (await Should.ThrowAsync<PostgresException>(() => Execute("select 1", stranger))).SqlState.ShouldBe("28P01");
    }

    [Fact]
    public async Task A_database_is_copied_from_a_template_and_dropped_under_a_connection()
    {
        await Cluster.CreateDatabaseAsync("model", cancellationToken: Token);
        await Execute("create table kept (word text)", Cluster.AdminConnectionString("model"));
        await Cluster.CreateDatabaseAsync("copy", "model", Token);
        await using var connection = new NpgsqlConnection(Cluster.AdminConnectionString("copy"));
        await connection.OpenAsync(Token);

        await Cluster.DropDatabaseAsync("copy", Token);

        (await Execute("select count(*) from pg_database where datname = 'copy'")).ShouldBe(0L);
    }

    private async Task<object?> Execute(string sql, string? connectionString = null)
    {
        await using var connection = new NpgsqlConnection(connectionString ?? Cluster.AdminConnectionString());
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Token);
    }
}
