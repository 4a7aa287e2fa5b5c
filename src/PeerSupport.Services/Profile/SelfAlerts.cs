using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services.Notices;
using PeerSupport.Services.Notices.Alerts;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Profile;

/// <summary>Alerts that somebody sends to themselves: tests and practice. Mail goes its usual way; the rest is sent at once, so that the answer can be shown.</summary>
internal sealed class SelfAlerts(Database database, IEnumerable<IAlertTransport> transports, TimeProvider clock)
{
    /// <summary>One mail of constant words to the actor, by the outbox.</summary>
    public async Task<Result> MailAsync(Actor actor, MessageKind kind, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        if (!work.ActorIs(Role.Peer))
            return ProfileRefusals.NotFound;
        work.Context.Messages.Add(new Message { Id = Guid.NewGuid(), Kind = kind, PersonId = actor.PersonId, DueAt = clock.GetUtcNow() });
        await work.Context.SaveChangesAsync(cancellationToken);
        work.CaseChanged(); // wakes the outbox
        await work.CommitAsync(cancellationToken);
        return Result.Done;
    }

    /// <summary>Sends to some of the actor's own browsers and phones, and writes down what each said.</summary>
    public async Task<IReadOnlyList<AlertAnswer>> SendAsync(Actor actor, AlertKind kind, Expression<Func<AlertChannel, bool>> which, CancellationToken cancellationToken)
    {
        List<(AlertChannel Channel, AlertAnswer Answer)> answers = [];
        foreach (var channel in await OwnAsync(actor, which, cancellationToken)) // no transaction is open while others are asked
            answers.Add((channel, await transports.Single(one => one.Channel == channel.Kind).SendAsync(channel.Target, new Alert($"{Guid.NewGuid():N}", kind, actor.Language), cancellationToken)));
        if (answers.Count == 0)
            return [];
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        foreach (var (channel, answer) in answers)
            await work.Context.HeardAsync(channel.Id, answer, clock.GetUtcNow(), cancellationToken);
        await work.CommitAsync(cancellationToken);
        return [.. answers.Select(one => one.Answer)];
    }

    private async Task<List<AlertChannel>> OwnAsync(Actor actor, Expression<Func<AlertChannel, bool>> which, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        return work.ActorIs(Role.Peer)
            ? await work.Context.AlertChannels.AsNoTracking().Where(c => c.PersonId == actor.PersonId && c.Kind != Channel.Mail).Where(which).ToListAsync(cancellationToken)
            : [];
    }
}
