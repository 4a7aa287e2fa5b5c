using System.Net;
using PeerSupport.DevKit;
using PeerSupport.DevKit.Demonstration;

namespace PeerSupport.IntegrationTests.DevKit;

/// <summary>The command of the README: starts everything, keeps the data, stops without a trace, and begins again.</summary>
public sealed class DevHostTests : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private readonly string folder = LocalFolder.Temporary("peersupport-devhost-");
    private readonly int port = TwoFreePorts();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await PostgresCluster.DestroyAsync(Path.Combine(folder, "postgres", "data"), CancellationToken.None);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task It_starts_with_six_cases_stops_at_ctrl_c_keeps_the_data_and_begins_afresh_when_told()
    {
        await using (var first = await DevHostRun.StartAsync(folder, port))
        {
            using var peer = await ReadyAsync(first);
            var notices = await peer.GetAsync("/notices");
            TypesOn(notices).Distinct(StringComparer.Ordinal).Count().ShouldBe(6);
            var path = notices.Document.QuerySelector(".notice a[href^='/notices/']")!.GetAttribute("href")!;
            (await peer.PressAsync(await peer.GetAsync(path), "Accept")).Status.ShouldBe(HttpStatusCode.SeeOther);
            await first.InterruptAsync();
            first.ExitCode.ShouldBe(0, first.Said);
        }

        await using (var second = await DevHostRun.StartAsync(folder, port))
        {
            using var peer = await ReadyAsync(second);
            (await peer.GetAsync("/my-case")).HasButton("Hand back").ShouldBeTrue("what was accepted stays accepted");
            TypesOn(await peer.GetAsync("/notices")).Count().ShouldBe(5);
            await second.InterruptAsync();
        }

        await using (var afresh = await DevHostRun.StartAsync(folder, port, "--fresh"))
        {
            using var peer = await ReadyAsync(afresh);
            (await peer.GetAsync("/my-case")).HasButton("Hand back").ShouldBeFalse();
            TypesOn(await peer.GetAsync("/notices")).Distinct(StringComparer.Ordinal).Count().ShouldBe(6);
            await afresh.InterruptAsync();
        }
    }

    /// <summary>"Ready" was said, so it is true at once; and peer1 can sign in.</summary>
    private static async Task<PageClient> ReadyAsync(DevHostRun run)
    {
        var peer = new PageClient(run.Url);
        (await peer.GetAsync("/healthz/ready", Token)).Status.ShouldBe(HttpStatusCode.OK);
        await peer.SignInAsync("peer1@demo.test", DemonstrationPeople.Password, Token);
        return peer;
    }

    private static IEnumerable<string> TypesOn(Page notices) => notices.Document.QuerySelectorAll(".notice > p").Select(words => words.TextContent.Trim());

    /// <summary>The app's, and the next one for the inbox.</summary>
    private static int TwoFreePorts()
    {
        int first;
        do
            first = LoopbackPort.Free();
        while (first >= 65534 || !LoopbackPort.IsFree(first + 1));
        return first;
    }
}
