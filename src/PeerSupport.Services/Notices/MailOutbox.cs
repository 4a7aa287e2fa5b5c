using Microsoft.Extensions.Configuration;
using MimeKit;

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
            var (claimed, down) = await queue.SendDueAsync(row => SendAsync(queue, transport, health, row, stopping), clock, stopping);
            count += claimed;
            if (down)
                break;
        }

        return count;
    }

    /// <summary>Null when nobody wants this mail any more.</summary>
    private async Task<MailAnswer?> SendAsync(IMailQueue queue, IMailTransport transport, MailHealth health, ClaimedMail row, CancellationToken stopping)
    {
        if (!await queue.StillWantedAsync(row, clock.GetUtcNow(), stopping))
            return null;
        var answer = await SendAsync(queue, transport, row, stopping);
        health.Heard(answer, clock.GetUtcNow());
        return answer;
    }

    private async Task<MailAnswer> SendAsync(IMailQueue queue, IMailTransport transport, ClaimedMail row, CancellationToken stopping)
    {
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
