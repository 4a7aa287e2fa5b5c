using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.Cases;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Notices.Alerts;

/// <summary>Where an alert of one delivery goes: a peer may have several browsers. Knows an address, so it never leaves this folder.</summary>
internal sealed record AlertTarget(Guid ChannelId, string Address)
{
    /// <summary>Never the address.</summary>
    public override string ToString() => "[target]";
}

/// <summary>Case notices by push or gateway: claimed, still wanted or not, and settled as mails are.</summary>
internal sealed class AlertQueue(Database database, Channel channel, HandBackLimit limit) : DeliveryQueue(database, channel, limit)
{
    private readonly Channel channel = channel;

    /// <summary>The peer's channels of this kind, as they are now.</summary>
    public async Task<IReadOnlyList<AlertTarget>> TargetsAsync(ClaimedMail row, CancellationToken cancellationToken)
    {
        await using var work = await BeginAsync(cancellationToken);
        var db = work.Context;
        return await db.AlertChannels.AsNoTracking()
            .Where(c => c.Kind == channel && db.Deliveries.Any(d => d.Id == row.Id && d.PeerId == c.PersonId))
            .Select(c => new AlertTarget(c.Id, c.Target)).ToListAsync(cancellationToken);
    }

    /// <summary>Writes down how the channel is.</summary>
    public async Task HeardAsync(Guid channelId, AlertAnswer answer, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var work = await BeginAsync(cancellationToken);
        await work.Context.HeardAsync(channelId, answer, now, cancellationToken);
        await work.CommitAsync(cancellationToken);
    }
}
