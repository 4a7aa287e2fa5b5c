using PeerSupport.Services.Cases;

namespace PeerSupport.IntegrationTests.Cases;

/// <summary>"Not me" from many, at the moment in which one accepts.</summary>
public sealed class DeclineRaceTests(TestServer server) : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;

    public async ValueTask InitializeAsync() => app = await TestApp.StartAsync(server);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Saying_no_while_somebody_accepts_waits_for_nobody_in_a_circle()
    {
        var boards = app.Get<PeerBoards>();
        var peers = new List<Services.People.Actor>();
        foreach (var number in Enumerable.Range(1, 24))
            peers.Add(await app.As($"peer{number}"));
        for (var round = 0; round < 12; round++)
        {
            var id = await app.GivenOpenCase();
            foreach (var peer in peers)
                await boards.ReadNoticeAsync(peer, id, Token); // seen: the row on the board was written again, behind its mail
            var start = new TaskCompletionSource();
            var declining = peers.Skip(1).Select(async peer =>
            {
                await start.Task;
                await boards.DeclineAsync(peer, id, Token);
            }).ToList();
            var accepting = Task.Run(async () =>
            {
                await start.Task;
                return await app.Get<AcceptCase>().AcceptAsync(peers[0], id, Token);
            }, Token);
            start.SetResult();
            (await accepting).Refusal.ShouldBeNull();
            await Task.WhenAll(declining);
            await app.Superuser("delete from support_cases");
            await app.Superuser("update peers set held = 0");
        }
    }
}
