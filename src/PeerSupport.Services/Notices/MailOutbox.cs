using Microsoft.Extensions.Configuration;
using MimeKit;
using PeerSupport.Domain.Cases;

namespace PeerSupport.Services.Notices;

/// <summary>
/// Sends the mails that stand in rows of the database. A row is claimed, committed, sent, and marked sent only after the
/// server took it: a crash in between sends it again with the same Message-Id, and never loses it.
/// </summary>
public sealed class MailOutbox
{
    private readonly IReadOnlyList<IMailQueue> queues;
    private readonly TimeProvider clock;
    private readonly MailboxAddress from;
    private readonly Uri root;

    // The first queue is emptied first.
    internal MailOutbox(IReadOnlyList<IMailQueue> queues, TimeProvider clock, MailSettings settings, IConfiguration configuration)
    {
        (this.queues, this.clock, from) = (queues, clock, settings.Sender);
        root = new Uri(configuration["PeerSupport:PublicOrigin"]!);
    }

    /// <summary>
    /// Sends what is due. Returns how many rows were claimed. Whatever is claimed and not tried, because the server is
    /// down or the app stops, goes back at once for whoever comes next.
    /// </summary>
    public async Task<int> SendDueAsync(IMailTransport transport, MailHealth health, CancellationToken stopping)
    {
        var count = 0;
        foreach (var queue in queues)
        {
            var (claimed, down) = await SendDueAsync(queue, transport, health, stopping);
            count += claimed;
            if (down)
                break;
        }

        return count;
    }

    private async Task<(int Claimed, bool Down)> SendDueAsync(IMailQueue queue, IMailTransport transport, MailHealth health, CancellationToken stopping)
    {
        var claimed = new Queue<ClaimedMail>(await queue.ClaimAsync(clock.GetUtcNow(), stopping));
        var count = claimed.Count;
        MailAnswer? answer = null;
        try
        {
            while (answer != MailAnswer.Down && claimed.TryPeek(out var row) && !stopping.IsCancellationRequested)
            {
                answer = await SendAsync(queue, transport, row, stopping);
                if (answer is { } said)
                    health.Heard(said, clock.GetUtcNow());
                claimed.Dequeue();
                await queue.SettleAsync(row, answer, clock.GetUtcNow(), CancellationToken.None);
            }
        }
        finally
        {
            if (claimed.Count > 0)
                await queue.ReleaseAsync(claimed, stopping.IsCancellationRequested ? TimeSpan.Zero : RetryRules.Backoff(1), clock.GetUtcNow());
        }

        return (count, answer == MailAnswer.Down);
    }

    /// <summary>Null when nobody wants this mail any more.</summary>
    private async Task<MailAnswer?> SendAsync(IMailQueue queue, IMailTransport transport, ClaimedMail row, CancellationToken stopping)
    {
        if (!await queue.StillWantedAsync(row, clock.GetUtcNow(), stopping))
            return null;
        try
        {
            using var mail = queue.Compose(from, row, root, clock.GetUtcNow());
            return await transport.SendAsync(mail, stopping);
        }
        catch (ParseException)
        {
            return MailAnswer.Refused; // no usable address: the psychologist sees "unreachable"
        }
    }
}
