using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.Cases;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Notices;

/// <summary>Case notices on one channel: the delivery rows of a case. Whether one is still wanted is the same for every channel.</summary>
internal abstract class DeliveryQueue(Database database, Channel channel, HandBackLimit limit) : ClaimQueue<Delivery>(database)
{
    /// <summary>Not any more, where somebody accepted meanwhile.</summary>
    protected override Expression<Func<Delivery, DeliveryState>> Again => d => d.CoveredAt == null ? DeliveryState.Waiting : DeliveryState.Covered;

    protected override IQueryable<ClaimedMail> ClaimDue(PeerSupportContext db, DateTimeOffset now, DateTimeOffset until) => db.Database.SqlQuery<ClaimedMail>(
        $"""
        with due as (
            select d.id, coalesce(p.language, 'en') as language, coalesce(a.email, '') as email
            from deliveries d left join people p on p.id = d.peer_id left join accounts a on a.id = d.peer_id
            where d.channel = {(int)channel}
              and ((d.state = {(int)DeliveryState.Waiting} and d.due_at <= {now}) or (d.state = {(int)DeliveryState.Sending} and d.claimed_until < {now}))
            order by d.due_at limit {Batch} for update of d skip locked)
        update deliveries d set state = {(int)DeliveryState.Sending}, attempts = d.attempts + 1, claimed_until = {until}
        from due where d.id = due.id
        returning d.id, d.round, d.attempts, due.language, due.email, 0 as kind, null::uuid as link_id
        """);

    protected override IQueryable<Claim> LockFree(PeerSupportContext db, Guid[] ids) => db.Database.SqlQuery<Claim>(
        $"select id, attempts, round from deliveries where id = any({ids}) and state = {(int)DeliveryState.Sending} for update skip locked");

    protected override IQueryable<Delivery> Mine(PeerSupportContext db, ClaimedMail row) =>
        db.Deliveries.Where(d => d.Id == row.Id && d.State == DeliveryState.Sending && d.Attempts == row.Attempts && d.Round == row.Round);

    /// <summary>Since the claim somebody may have accepted, or this peer said no, went off duty or lost the role: then nobody is bothered any more.</summary>
    protected override Task<bool> IsWantedAsync(PeerSupportContext db, ClaimedMail row, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.MayBeAlertedAsync(Mine(db, row), now, limit, cancellationToken);
}
