using PeerSupport.DevKit;

namespace PeerSupport.DevHost;

/// <summary>The git-ignored folder of this repository, or a chosen one, held by one DevHost at a time.</summary>
internal sealed class Place : IDisposable
{
    private readonly FileStream held;

    private Place(string folder, FileStream held)
    {
        Folder = folder;
        this.held = held;
    }

    public string Folder { get; }

    public string Data => Path.Combine(Folder, "postgres", "data");

    public string Mail => Path.Combine(Folder, "mail");

    public string AppLog => Path.Combine(Folder, "app.log");

    private string AppRecord => Path.Combine(Folder, "app.process");

    /// <summary>The lock is the system's own: it is gone with the process that held it, however that ended.</summary>
    public static Place Take(string? chosen)
    {
        var folder = chosen is null ? LocalFolder.Find() : LocalFolder.Chosen(chosen);
        var record = Path.Combine(folder, "devhost.process");
        try
        {
            var taken = new FileStream(Path.Combine(folder, "devhost.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            RecordedProcess.Current.Write(record);
            return new Place(folder, taken);
        }
        catch (IOException e)
        {
            var who = RecordedProcess.Read(record) is { IsAlive: true } other ? $" (process {other.Id})" : "";
            throw new DevKitException($"Another DevHost{who} is already running in {folder}. Stop it first.", e);
        }
    }

    public void Remember(AppProcess app) => app.Record.Write(AppRecord);

    /// <summary>An earlier run that was killed could not stop its app.</summary>
    public async Task StopOrphanAsync(Action<string> say, CancellationToken cancellationToken)
    {
        if (RecordedProcess.Read(AppRecord) is { IsAlive: true } orphan)
        {
            say("Stopping the app that an earlier run left behind.");
            await orphan.StopAsync(TimeSpan.FromSeconds(10), cancellationToken);
        }

        File.Delete(AppRecord);
    }

    /// <summary>Each database has keys of its own: going, it takes no other's along.</summary>
    public string KeysOf(DatabaseServer? named) => named?.KeysIn(Folder) ?? Path.Combine(Folder, "keys");

    /// <summary>Keys and data go together: either without the other is worthless.</summary>
    public async Task ClearAsync(DatabaseServer? named, CancellationToken cancellationToken)
    {
        await (named?.DropAsync(cancellationToken) ?? PostgresCluster.DestroyAsync(Data, cancellationToken));
        foreach (var folder in new[] { KeysOf(named), Mail }.Where(Directory.Exists))
            Directory.Delete(folder, recursive: true);
    }

    public void Dispose() => held.Dispose();
}
