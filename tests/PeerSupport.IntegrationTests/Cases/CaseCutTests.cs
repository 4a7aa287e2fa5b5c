using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PeerSupport.Domain.Cases;
using PeerSupport.Services.Cases;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.IntegrationTests.Cases;

/// <summary>Post, accept, hand back and close, cut at every single thing they say to the database: all of it happened, or nothing.</summary>
public sealed class CaseCutTests(TestServer server) : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;

    public async ValueTask InitializeAsync() => app = await TestApp.StartAsync(server);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Theory]
    [InlineData("post", false)]
    [InlineData("post", true)]
    [InlineData("accept", false)]
    [InlineData("accept", true)]
    [InlineData("hand back", false)]
    [InlineData("hand back", true)]
    [InlineData("close", false)]
    [InlineData("close", true)]
    public async Task S66_Cut_at_any_step_it_is_as_before_or_as_after_and_never_between(string what, bool delivered)
    {
        var (before, after) = await UncutAsync(what);
        before.ShouldNotBe(after, StringComparer.Ordinal);
        var board = new NpgsqlConnectionStringBuilder(app.Connections.Board);
        await using var proxy = new CuttingProxy(board.Host!, board.Port);
        var through = app.Connections with { Board = new NpgsqlConnectionStringBuilder(app.Connections.Board) { Host = "127.0.0.1", Port = proxy.Port }.ConnectionString };
        var (cuts, undone, done) = (0, 0, 0);
        for (var wasCut = true; wasCut; cuts += wasCut ? 1 : 0)
        {
            cuts.ShouldBeLessThan(60, "none of them says so much");
            await using var node = TestApp.Build(through, app.KeyDirectory, app.Clock);
            var (actor, id) = await GivenAsync(what);
            (await SnapshotAsync()).ShouldBe(before);
            await using (await node.GetRequiredService<Database>().BeginAsync(DatabaseRole.Board, actor, Token))
            {
                // Connected, so that the steps counted are those of the use case.
            }

            proxy.Arm(cuts + 1, delivered);
            var told = await TryAsync(node, what, actor, id);
            wasCut = proxy.HasCut;
            proxy.Arm(int.MaxValue, delivered: false);

            var now = await SnapshotAsync();
            now.ShouldBeOneOf(before, after);
            if (told)
                now.ShouldBe(after, $"told that it was done, at step {cuts + 1}");
            _ = now == after ? done++ : undone++;
            await CleanAsync();
        }

        cuts.ShouldBeGreaterThan(4, "who asks, what changes, the commit: it was cut in the middle, too");
        undone.ShouldBeGreaterThan(3);
        done.ShouldBeInRange(1, delivered ? 2 : 1, "the last round, which was not cut, and at most the one whose commit was heard");
    }

    /// <summary>What the database holds before and after, when nothing goes wrong.</summary>
    private async Task<(string Before, string After)> UncutAsync(string what)
    {
        await CleanAsync();
        await using var node = TestApp.Build(app.Connections, app.KeyDirectory, app.Clock);
        var (actor, id) = await GivenAsync(what);
        var before = await SnapshotAsync();
        (await TryAsync(node, what, actor, id)).ShouldBeTrue();
        var after = await SnapshotAsync();
        await CleanAsync();
        return (before, after);
    }

    private async Task<(Actor Actor, Guid Id)> GivenAsync(string what)
    {
        if (what != "post")
            return (await app.As("peer1"), what == "accept" ? await app.GivenOpenCase() : await app.GivenHeldCase("peer1"));
        var psychologist = await app.As("okafor");
        (await app.Get<Drafts>().SaveAsync(psychologist, TestApp.Form(), Token)).Succeeded.ShouldBeTrue();
        return (psychologist, Guid.Empty);
    }

    private static async Task<bool> TryAsync(ServiceProvider node, string what, Actor actor, Guid id)
    {
        try
        {
            return what switch
            {
                "post" => (await node.GetRequiredService<PostCase>().PostAsync(actor, TestApp.Form(keptAway: "peer7"), Token)).Value.Posted is not null,
                "accept" => (await node.GetRequiredService<AcceptCase>().AcceptAsync(actor, id, Token)).Succeeded,
                "hand back" => (await node.GetRequiredService<HandBack>().HandBackAsync(actor, id, Token)).Succeeded,
                _ => (await node.GetRequiredService<CloseCase>().CloseAsync(actor, id, CaseOutcome.Supported, checkIn: true, Token)).Succeeded,
            };
        }
        catch (Exception lost) when (lost is NpgsqlException or InvalidOperationException or DbUpdateException or IOException)
        {
            return false;
        }
    }

    /// <summary>Everything a case touches, told without ids and times.</summary>
    private async Task<string> SnapshotAsync() => (string)(await app.Superuser(
        """
        select string_agg(line, '; ' order by line) from (
            select concat('case ', status, ' wave ', wave, ' next ', next_wave_at is not null, ' held ', holder_id is not null, ' since ', accepted_at is not null) line from support_cases
            union all select concat('identity ', count(*)) from sealed_identities
            union all select concat('draft ', count(*)) from case_drafts
            union all select concat('recusal ', kind) from recusals
            union all select concat('notices ', channel, ' state ', state, ' wave ', wave, ' round ', round, ' covered ', covered_at is not null, ' × ', count(*)) from deliveries group by channel, state, wave, round, covered_at is not null
            union all select concat('seats ', sum(held), ' hand-backs ', sum(cardinality(hand_backs))) from peers
            union all select concat('posted ', sum(count)) from posted_counts
            union all select concat('tallied ', sum(count)) from tallies
            union all select concat('errands ', count(*)) from errands) lines
        """))!;

    private async Task CleanAsync()
    {
        await app.Superuser("delete from support_cases");
        await app.Superuser("delete from case_drafts");
        await app.Superuser("delete from posted_counts");
        await app.Superuser("delete from tallies");
        await app.Superuser("delete from errands");
        await app.Superuser("delete from messages");
        await app.Superuser("update peers set held = 0, hand_backs = '{}'");
    }
}
