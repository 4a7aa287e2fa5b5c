using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using PeerSupport.Services.Cases;
using PeerSupport.Services.Notices;
using PeerSupport.Services.Persistence;

namespace PeerSupport.IntegrationTests.Notices;

/// <summary>Boards on every node hear of a change on any, also after the database was away.</summary>
public sealed class RelayTests(TestServer server) : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;
    private Node first = null!;
    private Node second = null!;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync(server);
        first = await Node.StartAsync(app);
        second = await Node.StartAsync(app);
    }

    public async ValueTask DisposeAsync()
    {
        await first.DisposeAsync();
        await second.DisposeAsync();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task A_post_on_one_node_reaches_the_boards_of_all()
    {
        var heard = Task.WhenAll(first.Hears(), second.Hears());
        (await first.Get<PostCase>().PostAsync(await app.As("okafor"), TestApp.Form(), Token)).Value.Posted.ShouldNotBeNull();
        await heard;
    }

    [Fact]
    public async Task A_change_that_is_rolled_back_is_not_told()
    {
        // A node whose relay does not run: what it would tell the others stays where it can be seen.
        await using var node = TestApp.Build(app.Connections, app.KeyDirectory, TimeProvider.System);
        var (actor, outgoing) = (await app.As("okafor"), node.GetRequiredService<CaseSignals>().Outgoing);
        foreach (var commits in new[] { false, true })
        {
            await using (var work = await node.GetRequiredService<Database>().BeginAsync(DatabaseRole.Board, actor, Token))
            {
                work.CaseChanged();
                outgoing.TryRead(out _).ShouldBeFalse("nothing is told before the commit");
                if (commits)
                    await work.CommitAsync(Token);
            }

            outgoing.TryRead(out _).ShouldBe(commits);
        }
    }

    [Fact]
    public async Task A_post_tells_nobody_inside_its_transaction()
    {
        await using var node = TestApp.Build(app.Connections, app.KeyDirectory, TimeProvider.System);
        await using var ear = new NpgsqlConnection(app.Connections.Board);
        await ear.OpenAsync(Token);
        var heard = new List<string>();
        ear.Notification += (_, told) => heard.Add(told.Payload);
        await using (var listen = new NpgsqlCommand("listen peersupport_cases", ear))
            await listen.ExecuteNonQueryAsync(Token);

        (await node.GetRequiredService<PostCase>().PostAsync(await app.As("okafor"), TestApp.Form(), Token)).Value.Posted.ShouldNotBeNull();
        await app.Superuser("notify peersupport_cases, 'afterwards'");
        await ear.WaitAsync(Token);

        heard.ShouldBe(["afterwards"], "the server keeps the order: nothing came with the post's own commit");
    }

    [Fact]
    public async Task After_the_database_hung_up_the_boards_reread_and_hear_again()
    {
        var resynced = Task.WhenAll(first.Hears(), second.Hears());
        await app.Superuser("select count(pg_terminate_backend(pid)) from pg_stat_activity where query ilike 'listen%' and datname = current_database()");
        await resynced;
        var heard = second.Hears();
        first.Get<CaseSignals>().Raise();
        await heard;
    }

    [Fact]
    public async Task A_board_that_fails_keeps_nothing_from_the_others()
    {
        first.Get<CaseSignals>().Changed += () => throw new ObjectDisposedException("a board whose reader left");
        var heard = first.Hears();
        second.Get<CaseSignals>().Raise();
        await heard;
        heard = first.Hears();
        second.Get<CaseSignals>().Raise();
        await heard;
    }

    private sealed class Node(ServiceProvider services, SignalRelay relay) : IAsyncDisposable
    {
        public static async Task<Node> StartAsync(TestApp app)
        {
            var services = TestApp.Build(app.Connections, app.KeyDirectory, TimeProvider.System);
            var relay = new SignalRelay(
                services.GetRequiredService<IConfiguration>(), services.GetRequiredService<DataSources>(), services.GetRequiredService<CaseSignals>(), TimeProvider.System, NullLogger<SignalRelay>.Instance);
            var node = new Node(services, relay);
            var listening = node.Hears();
            await relay.StartAsync(Token);
            await listening;
            return node;
        }

        public T Get<T>() where T : notnull => services.GetRequiredService<T>();

        /// <summary>Done at the next announcement; fails when there is none for a while.</summary>
        public async Task Hears()
        {
            var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            void Hear() => heard.TrySetResult();
            Get<CaseSignals>().Changed += Hear;
            try
            {
                await heard.Task.WaitAsync(TimeSpan.FromSeconds(10), Token);
            }
            finally
            {
                Get<CaseSignals>().Changed -= Hear;
            }
        }

        public async ValueTask DisposeAsync()
        {
            await relay.StopAsync(CancellationToken.None);
            relay.Dispose();
            await services.DisposeAsync();
        }
    }
}
