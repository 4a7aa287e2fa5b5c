using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services.Notices;
using PeerSupport.Services.Notices.Alerts;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Profile;

/// <summary>A peer's own alert channels: list, add a browser, remove, test, and say that a test arrived.</summary>
public sealed class AlertChannels
{
    private const int MostChannels = 10;
    private readonly Database database;
    private readonly SelfAlerts alerts;
    private readonly PushSettings push;
    private readonly VapidKeys keys;
    private readonly GatewaySettings gateway;
    private readonly OftenLimit limit;
    private readonly TimeProvider clock;

    internal AlertChannels(Database database, SelfAlerts alerts, PushSettings push, VapidKeys keys, GatewaySettings gateway, OftenLimit limit, TimeProvider clock) =>
        (this.database, this.alerts, this.push, this.keys, this.gateway, this.limit, this.clock) = (database, alerts, push, keys, gateway, limit, clock);

    public async Task<Result<OwnChannels>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        if (!work.ActorIs(Role.Peer))
            return ProfileRefusals.NotFound;
        var db = work.Context;
        var rows = await db.AlertChannels.AsNoTracking().Where(c => c.PersonId == actor.PersonId).OrderBy(c => c.Kind).ThenBy(c => c.AddedAt).ToListAsync(cancellationToken);
        var address = await db.Users.Where(account => account.Id == actor.PersonId).Select(account => account.Email).SingleOrDefaultAsync(cancellationToken) ?? "";
        var mail = rows.Find(row => row.Kind == Channel.Mail);
        return new OwnChannels(
            [
                new OwnChannel(Guid.Empty, Channel.Mail, address, mail?.TakenAt, mail?.RefusedAt, mail?.ConfirmedAt),
                .. rows.Where(row => row.Kind != Channel.Mail).Select(row => new OwnChannel(row.Id, row.Kind, row.Name, row.TakenAt, row.RefusedAt, row.ConfirmedAt)),
            ],
            keys.PublicKey, gateway.On);
    }

    /// <summary>A browser of the reader's that lets itself be woken. The same browser once.</summary>
    public async Task<Result> AddBrowserAsync(Actor actor, string? endpoint, string name, CancellationToken cancellationToken) =>
        push.Address(endpoint) is { } address ? await AddAsync(actor, Channel.Push, address.AbsoluteUri, name, confirmed: false, cancellationToken) : ProfileRefusals.AddressNotAllowed;

    /// <summary>The browser itself says that it takes no push any more. The address is known to it alone.</summary>
    public async Task<Result> RemoveBrowserAsync(Actor actor, string? endpoint, CancellationToken cancellationToken)
    {
        if (push.Address(endpoint) is not { AbsoluteUri: var address })
            return ProfileRefusals.AddressNotAllowed;
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        await work.Context.AlertChannels.Where(c => c.PersonId == actor.PersonId && c.Kind == Channel.Push && c.Target == address).ExecuteDeleteAsync(cancellationToken);
        await work.CommitAsync(cancellationToken);
        return Result.Done;
    }

    /// <summary>Removes one of the reader's own; mail cannot be removed.</summary>
    public async Task<Result> RemoveAsync(Actor actor, Guid channelId, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        if (await work.Context.AlertChannels.Where(c => c.Id == channelId && c.PersonId == actor.PersonId && c.Kind != Channel.Mail).ExecuteDeleteAsync(cancellationToken) == 0)
            return ProfileRefusals.NotFound;
        await work.CommitAsync(cancellationToken);
        return Result.Done;
    }

    /// <summary>Sends the test of one channel; <see cref="Guid.Empty"/> is mail.</summary>
    public async Task<Result> TestAsync(Actor actor, Guid channelId, CancellationToken cancellationToken)
    {
        if (!limit.Take(actor.PersonId, "test"))
            return ProfileRefusals.TooOften;
        if (channelId == Guid.Empty)
            return await alerts.MailAsync(actor, MessageKind.ChannelTest, cancellationToken);
        return await alerts.SendAsync(actor, AlertKind.Test, c => c.Id == channelId, cancellationToken) switch
        {
            [AlertAnswer.Taken] => Result.Done,
            [AlertAnswer.Later] => ProfileRefusals.NotSent,
            [AlertAnswer.Refused or AlertAnswer.Gone] => ProfileRefusals.NotTaken,
            _ => ProfileRefusals.NotFound,
        };
    }

    /// <summary>"It arrived": the reader's own word for it.</summary>
    public async Task<Result> ConfirmAsync(Actor actor, Guid channelId, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        var own = work.Context.AlertChannels.Where(c => c.PersonId == actor.PersonId && (channelId == Guid.Empty ? c.Kind == Channel.Mail : c.Id == channelId));
        var now = clock.GetUtcNow();
        // Before the mail server has answered once there is no row of mail, and nothing could have arrived.
        if (!work.ActorIs(Role.Peer) || await own.ExecuteUpdateAsync(set => set.SetProperty(c => c.ConfirmedAt, now), cancellationToken) == 0)
            return ProfileRefusals.NotFound;
        await work.CommitAsync(cancellationToken);
        return Result.Done;
    }

    /// <summary>Adds one, or refreshes the one that is there.</summary>
    internal async Task<Result> AddAsync(Actor actor, Channel kind, string target, string name, bool confirmed, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        if (!work.ActorIs(Role.Peer))
            return ProfileRefusals.NotFound;
        var db = work.Context;
        if (await db.AlertChannels.CountAsync(c => c.PersonId == actor.PersonId && !(c.Kind == kind && c.Target == target), cancellationToken) >= MostChannels)
            return ProfileRefusals.TooManyChannels;
        var now = clock.GetUtcNow();
        DateTimeOffset? confirmedAt = confirmed ? now : null;
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into alert_channels (id, person_id, kind, target, name, added_at, taken_at, confirmed_at)
            values ({Guid.NewGuid()}, {actor.PersonId}, {(int)kind}, {target}, {name}, {now}, {confirmedAt}, {confirmedAt})
            on conflict (person_id, kind, target) do update set name = excluded.name, refused_at = null, confirmed_at = excluded.confirmed_at
            """, cancellationToken);
        await work.CommitAsync(cancellationToken);
        return Result.Done;
    }
}
