using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Notices;

/// <summary>
/// Carries "something changed" between nodes by LISTEN and NOTIFY: one connection per node. It dies with the server, so
/// it reconnects, listens, and has everybody reread; a steady beat makes up for anything missed.
/// </summary>
internal sealed class SignalRelay(IConfiguration configuration, DataSources sources, CaseSignals signals, TimeProvider clock, ILogger<SignalRelay> log) : BackgroundService
{
    private const string ChannelName = "peersupport_cases";
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(ListenAsync(stoppingToken), NotifyAsync(stoppingToken), BeatAsync(stoppingToken));

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        var options = new NpgsqlConnectionStringBuilder(configuration.GetConnectionString(nameof(DatabaseRole.Board))) { Pooling = false, KeepAlive = 10, Timeout = 5 };
        var wait = TimeSpan.FromMilliseconds(100);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = new NpgsqlConnection(options.ConnectionString);
                await connection.OpenAsync(cancellationToken);
                connection.Notification += (_, _) => signals.Announce();
                await using (var listen = new NpgsqlCommand($"listen {ChannelName}", connection))
                    await listen.ExecuteNonQueryAsync(cancellationToken);
                wait = TimeSpan.FromMilliseconds(100);
                signals.Announce(); // whatever happened while nobody listened
                while (true)
                    await connection.WaitAsync(cancellationToken);
            }
            catch (Exception lost) when (!cancellationToken.IsCancellationRequested)
            {
                log.LogWarning("Listening for changes was interrupted ({Kind})", lost.GetType().Name);
                await Task.Delay(wait, clock, cancellationToken);
                wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
            }
        }
    }

    private async Task NotifyAsync(CancellationToken cancellationToken)
    {
        await foreach (var _ in signals.Outgoing.ReadAllAsync(cancellationToken))
        {
            try
            {
                await using var command = sources[DatabaseRole.Board].CreateCommand($"notify {ChannelName}");
                await command.ExecuteNonQueryAsync(cancellationToken);
            }
            catch (Exception failed) when (!cancellationToken.IsCancellationRequested)
            {
                signals.Announce(); // this node at least; the others hear it at their next beat
                log.LogWarning("Telling the other nodes failed ({Kind})", failed.GetType().Name);
            }
        }
    }

    private async Task BeatAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Beat, clock);
        while (await timer.WaitForNextTickAsync(cancellationToken))
            signals.Announce();
    }
}
