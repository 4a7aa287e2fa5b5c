using Docker.DotNet;
using DotNet.Testcontainers.Builders;
using Npgsql;
using Testcontainers.PostgreSql;

namespace PeerSupport.DevKit;

/// <summary>
/// The PostgreSQL a test run uses: the one named by <c>ConnectionStrings__PeerSupport</c> (its login must be able to
/// make databases and roles), or a container where Docker answers, or a private cluster that goes when the run ends.
/// </summary>
public sealed class PostgresForTests : IAsyncDisposable
{
    public const string ExplicitServer = "ConnectionStrings__PeerSupport";

    private static readonly SemaphoreSlim OneAtATime = new(1, 1);
    private static PostgresForTests? shared;

    private readonly Func<string> adminConnectionString;
    private readonly Func<ValueTask> release;

    private PostgresForTests(Func<string> adminConnectionString, Func<ValueTask> release, PostgresCluster? cluster = null)
    {
        this.adminConnectionString = adminConnectionString;
        this.release = release;
        Cluster = cluster;
    }

    /// <summary>For tests that kill a server; null when the server is not ours to kill.</summary>
    public PostgresCluster? Cluster { get; }

    /// <summary>Passwords for the product's logins, the same for every test process on this server.</summary>
    public DatabasePasswords Passwords => DatabasePasswords.DerivedFrom(AdminConnectionString());

    /// <summary>The server of this process, started by whoever asks first. Dispose it once, when the last test is over.</summary>
    public static async Task<PostgresForTests> AcquireAsync(CancellationToken cancellationToken)
    {
        await OneAtATime.WaitAsync(cancellationToken);
        try
        {
            return shared ??= Explicit() ?? await InContainerAsync(cancellationToken) ?? await StartOwnAsync(cancellationToken);
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    /// <summary>A private cluster that no other test sees, for a test that kills it.</summary>
    public static async Task<PostgresForTests> StartOwnAsync(CancellationToken cancellationToken)
    {
        var folder = await TemporaryCluster.StartAsync(cancellationToken);
        return new PostgresForTests(() => folder.Cluster.AdminConnectionString(), folder.DisposeAsync, folder.Cluster);
    }

    public string AdminConnectionString(string? database = null)
    {
        var builder = new NpgsqlConnectionStringBuilder(adminConnectionString()) { Pooling = false };
        if (database is not null)
            builder.Database = database;
        return builder.ConnectionString;
    }

    public Task CreateDatabaseAsync(string name, string? template = null, CancellationToken cancellationToken = default) =>
        AdminSql.CreateDatabaseAsync(AdminConnectionString(), name, template, cancellationToken);

    public Task DropDatabaseAsync(string name, CancellationToken cancellationToken = default) =>
        AdminSql.DropDatabaseAsync(AdminConnectionString(), name, cancellationToken);

    public ValueTask DisposeAsync()
    {
        Interlocked.CompareExchange(ref shared, null, this);
        return release();
    }

    private static PostgresForTests? Explicit() =>
        Environment.GetEnvironmentVariable(ExplicitServer) is { Length: > 0 } connectionString
            ? new PostgresForTests(() => connectionString, () => ValueTask.CompletedTask)
            : null;

    private static async Task<PostgresForTests?> InContainerAsync(CancellationToken cancellationToken)
    {
        try
        {
            var container = new PostgreSqlBuilder("postgres:17-alpine").Build();
            await container.StartAsync(cancellationToken);
            return new PostgresForTests(container.GetConnectionString, container.DisposeAsync);
        }
        catch (Exception e) when (e is DockerUnavailableException or DockerApiException or HttpRequestException)
        {
            return null; // no Docker, or it cannot fetch the image: we have another way
        }
    }
}
