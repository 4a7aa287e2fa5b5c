using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PeerSupport.Services.Notices;

/// <summary>Looks for work when something changed anywhere, and every few seconds for what is due by time.</summary>
/// <param name="signals">"Something changed".</param>
/// <param name="clock">The time.</param>
/// <param name="log">Told what kind of failure interrupted the work, and nothing else.</param>
/// <param name="what">What is done, as the beginning of a sentence.</param>
internal abstract class WokenService(CaseSignals signals, TimeProvider clock, ILogger log, string what) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(3);

    /// <summary>Does what is due. Returns how much it was: after nothing it is time to wait.</summary>
    protected abstract Task<int> WorkAsync(CancellationToken stoppingToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // One place: however many changes, awake is awake.
        var woken = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        void Wake() => woken.Writer.TryWrite(true);

        signals.Changed += Wake;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
                if (await TryAsync(stoppingToken) == 0)
                    await WaitAsync(woken.Reader, stoppingToken);
        }
        finally
        {
            signals.Changed -= Wake;
        }
    }

    private async Task WaitAsync(ChannelReader<bool> woken, CancellationToken stoppingToken)
    {
        using var poll = new CancellationTokenSource(Poll, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(poll.Token, stoppingToken);
        try
        {
            await woken.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
        {
            // Time to look by itself.
        }
    }

    private async Task<int> TryAsync(CancellationToken stoppingToken)
    {
        try
        {
            return await WorkAsync(stoppingToken);
        }
        catch (Exception failed) when (!stoppingToken.IsCancellationRequested)
        {
            log.LogWarning("{What} was interrupted ({Kind}) and will be tried again", what, failed.GetType().Name);
            return 0;
        }
    }
}
