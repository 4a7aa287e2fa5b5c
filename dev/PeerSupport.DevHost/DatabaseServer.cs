using System.Security.Cryptography;
using System.Text;
using Npgsql;
using PeerSupport.DevKit;

namespace PeerSupport.DevHost;

/// <summary>The PostgreSQL this run uses: one that was named, or the private one.</summary>
internal sealed class DatabaseServer : IAsyncDisposable
{
    private const string UsualDatabase = "peersupport";

    private readonly string adminConnectionString;
    private readonly string database;
    private readonly PostgresCluster? cluster;

    private DatabaseServer(string adminConnectionString, string database, PostgresCluster? cluster)
    {
        this.adminConnectionString = adminConnectionString;
        this.database = database;
        this.cluster = cluster;
    }

    /// <summary>The one named by the environment; null when none is.</summary>
    public static DatabaseServer? Explicit()
    {
        if (Named("PeerSupport") is not { } named)
            return null;
        var chosen = new NpgsqlConnectionStringBuilder(named).Database;
        return new DatabaseServer(named, chosen is { Length: > 0 } ? chosen : UsualDatabase, cluster: null);
    }

    public static async Task<DatabaseServer> StartPrivateAsync(Place place, Action<string> say, CancellationToken cancellationToken)
    {
        var started = await PostgresCluster.StartAsync(new PostgresClusterOptions(place.Data, Durable: true), say, cancellationToken);
        say($"PostgreSQL {started.Major} answers on port {started.Port}.");
        return new DatabaseServer(started.AdminConnectionString(), UsualDatabase, started);
    }

    /// <summary>Makes the database if it is missing, and brings it up to date.</summary>
    /// <returns>The connections for each login: those given by the environment, or made from the server's.</returns>
    public async Task<DatabaseConnections> PrepareAsync(Action<string> say, CancellationToken cancellationToken)
    {
        var derived = DatabasePasswords.DerivedFrom(adminConnectionString);
        var passwords = derived with
        {
            Accounts = PasswordIn("Accounts") ?? derived.Accounts,
            Board = PasswordIn("Board") ?? derived.Board,
            Reveal = PasswordIn("Reveal") ?? derived.Reveal,
            Jobs = PasswordIn("Jobs") ?? derived.Jobs,
            Tracks = PasswordIn("Tracks") ?? derived.Tracks,
            Stats = PasswordIn("Stats") ?? derived.Stats,
        };
        var made = await DevDatabase.PrepareAsync(adminConnectionString, database, passwords, cancellationToken);
        say($"The database \"{database}\" is up to date.");
        return made with
        {
            Accounts = Named("Accounts") ?? made.Accounts,
            Board = Named("Board") ?? made.Board,
            Reveal = Named("Reveal") ?? made.Reveal,
            Jobs = Named("Jobs") ?? made.Jobs,
            Tracks = Named("Tracks") ?? made.Tracks,
            Stats = Named("Stats") ?? made.Stats,
        };
    }

    /// <summary>For a server that is not ours: only a database that we made is dropped.</summary>
    public async Task DropAsync(CancellationToken cancellationToken)
    {
        if (!await DevDatabase.DropAsync(adminConnectionString, database, cancellationToken))
            throw new DevKitException($"The database \"{database}\" was not made by DevHost, so --fresh leaves it alone. Drop it yourself if you mean it.");
    }

    /// <summary>Where the keys of a named database lie: of this server and this name only.</summary>
    public string KeysIn(string folder)
    {
        var admin = new NpgsqlConnectionStringBuilder(adminConnectionString);
        var which = SHA256.HashData(Encoding.UTF8.GetBytes($"{admin.Host}:{admin.Port}/{database}"));
        return Path.Combine(folder, "keys-" + Convert.ToHexStringLower(which)[..12]);
    }

    public ValueTask DisposeAsync() => cluster?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static string? Named(string name) =>
        Environment.GetEnvironmentVariable("ConnectionStrings__" + name) is { Length: > 0 } value ? value : null;

    private static string? PasswordIn(string name) =>
        Named(name) is { } connectionString ? new NpgsqlConnectionStringBuilder(connectionString).Password : null;
}
