using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Notices.Alerts;

/// <summary>How alerts to browsers fare, for administrators: counts and times, and nobody's name.</summary>
/// <param name="LastTaken">When a push service last took one.</param>
/// <param name="Denied">Browsers whose push service does not let this installation in, though they did not register by another key that we know of.</param>
/// <param name="DeniedAt">When one last said so.</param>
/// <param name="OtherKey">Browsers that registered by another key: nothing reaches them until their owners turn alerts on again.</param>
public sealed record PushView(DateTimeOffset? LastTaken, int Denied, DateTimeOffset? DeniedAt, int OtherKey);

/// <summary>Reads how alerts to browsers fare.</summary>
public sealed class PushOverview
{
    private readonly Database database;
    private readonly VapidKeys keys;

    internal PushOverview(Database database, VapidKeys keys) => (this.database, this.keys) = (database, keys);

    /// <summary>For an administrator; for anybody else there is nothing here.</summary>
    public async Task<Result<PushView>> ReadAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        if (!work.ActorIs(Role.Administrator))
            return CaseRefusals.NotFound;
        var browsers = work.Context.AlertChannels.AsNoTracking().Where(channel => channel.Kind == Channel.Push);
        var known = await browsers.AnyAsync(channel => channel.KeyId != null, cancellationToken) ? keys.Id : null; // a key that nobody needs yet is not made by looking
        var denied = browsers.Where(channel => channel.DeniedAt != null && (channel.KeyId == null || channel.KeyId == known));
        return new PushView(
            await browsers.MaxAsync(channel => channel.TakenAt, cancellationToken),
            await denied.CountAsync(cancellationToken),
            await denied.MaxAsync(channel => channel.DeniedAt, cancellationToken),
            await browsers.CountAsync(channel => channel.KeyId != null && channel.KeyId != known, cancellationToken));
    }
}

/// <summary>
/// At the start of a node: browsers that registered by another key count as ones that do not let us in from now on, not
/// from the first alert on that is lost.
/// </summary>
internal sealed class PushKeyCheck(Database database, VapidKeys keys, TimeProvider clock)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var work = await database.BeginJobAsync("push-key", cancellationToken);
        var registered = work.Context.AlertChannels.Where(channel => channel.Kind == Channel.Push && channel.KeyId != null && channel.DeniedAt == null);
        if (!await registered.AnyAsync(cancellationToken))
            return;
        var (ours, now) = (keys.Id, clock.GetUtcNow());
        await registered.Where(channel => channel.KeyId != ours).ExecuteUpdateAsync(set => set.SetProperty(channel => channel.DeniedAt, now), cancellationToken);
        await work.CommitAsync(cancellationToken);
    }
}
