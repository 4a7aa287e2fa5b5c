using PeerSupport.Domain.Cases;

namespace PeerSupport.Services.Notices;

/// <summary>The way of every row that is sent: claimed, committed, sent, and settled by what the far end said.</summary>
internal static class ClaimedRows
{
    /// <summary>
    /// Sends what is due in one queue. Whatever is claimed and not tried, because the far end is down or the app stops, goes
    /// back at once for whoever comes next.
    /// </summary>
    /// <param name="queue">The rows.</param>
    /// <param name="send">Sends one; null when nobody wants it any more.</param>
    /// <param name="clock">The time.</param>
    /// <param name="stopping">The app stops.</param>
    /// <returns>How many rows were claimed, and whether the far end is down.</returns>
    public static async Task<(int Claimed, bool Down)> SendDueAsync(this IClaimQueue queue, Func<ClaimedMail, Task<MailAnswer?>> send, TimeProvider clock, CancellationToken stopping)
    {
        var claimed = new Queue<ClaimedMail>(await queue.ClaimAsync(clock.GetUtcNow(), stopping));
        var count = claimed.Count;
        MailAnswer? answer = null;
        try
        {
            while (answer != MailAnswer.Down && claimed.TryPeek(out var row) && !stopping.IsCancellationRequested)
            {
                answer = await send(row);
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
}
