using PeerSupport.DevKit;

namespace PeerSupport.DevHost;

/// <summary>Prepares and fills a database for an app that somebody else runs, as docker compose does.</summary>
internal static class SeedCommand
{
    public static async Task RunAsync(Action<string> say, CancellationToken cancellationToken)
    {
        await using var server = DatabaseServer.Explicit()
            ?? throw new DevKitException("seed wants ConnectionStrings__PeerSupport to name a database.");
        var databases = await server.PrepareAsync(say, cancellationToken);
        var keys = Environment.GetEnvironmentVariable("PeerSupport__KeyDirectory") is { Length: > 0 } given
            ? given
            : server.KeysIn(LocalFolder.Find());
        await Demonstration.SeedAsync(databases, keys, say, cancellationToken);
    }
}
