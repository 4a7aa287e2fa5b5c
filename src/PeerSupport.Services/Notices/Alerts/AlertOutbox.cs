using Microsoft.Extensions.Logging;
using PeerSupport.Domain.Cases;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Notices.Alerts;

/// <summary>Sends the push and gateway rows of deliveries, in the same way as mails are sent.</summary>
public sealed class AlertOutbox
{
    private readonly IReadOnlyList<(AlertQueue Queue, IAlertTransport Transport)> ways;
    private readonly TimeProvider clock;

    internal AlertOutbox(Database database, HandBackLimit limit, IEnumerable<IAlertTransport> transports, TimeProvider clock)
    {
        ways = [.. transports.Select(transport => (new AlertQueue(database, transport.Channel, limit), transport))];
        this.clock = clock;
    }

    /// <summary>Sends what is due. Returns how many rows were claimed.</summary>
    public async Task<int> SendDueAsync(CancellationToken stopping)
    {
        // One kind of channel that is slow holds up no other.
        var passes = await Task.WhenAll(ways.Select(way => way.Queue.SendDueAsync(row => SendAsync(way.Queue, way.Transport, row, stopping), clock, stopping)));
        return passes.Sum(pass => pass.Claimed);
    }

    /// <summary>Null when nobody wants it any more, or the peer has no such channel by now.</summary>
    private async Task<MailAnswer?> SendAsync(AlertQueue queue, IAlertTransport transport, ClaimedMail row, CancellationToken stopping)
    {
        if (!await queue.StillWantedAsync(row, clock.GetUtcNow(), stopping))
            return null;
        var alert = new Alert($"{row.Id:N}-{row.Round}", AlertKind.Notice, row.Language);
        List<AlertAnswer> answers = [];
        foreach (var target in await queue.TargetsAsync(row, stopping))
        {
            var answer = await transport.SendAsync(target.Address, alert, stopping);
            await queue.HeardAsync(target.ChannelId, answer, clock.GetUtcNow(), CancellationToken.None);
            answers.Add(answer);
        }

        return Together(answers);
    }

    /// <summary>One of a peer's devices is enough; where none took it and one may still, it is tried again.</summary>
    internal static MailAnswer? Together(IReadOnlyCollection<AlertAnswer> answers) =>
        answers.Count == 0 ? null
        : answers.Contains(AlertAnswer.Taken) ? MailAnswer.Taken
        : answers.Contains(AlertAnswer.Later) || answers.Contains(AlertAnswer.Denied) ? MailAnswer.Later
        : MailAnswer.Refused;
}

/// <summary>Runs the outbox of alerts.</summary>
internal sealed class AlertService(AlertOutbox outbox, PushKeyCheck key, CaseSignals signals, TimeProvider clock, ILogger<AlertService> log)
    : WokenService(signals, clock, log, "Sending alerts")
{
    private bool keyChecked;

    protected override async Task<int> WorkAsync(CancellationToken stoppingToken)
    {
        if (!keyChecked)
            await key.RunAsync(stoppingToken);
        keyChecked = true;
        return await outbox.SendDueAsync(stoppingToken);
    }
}
