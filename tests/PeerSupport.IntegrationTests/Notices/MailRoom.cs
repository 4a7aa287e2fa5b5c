using Microsoft.Extensions.Configuration;
using PeerSupport.DevKit;
using PeerSupport.Services.Notices;

namespace PeerSupport.IntegrationTests.Notices;

/// <summary>The outbox of one app with the real transport, and a mail server that can fail.</summary>
internal sealed class MailRoom : IAsyncDisposable
{
    private readonly TestApp app;
    private readonly int port;
    private readonly List<ReceivedMail> before = [];
    private SmtpSink? sink;

    public MailRoom(TestApp app)
    {
        this.app = app;
        sink = SmtpSink.Start();
        port = sink.Port;
    }

    public MailHealth Health { get; } = new();
    public IReadOnlyList<ReceivedMail> Received => [.. before, .. sink?.Received ?? []];
    public Func<string, string?>? Fault { set => sink!.Fault = value; }
    public TimeSpan Delay { set => sink!.Delay = value; }

    public async Task ServerGoesDown()
    {
        before.AddRange(sink!.Received);
        await sink.DisposeAsync();
        sink = null;
    }

    public void ServerComesBack() => sink = SmtpSink.Start(new SmtpSinkOptions(port));

    /// <summary>One look at the outbox, by a node with a connection of its own.</summary>
    public async Task<int> SendDue(CancellationToken stopping = default)
    {
        var settings = new MailSettings { Host = "127.0.0.1", Port = port, Security = "None", From = "PeerSupport <peersupport@localhost>" };
        await using var transport = new SmtpTransport(settings, TimeProvider.System);
        return await new MailOutbox([.. app.Get<IEnumerable<IMailQueue>>()], app.Clock, settings, app.Get<IConfiguration>()).SendDueAsync(transport, Health, stopping);
    }

    /// <summary>Looks until nothing is left to send, time passing as it does.</summary>
    public async Task SendAll()
    {
        for (var look = 0; look < 200 && await CountOf("waiting") + await CountOf("sending") > 0; look++)
            if (await SendDue() == 0)
                app.Clock.Advance(TimeSpan.FromSeconds(10));
    }

    /// <summary>Sends as long as something is due, without moving the clock: another node's claims must not lapse meanwhile.</summary>
    public async Task SendWhatIsDue()
    {
        while (await SendDue() > 0)
        {
        }
    }

    /// <summary>Mail deliveries in a state: waiting, sending, sent, failed or covered.</summary>
    public async Task<long> CountOf(string state) =>
        (long)(await app.Superuser("select count(*) from deliveries where channel = 2 and state = $1", Array.IndexOf(["", "waiting", "sending", "sent", "failed", "covered"], state)))!;

    public async ValueTask DisposeAsync()
    {
        if (sink is not null)
            await sink.DisposeAsync();
    }
}
