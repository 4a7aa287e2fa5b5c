using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.Cases;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Cases;

/// <summary>
/// How many cases of a type a region posted in a month: by it a psychologist is warned of what is rare. Finer than the
/// tallies, so it is forgotten as soon as nothing is judged by it any more.
/// </summary>
internal static class PostedCounts
{
    /// <summary>The oldest month by which rarity is judged.</summary>
    public static DateOnly FirstMonth(DateOnly today) => new DateOnly(today.Year, today.Month, 1).AddMonths(1 - RarityRules.Months);

    /// <summary>Forgets the months before it. A day late, so that it is over in every time zone.</summary>
    public static Task<int> ForgetOldPostsAsync(this PeerSupportContext db, DateOnly todayInUtc, CancellationToken cancellationToken)
    {
        var first = FirstMonth(todayInUtc.AddDays(-1));
        return db.PostedCounts.Where(count => count.Month < first).ExecuteDeleteAsync(cancellationToken);
    }
}
