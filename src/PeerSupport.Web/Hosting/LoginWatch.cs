using PeerSupport.Services.Persistence;

namespace PeerSupport.Web.Hosting;

/// <summary>
/// When the database did not answer at the start, checks the logins as soon as it does. Until then every page says that
/// the records cannot be reached; an unsafe login stops the app.
/// </summary>
public sealed class LoginWatch(Readiness readiness, IHostApplicationLifetime app, TimeProvider clock, ILogger<LoginWatch> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!await readiness.CheckLoginsAsync(stoppingToken))
                await Task.Delay(TimeSpan.FromSeconds(1), clock, stoppingToken);
        }
        catch (UnsafeConnectionException refused)
        {
            log.LogCritical("The app stops: {Reason}", refused.Message);
            Environment.ExitCode = 1;
            app.StopApplication();
        }
    }
}
