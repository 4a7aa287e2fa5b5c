using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.Escalation;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Escalation;

/// <summary>How many ended tracks an agency has, by the day on which they go.</summary>
/// <param name="Days">The next days.</param>
/// <param name="Later">Those after them.</param>
/// <param name="Held">Those on legal hold.</param>
internal sealed record AgencyRetention(IReadOnlyList<RetentionDay> Days, int Later, int Held);

/// <summary>
/// Counts over all tracks of an agency. They are read with the login of the daily run that destroys them, because nobody
/// who asks may see the rows; nothing but numbers leaves here, and only for a psychologist of that agency.
/// </summary>
internal static class RetentionCounts
{
    /// <summary>Days that are listed one by one.</summary>
    public const int DaysShown = 12;

    /// <summary>The next days on which tracks of an agency go, under its setting.</summary>
    public static async Task<AgencyRetention> ReadAsync(Database database, TrackSettings settings, DateOnly today, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginJobAsync("retention-preview", cancellationToken);
        var counted = await work.Context.Database.SqlQuery<EndedCount>(
            $"""
            select (ended_at at time zone 'UTC')::date as day, count(*) filter (where not legal_hold)::int as free, count(*) filter (where legal_hold)::int as held
            from formal_tracks where agency_id = {settings.AgencyId} and ended_at is not null group by 1 order by 1
            """).ToListAsync(cancellationToken);
        // Several days may lead to the same one: at the end of a month, and when a shorter time begins to hold.
        var days = counted.Where(one => one.Free > 0).GroupBy(one => settings.DestroyOn(one.Day, today))
            .Select(one => new RetentionDay(one.Key, one.Sum(part => part.Free))).OrderBy(one => one.Day).ToList();
        return new AgencyRetention([.. days.Take(DaysShown)], days.Skip(DaysShown).Sum(one => one.Destroyed), counted.Sum(one => one.Held));
    }

    /// <summary>How many, not held, ended before a moment.</summary>
    public static async Task<int> PastAsync(Database database, Guid agencyId, DateTimeOffset endedBefore, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginJobAsync("retention-preview", cancellationToken);
        return await work.Context.Tracks.CountAsync(t => t.AgencyId == agencyId && t.EndedAt < endedBefore && !t.LegalHold, cancellationToken);
    }

    private sealed record EndedCount(DateOnly Day, int Free, int Held);
}
