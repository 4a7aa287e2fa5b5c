using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PeerSupport.Services.Notices;

/// <summary>Runs the outbox.</summary>
internal sealed class MailService(MailOutbox outbox, MailHealth health, CaseSignals signals, IServiceProvider services, TimeProvider clock, ILogger<MailService> log)
    : WokenService(signals, clock, log, "Sending mail")
{
    private IMailTransport? transport;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var connection = services.GetRequiredService<IMailTransport>();
        transport = connection;
        await base.ExecuteAsync(stoppingToken);
    }

    protected override Task<int> WorkAsync(CancellationToken stoppingToken) => outbox.SendDueAsync(transport!, health, stoppingToken);
}
