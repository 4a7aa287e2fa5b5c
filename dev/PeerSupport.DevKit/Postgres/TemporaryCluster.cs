namespace PeerSupport.DevKit;

/// <summary>
/// A cluster in the machine's memory, where there is enough, or in the temporary folder, that is gone with the process that made it: when it is disposed, at the latest
/// when the process ends, and if the process was killed, when the next one starts.
/// </summary>
internal sealed class TemporaryCluster : IAsyncDisposable
{
    private const string Prefix = "peersupport-tests-";

    /// <summary>A run's databases and its log of writes take a quarter of this.</summary>
    private const long RoomInMemory = 2L << 30;

    private static readonly TimeSpan TimeToSignTheFolder = TimeSpan.FromHours(1);

    private readonly string folder;

    private TemporaryCluster(string folder, PostgresCluster cluster)
    {
        this.folder = folder;
        Cluster = cluster;
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
    }

    public PostgresCluster Cluster { get; }

    public static async Task<TemporaryCluster> StartAsync(CancellationToken cancellationToken)
    {
        await SweepAsync(TimeProvider.System, cancellationToken);
        var place = LocalFolder.InMemory(Prefix, RoomInMemory) ?? LocalFolder.Temporary(Prefix);
        RecordedProcess.Current.Write(OwnerFile(place));
        var binaries = await PostgresBinaries.FindAsync(LocalFolder.Cache(), Console.Error.WriteLine, cancellationToken);
        var cluster = await PostgresCluster.StartAsync(
            new PostgresClusterOptions(DataIn(place), Durable: false, Binaries: binaries), report: null, cancellationToken);
        return new TemporaryCluster(place, cluster);
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        await RemoveAsync(folder, CancellationToken.None);
    }

    /// <summary>Removes what killed test runs left behind.</summary>
    private static async Task SweepAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        foreach (var leftover in LocalFolder.TemporaryParents.SelectMany(parent => Directory.EnumerateDirectories(parent, Prefix + "*")))
        {
            try
            {
                var owner = RecordedProcess.Read(OwnerFile(leftover));
                var isNew = time.GetUtcNow().UtcDateTime - Directory.GetCreationTimeUtc(leftover) < TimeToSignTheFolder;
                if (owner is null ? isNew : owner.IsAlive)
                    continue;
                await RemoveAsync(leftover, cancellationToken);
            }
            catch (Exception e) when (e is UnauthorizedAccessException or IOException)
            {
                // another user's, or being swept by another run at this moment
            }
        }
    }

    private static async Task RemoveAsync(string folder, CancellationToken cancellationToken)
    {
        await PostgresCluster.DestroyAsync(DataIn(folder), cancellationToken);
        Directory.Delete(folder, recursive: true);
    }

    private void OnProcessExit(object? sender, EventArgs e)
    {
        // The process waits for this handler, not for a task.
        Task.Run(() => RemoveAsync(folder, CancellationToken.None)).Wait(TimeSpan.FromSeconds(20));
    }

    private static string DataIn(string folder) => Path.Combine(folder, "data");

    private static string OwnerFile(string folder) => Path.Combine(folder, "owner");
}
