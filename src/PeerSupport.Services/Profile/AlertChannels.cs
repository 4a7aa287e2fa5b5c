using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
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
        var (mail, now) = (rows.Find(row => row.Kind == Channel.Mail), clock.GetUtcNow());
        return new OwnChannels(
            [
                new OwnChannel(Guid.Empty, Channel.Mail, address, mail?.StateOf(now, keys.Id) ?? ChannelState.Untried, mail?.TakenAt, mail?.RefusedAt, mail?.DeferredSince, mail?.ConfirmedAt),
                .. rows.Where(row => row.Kind != Channel.Mail)
                    .Select(row => new OwnChannel(row.Id, row.Kind, row.Name, row.StateOf(now, keys.Id), row.TakenAt, row.RefusedAt, row.DeferredSince, row.ConfirmedAt)),
            ],
            keys.PublicKey, [.. rows.Where(row => row.Kind == Channel.Push).Select(row => MarkOf(row.Target))], gateway.On);
    }

    /// <summary>By which the browser on whose page it stands knows its own address again; the address itself is on no page.</summary>
    internal static string MarkOf(string address) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(address)))[..22];

    /// <summary>What a browser needs to register for push; public. For a peer.</summary>
    public Result<string> PushKeyFor(Actor actor) => actor.Is(Role.Peer) ? keys.PublicKey : ProfileRefusals.NotFound;

    /// <summary>A browser of the reader's that lets itself be woken. The same browser once.</summary>
    public async Task<Result> AddBrowserAsync(Actor actor, string? endpoint, string name, CancellationToken cancellationToken) =>
        push.Address(endpoint) is { } address ? await AddAsync(actor, Channel.Push, address.AbsoluteUri, name, confirmed: false, keys.Id, cancellationToken) : ProfileRefusals.AddressNotAllowed;

    /// <summary>
    /// A browser of the reader's has another address now. It takes the place of the one the reader turned on; where that
    /// is nobody's or another peer's, nothing is added: whoever is signed in on a shared device did not ask for it.
    /// </summary>
    public async Task<Result> RenewBrowserAsync(Actor actor, string? oldEndpoint, string? newEndpoint, CancellationToken cancellationToken)
    {
        if (push.Address(newEndpoint) is not { AbsoluteUri: var address })
            return ProfileRefusals.AddressNotAllowed;
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        if (!work.ActorIs(Role.Peer) || push.Address(oldEndpoint) is not { AbsoluteUri: var old })
            return ProfileRefusals.NotFound;
        var db = work.Context;
        var renewed = await db.Database.ExecuteSqlAsync(
            $"""
            with gone as (delete from alert_channels where person_id = {actor.PersonId} and kind = {(int)Channel.Push} and target = {old} and target <> {address} returning name)
            insert into alert_channels (id, person_id, kind, target, name, added_at, key_id)
            select {Guid.NewGuid()}, {actor.PersonId}, {(int)Channel.Push}, {address}, name, {clock.GetUtcNow()}, {keys.Id} from gone
            on conflict (person_id, kind, target) do nothing
            """, cancellationToken);
        if (renewed == 0 && !await db.AlertChannels.AnyAsync(c => c.PersonId == actor.PersonId && c.Kind == Channel.Push && c.Target == address, cancellationToken))
            return ProfileRefusals.NotFound;
        await work.CommitAsync(cancellationToken);
        return Result.Done;
    }

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
            [AlertAnswer.Denied] => ProfileRefusals.NotLetIn,
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

    /// <summary>Adds one, or refreshes the one that is there. What was refused has to prove itself anew.</summary>
    internal async Task<Result> AddAsync(Actor actor, Channel kind, string target, string name, bool confirmed, string? keyId, CancellationToken cancellationToken)
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
            insert into alert_channels as known (id, person_id, kind, target, name, added_at, taken_at, confirmed_at, key_id)
            values ({Guid.NewGuid()}, {actor.PersonId}, {(int)kind}, {target}, {name}, {now}, {confirmedAt}, {confirmedAt}, {keyId})
            on conflict (person_id, kind, target) do update set name = excluded.name, refused_at = null, denied_at = null, confirmed_at = excluded.confirmed_at, key_id = excluded.key_id,
                taken_at = case when known.refused_at is null and known.denied_at is null then coalesce(excluded.taken_at, known.taken_at) else excluded.taken_at end,
                deferred_since = case when excluded.taken_at is null then known.deferred_since end
            """, cancellationToken);
        await work.CommitAsync(cancellationToken);
        return Result.Done;
    }
}
