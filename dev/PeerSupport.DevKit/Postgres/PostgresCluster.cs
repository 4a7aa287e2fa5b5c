using System.Globalization;
using Npgsql;

namespace PeerSupport.DevKit;

/// <summary>
/// A PostgreSQL of our own: on loopback only, on a random port, with a generated password, without the rights
/// of root. It goes on running when we are killed, and the next start finds it again.
/// </summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    private const int Attempts = 20;

    private readonly ClusterFolder folder;
    private readonly PostgresBinaries binaries;
    private readonly string password;
    private readonly bool durable;

    private PostgresCluster(ClusterFolder folder, PostgresBinaries binaries, string password, bool durable)
    {
        this.folder = folder;
        this.binaries = binaries;
        this.password = password;
        this.durable = durable;
    }

    public string DataDirectory => folder.DataDirectory;

    public int Major => binaries.Major;

    public int Port { get; private set; }

    /// <summary>Starts the cluster, first making it if there is none, or takes over the one that is running.</summary>
    public static async Task<PostgresCluster> StartAsync(PostgresClusterOptions options, Action<string>? report, CancellationToken cancellationToken)
    {
        var home = new ClusterFolder(options.DataDirectory);
        var programs = options.Binaries ?? await PostgresBinaries.FindAsync(
            options.CacheFolder ?? LocalFolder.Cache(), report, cancellationToken, home.Exists ? home.Major : null);
        if (!home.Exists)
        {
            report?.Invoke($"Making a private PostgreSQL {programs.Major} in {home.DataDirectory}.");
            await home.CreateAsync(programs, cancellationToken);
        }

        var cluster = new PostgresCluster(home, programs, await home.ReadPasswordAsync(cancellationToken), options.Durable);
        if (await cluster.TakeOverAsync(cancellationToken))
            report?.Invoke("Taking over the PostgreSQL that an earlier run left behind.");
        else
            await cluster.LaunchAsync(port: null, cancellationToken);
        return cluster;
    }

    /// <summary>Ends the server of a data directory, if one runs, and deletes the data.</summary>
    public static async Task DestroyAsync(string dataDirectory, CancellationToken cancellationToken)
    {
        var home = new ClusterFolder(dataDirectory);
        if (PostmasterFile.Read(home.DataDirectory) is { } postmaster)
            await postmaster.EndAsync(cancellationToken);
        home.Delete();
    }

    /// <summary>For making and dropping databases and for looking everywhere: never what the app is given.</summary>
    public string AdminConnectionString(string database = "postgres") => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = Port,
        Username = ClusterFolder.Superuser,
        Password = password,
        Database = database,
        Pooling = false,
        Timeout = 5,
    }.ConnectionString;

    /// <summary>Makes a database, as a copy of another if <paramref name="template"/> names one that nobody is connected to.</summary>
    public Task CreateDatabaseAsync(string name, string? template = null, CancellationToken cancellationToken = default) =>
        AdminSql.CreateDatabaseAsync(AdminConnectionString(), name, template, cancellationToken);

    /// <summary>Drops a database with whoever is still connected to it.</summary>
    public Task DropDatabaseAsync(string name, CancellationToken cancellationToken = default) =>
        AdminSql.DropDatabaseAsync(AdminConnectionString(), name, cancellationToken);

    /// <summary>Stops in good order; whoever is connected is sent away.</summary>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        if (PostmasterFile.Read(DataDirectory)?.FindProcess() is not { } process)
            return;
        process.Dispose();
        var stopped = await PgCtlAsync(["stop", "-m", "fast", "-w", "-t", "30"], cancellationToken);
        if (!stopped.Succeeded)
            throw new DevKitException($"PostgreSQL did not stop: {stopped.LastWords}");
    }

    /// <summary>Ends the server as a power cut would. <see cref="RestartAsync"/> brings it back.</summary>
    public Task KillAsync(CancellationToken cancellationToken = default) =>
        PostmasterFile.Read(DataDirectory)?.KillAsync(cancellationToken) ?? Task.CompletedTask;

    /// <summary>Starts again on the same port, after a stop, a kill, or in the midst of work.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken = default)
    {
        await StopAsync(cancellationToken);
        await LaunchAsync(Port, cancellationToken);
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task<bool> TakeOverAsync(CancellationToken cancellationToken)
    {
        if (PostmasterFile.Read(DataDirectory) is not { } postmaster)
            return false;
        for (var attempt = 0; attempt < Attempts && IsRunning(postmaster); attempt++)
        {
            Port = postmaster.Port;
            if (await AdminSql.AnswersAsync(AdminConnectionString(), DataDirectory, cancellationToken))
                return true;
            await Task.Delay(TimeSpan.FromMilliseconds(500), cancellationToken); // it may be recovering
            postmaster = PostmasterFile.Read(DataDirectory) ?? postmaster;
        }

        await postmaster.KillAsync(cancellationToken);
        postmaster.Forget();
        return false;
    }

    private static bool IsRunning(PostmasterFile postmaster)
    {
        using var process = postmaster.FindProcess();
        return process is not null;
    }

    private async Task LaunchAsync(int? port, CancellationToken cancellationToken)
    {
        await folder.ConfigureAsync(durable, cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            Port = port ?? LoopbackPort.Free();
            if (PostmasterFile.Read(DataDirectory) is { } stale && !IsRunning(stale))
                stale.Forget();
            var started = await PgCtlAsync(
                ["start", "-w", "-t", "60", "-l", folder.LogFile, "-o", string.Create(CultureInfo.InvariantCulture, $"-p {Port}")], cancellationToken);
            if (started.Succeeded)
                return;
            // Somebody took the port, or the last children of a killed server are still leaving.
            if (attempt == Attempts)
                throw new DevKitException($"PostgreSQL did not start: {started.LastWords}\n{folder.LastLogLines()}");
            await Task.Delay(TimeSpan.FromMilliseconds(250), cancellationToken);
        }
    }

    private Task<CommandResult> PgCtlAsync(string[] arguments, CancellationToken cancellationToken) =>
        binaries.RunAsync("pg_ctl", ["-D", DataDirectory, .. arguments], cancellationToken);
}
