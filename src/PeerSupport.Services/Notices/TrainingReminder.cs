using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Notices;

/// <summary>
/// Every day: peers whose training ends in 60 days, in 14 or today get one mail of constant words. The errand's step is the
/// day on which it ran last, so that a day is neither missed nor taken twice. It also forgets practice that nobody answered.
/// </summary>
internal sealed class TrainingReminder(HandBackLimit limit, TimeProvider clock) : IErrandHandler
{
    /// <summary>In UTC: morning in every American time zone.</summary>
    private static readonly TimeOnly InTheMorning = new(15, 0);

    public ErrandKind Kind => ErrandKind.TrainingReminder;

    public async Task<ErrandAgain?> RunAsync(Work work, Errand errand, CancellationToken cancellationToken)
    {
        var db = work.Context;
        var now = clock.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var last = errand.Step == 0 ? today.AddDays(-1) : DateOnly.FromDayNumber(errand.Step);
        var ends = TrainingReminders.Due(last, today);
        var peers = await (
            from peer in db.Peers.AsNoTracking()
            join person in db.People on peer.PersonId equals person.Id
            where person.Active && ends.Contains(peer.TrainedUntil) && db.RoleGrants.Any(grant => grant.PersonId == peer.PersonId && grant.Role == Role.Peer)
            select peer.PersonId).ToListAsync(cancellationToken);
        db.Messages.AddRange(peers.Select(peer => new Message { Id = Guid.NewGuid(), Kind = MessageKind.TrainingDue, PersonId = peer, DueAt = now }));
        // When somebody gave a case back is known for as long as it counts, and no longer.
        var over = now - limit.Within;
        await db.Database.ExecuteSqlAsync(
            $"update peers set hand_backs = array(select one from unnest(hand_backs) one where one > {over}) where exists (select from unnest(hand_backs) one where one <= {over})", cancellationToken);
        await db.PracticeAlerts.Where(practice => practice.SentAt <= now - PracticeRules.Lasts).ExecuteDeleteAsync(cancellationToken);
        return new ErrandAgain(today.DayNumber, new DateTimeOffset(today.AddDays(1).ToDateTime(InTheMorning), TimeSpan.Zero));
    }
}
