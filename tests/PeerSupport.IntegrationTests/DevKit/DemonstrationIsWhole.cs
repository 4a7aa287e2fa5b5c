using Npgsql;
using PeerSupport.DevKit;
using PeerSupport.DevKit.Demonstration;

namespace PeerSupport.IntegrationTests.DevKit;

/// <summary>A first start that was interrupted does not leave half a demonstration.</summary>
public sealed class DemonstrationIsWhole(TestServer server) : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private readonly string name = $"peersupport_demonstration_{Guid.NewGuid():N}";
    private readonly string keys = TestKeys.NewDirectory();
    private DatabaseConnections connections = null!;

    public async ValueTask InitializeAsync() =>
        connections = await DevDatabase.PrepareAsync(server.Postgres.AdminConnectionString(), name, server.Postgres.Passwords, Token);

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await server.Postgres.DropDatabaseAsync(name, CancellationToken.None);
        Directory.Delete(keys, recursive: true);
    }

    [Theory]
    [InlineData("clinicians", 4)]
    [InlineData("formal_tracks", 3)]
    [InlineData("support_cases", 8)]
    [InlineData("accounts", 1)]
    public async Task Interrupted_anywhere_the_next_start_makes_it_whole(string table, int row)
    {
        await SqlAsync("create sequence rows; grant usage on sequence rows to public");
        await SqlAsync($"create function die() returns trigger language plpgsql as 'begin if nextval(''rows'') = {row} then raise exception ''interrupted''; end if; return new; end'");
        await SqlAsync($"create trigger die before insert on {table} for each row execute function die()");
        await Should.ThrowAsync<Exception>(SeedAsync);
        await SqlAsync($"drop trigger die on {table}");

        await SeedAsync();
        await WholeAsync();
        await SeedAsync();
        await WholeAsync();
    }

    [Fact]
    public async Task A_database_with_other_people_in_it_is_left_alone()
    {
        await TestPeople.SeedAsync(connections.Owner);
        await SqlAsync("delete from accounts");
        var people = await SqlAsync("select count(*) from people");
        await SeedAsync();
        (await SqlAsync("select count(*) from people")).ShouldBe(people);
        (await SqlAsync("select count(*) from support_cases")).ShouldBe(0L);
    }

    private async Task WholeAsync()
    {
        (await SqlAsync("select count(distinct situation_type_id) from support_cases where status = 1")).ShouldBe(6L, "cases of different types");
        (await SqlAsync("select count(*) from support_cases")).ShouldBe(6L);
        (await SqlAsync("select count(*) from sealed_identities")).ShouldBe(6L);
        (await SqlAsync("select count(*) from deliveries where channel = 1")).ShouldBe(6L * 12);
        (await SqlAsync("select sum(held) from peers")).ShouldBe(0L);
        (await SqlAsync("select count(*) from formal_tracks")).ShouldBe(5L);
        (await SqlAsync("select count(*) from clinicians")).ShouldBe((long)10);
        (await SqlAsync("select count(*) from accounts")).ShouldBe((long)DemonstrationPeople.All.Count);
        (await SqlAsync("select count(*) from posted_counts where count >= 6")).ShouldBe(13L, "the types that are common here");
    }

    private Task SeedAsync() => DemonstrationData.SeedAsync(connections, keys, Token);

    private Task<object?> SqlAsync(string sql) => TestApp.Run(server.Postgres.AdminConnectionString(name), sql);
}
