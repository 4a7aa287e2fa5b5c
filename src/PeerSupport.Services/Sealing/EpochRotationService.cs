using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PeerSupport.Services.Sealing;

/// <summary>Rotates at start and whenever the UTC day changes; a run that failed or left something over is repeated a minute later.</summary>
internal sealed class EpochRotationService(EpochRotation rotation, IEpochKeyStore epochKeys, TimeProvider clock, ILogger<EpochRotationService> log) : BackgroundService
{
    private static readonly TimeSpan CheckEvery = TimeSpan.FromMinutes(1);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // Cases can be sealed from the first request on, even while the database is still starting.
        epochKeys.Ensure(rotation.Today);
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        int? done = null;
        using var timer = new PeriodicTimer(CheckEvery, clock);
        do
        {
            var today = rotation.Today;
            if (done != today && await RotateAsync(today, stoppingToken))
                done = today;
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<bool> RotateAsync(int today, CancellationToken stoppingToken)
    {
        try
        {
            var outcome = await rotation.RunAsync(stoppingToken);
            if (outcome.SomeBroken)
                log.LogError("Some sealed rows do not open and keep their old key. See \"Keys\" in the operations guide");
            if (!outcome.Complete)
                log.LogInformation("Key rotation left rows that another node is at; it looks again in a minute");
            else
                log.LogInformation("Keys rotated to the epoch of {Day}", DateOnly.FromDayNumber(today));
            return outcome.Complete;
        }
        catch (Exception failed) when (!stoppingToken.IsCancellationRequested)
        {
            log.LogWarning("Key rotation was interrupted ({Kind}) and will be tried again", failed.GetType().Name);
            return false;
        }
    }
}
