using System.Net;
using PeerSupport.DevKit;

namespace PeerSupport.IntegrationTests.People;

/// <summary>Signed in, and then the database goes away.</summary>
public sealed class OutageTests : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private PostgresForTests postgres = null!;
    private RunningApp app = null!;

    public async ValueTask InitializeAsync()
    {
        postgres = await PostgresForTests.StartOwnAsync(CancellationToken.None);
        app = await RunningApp.StartAsync(postgres);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await postgres.DisposeAsync();
    }

    [Fact]
    public async Task S68_Nobody_is_signed_out_by_an_outage_and_style_sheets_still_come()
    {
        using var client = await app.SignedInAsync("peer1", Token);
        await postgres.Cluster!.KillAsync(Token);
        var page = await client.GetAsync("/account", Token);
        page.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        foreach (var sheet in page.Document.QuerySelectorAll("link[rel=stylesheet]"))
            (await client.GetAsync(sheet.GetAttribute("href")!, Token)).Status.ShouldBe(HttpStatusCode.OK);

        await postgres.Cluster!.RestartAsync(Token);
        (await client.GetAsync("/account", Token)).Status.ShouldBe(HttpStatusCode.OK);
    }
}
