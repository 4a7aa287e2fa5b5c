using PeerSupport.DevKit;
using PeerSupport.IntegrationTests;

[assembly: AssemblyFixture(typeof(TestServer))]

namespace PeerSupport.IntegrationTests;

/// <summary>One PostgreSQL for the whole run, and one migrated, seeded database to copy for each test class.</summary>
public sealed class TestServer : IAsyncLifetime
{
    private readonly string template = $"peersupport_template_{Guid.NewGuid():N}";
    private int copies;
    private PostgresForTests postgres = null!;

    public PostgresForTests Postgres => postgres;

    public async ValueTask InitializeAsync()
    {
        AppProcess.AllLiveBriefly();
        postgres = await PostgresForTests.AcquireAsync(CancellationToken.None);
        var connections = await DevDatabase.PrepareAsync(postgres.AdminConnectionString(), template, postgres.Passwords, CancellationToken.None);
        await TestPeople.SeedAsync(connections.Owner);
        Npgsql.NpgsqlConnection.ClearAllPools();
    }

    /// <summary>A database of one's own: migrated, with people, without cases.</summary>
    public async Task<(string Name, DatabaseConnections Connections)> CopyAsync()
    {
        var name = $"{template}_{Interlocked.Increment(ref copies)}";
        await postgres.CreateDatabaseAsync(name, template);
        // A copy belongs to whoever made it; the owner's login must own it as in production.
        return (name, DatabaseConnections.For(postgres.AdminConnectionString(), name, postgres.Passwords));
    }

    public Task DropAsync(string name) => postgres.DropDatabaseAsync(name);

    public async ValueTask DisposeAsync()
    {
        await postgres.DropDatabaseAsync(template);
        await postgres.DisposeAsync();
    }
}
