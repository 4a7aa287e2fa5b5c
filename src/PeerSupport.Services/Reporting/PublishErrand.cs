using PeerSupport.Services.Notices;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Reporting;

/// <summary>
/// Publishes what is due, one table in one transaction, and looks again the next day. A node that dies in the middle has
/// published nothing and deleted nothing; the next one draws noise anew for a table that nobody has seen.
/// </summary>
internal sealed class PublishErrand(Publisher publisher, TimeProvider clock) : IErrandHandler
{
    /// <summary>In UTC: night in every American time zone.</summary>
    private static readonly TimeOnly AtNight = new(9, 30);

    public ErrandKind Kind => ErrandKind.Publish;

    public async Task<ErrandAgain?> RunAsync(Work work, Errand errand, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        if (await Publisher.NextAsync(work.Context, today, cancellationToken) is not var (measure, period))
            return new ErrandAgain(0, new DateTimeOffset(today.AddDays(1).ToDateTime(AtNight), TimeSpan.Zero));
        await publisher.PublishAsync(work.Context, measure, period, today, cancellationToken);
        return new ErrandAgain(0, now);
    }
}
