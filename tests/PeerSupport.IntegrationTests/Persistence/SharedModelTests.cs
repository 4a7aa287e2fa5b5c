using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PeerSupport.Services.Persistence;

namespace PeerSupport.IntegrationTests.Persistence;

/// <summary>Logins differ in their connection and in nothing else: what the object mapper makes ready is made once.</summary>
public sealed class SharedModelTests(TestServer server) : IAsyncLifetime
{
    private TestApp app = null!;

    public async ValueTask InitializeAsync() => app = await TestApp.StartAsync(server);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task The_contexts_of_all_logins_share_one_model_and_each_has_its_own_login()
    {
        var actor = await app.As("okafor");
        await using var board = await app.Get<Database>().BeginAsync(DatabaseRole.Board, actor, TestContext.Current.CancellationToken);
        var logins = new HashSet<string>(StringComparer.Ordinal);
        foreach (var role in Enum.GetValues<DatabaseRole>())
        {
            await using var work = await app.Get<Database>().BeginAsync(role, actor, TestContext.Current.CancellationToken);
            work.Context.Model.ShouldBeSameAs(board.Context.Model, $"{role}");
            logins.Add(await work.Context.Database.SqlQuery<string>($"select current_user::text as \"Value\"").SingleAsync(TestContext.Current.CancellationToken));
        }

        await using var scope = app.Get<IServiceScopeFactory>().CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<PeerSupportContext>().Model.ShouldBeSameAs(board.Context.Model, "what Identity asks for");
        logins.Count.ShouldBe(Enum.GetValues<DatabaseRole>().Length);
    }
}
