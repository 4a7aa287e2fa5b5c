using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PeerSupport.Services.Notices;
using PeerSupport.Services.Persistence;

namespace PeerSupport.IntegrationTests.Cases;

/// <summary>One node of the night: it does what is due and mails, until it is killed at whatever it says to the database next.</summary>
internal sealed class NightNode : IAsyncDisposable
{
    private readonly CuttingProxy proxy;
    private readonly ServiceProvider services;
    private readonly SmtpTransport transport;
    private readonly MailSettings mail;
    private readonly TimeProvider clock;

    public NightNode(TestApp app, int mailPort)
    {
        var jobs = new NpgsqlConnectionStringBuilder(app.Connections.Jobs);
        proxy = new CuttingProxy(jobs.Host!, jobs.Port);
        services = TestApp.Build(app.Connections with { Jobs = new NpgsqlConnectionStringBuilder(app.Connections.Jobs) { Host = "127.0.0.1", Port = proxy.Port }.ConnectionString }, app.KeyDirectory, app.Clock);
        mail = new MailSettings { Host = "127.0.0.1", Port = mailPort, Security = "None", From = "PeerSupport <peersupport@localhost>" };
        transport = new SmtpTransport(mail, TimeProvider.System);
        clock = app.Clock;
    }

    /// <summary>It was killed: it says nothing any more.</summary>
    public bool Dead { get; private set; }

    /// <summary>Its database connections are cut at the nth thing it says from now on.</summary>
    public void KillAt(int nth, bool delivered) => proxy.Arm(nth, delivered);

    /// <summary>What the background services of the app do when they are woken.</summary>
    public async Task WorkAsync(CancellationToken cancellationToken)
    {
        if (Dead)
            return;
        try
        {
            var outbox = new MailOutbox([.. services.GetServices<IMailQueue>()], clock, mail, services.GetRequiredService<IConfiguration>());
            var health = new MailHealth();
            while (await services.GetRequiredService<Errands>().RunDueAsync(cancellationToken) + await outbox.SendDueAsync(transport, health, cancellationToken) > 0 && !proxy.HasCut)
            {
            }

            Dead = proxy.HasCut;
        }
        catch (Exception cut) when (proxy.HasCut && cut is not Shouldly.ShouldAssertException)
        {
            Dead = true;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await transport.DisposeAsync();
        await services.DisposeAsync();
        await proxy.DisposeAsync();
    }
}
