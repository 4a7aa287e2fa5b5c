using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.People;
using PeerSupport.Services.Notices;
using PeerSupport.Services.Notices.Alerts;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Profile;

/// <summary>A practice alert: from every channel to Accept, without a case. Once it is accepted nothing of it is kept.</summary>
public sealed class Practice
{
    private readonly Database database;
    private readonly SelfAlerts alerts;
    private readonly OftenLimit limit;
    private readonly TimeProvider clock;

    internal Practice(Database database, SelfAlerts alerts, OftenLimit limit, TimeProvider clock) =>
        (this.database, this.alerts, this.limit, this.clock) = (database, alerts, limit, clock);

    /// <summary>Sends it to every channel of the actor.</summary>
    public async Task<Result> StartAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (!limit.Take(actor.PersonId, "practice"))
            return ProfileRefusals.TooOften;
        await using (var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken))
        {
            if (!work.ActorIs(Role.Peer))
                return ProfileRefusals.NotFound;
            var now = clock.GetUtcNow();
            await work.Context.Database.ExecuteSqlAsync(
                $"insert into practice_alerts (person_id, sent_at) values ({actor.PersonId}, {now}) on conflict (person_id) do update set sent_at = excluded.sent_at", cancellationToken);
            work.Context.Messages.Add(new Message { Id = Guid.NewGuid(), Kind = MessageKind.Practice, PersonId = actor.PersonId, DueAt = now });
            await work.Context.SaveChangesAsync(cancellationToken);
            work.CaseChanged();
            await work.CommitAsync(cancellationToken);
        }

        await alerts.SendAsync(actor, AlertKind.Practice, _ => true, cancellationToken);
        return Result.Done;
    }

    /// <summary>Since when one waits for the actor; null for none.</summary>
    public async Task<DateTimeOffset?> WaitingSinceAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        var since = clock.GetUtcNow() - PracticeRules.Lasts;
        return await work.Context.PracticeAlerts.Where(p => p.PersonId == actor.PersonId && p.SentAt > since).Select(p => (DateTimeOffset?)p.SentAt).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Accepts it. Returns how long that took, for this one answer; nothing is kept.</summary>
    public async Task<Result<TimeSpan>> AcceptAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        var now = clock.GetUtcNow();
        var sent = await work.Context.PracticeAlerts.Where(p => p.PersonId == actor.PersonId).Select(p => (DateTimeOffset?)p.SentAt).SingleOrDefaultAsync(cancellationToken);
        // Of two taps one deletes the row.
        if (sent is not { } at || await work.Context.PracticeAlerts.Where(p => p.PersonId == actor.PersonId && p.SentAt == at).ExecuteDeleteAsync(cancellationToken) == 0)
            return ProfileRefusals.PracticeOver;
        await work.CommitAsync(cancellationToken);
        return now - at < PracticeRules.Lasts ? now - at : ProfileRefusals.PracticeOver;
    }
}
