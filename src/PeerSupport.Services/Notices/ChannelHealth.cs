using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.Cases;
using PeerSupport.Services.Notices.Alerts;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Notices;

/// <summary>What the far ends of people's channels said last: times only, for the owner's list and for who counts as reachable.</summary>
internal static class ChannelHealth
{
    /// <summary>The mail server took, refused or put off a mail to somebody with an account. Their mail gets its row with the first answer.</summary>
    public static async Task MailHeardAsync(this PeerSupportContext db, IQueryable<Guid?> reader, MailAnswer? answer, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (answer is not (MailAnswer.Taken or MailAnswer.Refused or MailAnswer.Later) || await reader.SingleOrDefaultAsync(cancellationToken) is not { } personId)
            return;
        DateTimeOffset? taken = answer == MailAnswer.Taken ? now : null;
        DateTimeOffset? refused = answer == MailAnswer.Refused ? now : null;
        DateTimeOffset? deferred = answer == MailAnswer.Later ? now : null;
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into alert_channels as known (id, person_id, kind, target, name, added_at, taken_at, refused_at, deferred_since)
            values ({Guid.NewGuid()}, {personId}, {(int)Channel.Mail}, '', '', {now}, {taken}, {refused}, {deferred})
            on conflict (person_id, kind, target) do update
                set taken_at = coalesce(excluded.taken_at, known.taken_at), refused_at = coalesce(excluded.refused_at, known.refused_at),
                    deferred_since = case when excluded.taken_at is null then coalesce(known.deferred_since, excluded.deferred_since) end
            """, cancellationToken);
    }

    /// <summary>A push service or the gateway took something for this channel, refused it for good, put it off, does not let us in, or knows it no more.</summary>
    public static Task<int> HeardAsync(this PeerSupportContext db, Guid channelId, AlertAnswer answer, DateTimeOffset now, CancellationToken cancellationToken) => answer switch
    {
        AlertAnswer.Taken => db.AlertChannels.Where(c => c.Id == channelId).ExecuteUpdateAsync(set => set
            .SetProperty(c => c.TakenAt, now).SetProperty(c => c.DeferredSince, (DateTimeOffset?)null).SetProperty(c => c.DeniedAt, (DateTimeOffset?)null), cancellationToken),
        AlertAnswer.Refused => db.AlertChannels.Where(c => c.Id == channelId).ExecuteUpdateAsync(set => set.SetProperty(c => c.RefusedAt, now), cancellationToken),
        AlertAnswer.Gone => db.AlertChannels.Where(c => c.Id == channelId).ExecuteDeleteAsync(cancellationToken),
        AlertAnswer.Later => db.AlertChannels.Where(c => c.Id == channelId).ExecuteUpdateAsync(set => set.SetProperty(c => c.DeferredSince, c => c.DeferredSince ?? now), cancellationToken),
        AlertAnswer.Denied => db.AlertChannels.Where(c => c.Id == channelId).ExecuteUpdateAsync(set => set
            .SetProperty(c => c.DeniedAt, now).SetProperty(c => c.DeferredSince, c => c.DeferredSince ?? now), cancellationToken),
        _ => throw new InvalidOperationException("An answer nobody knows."),
    };
}
