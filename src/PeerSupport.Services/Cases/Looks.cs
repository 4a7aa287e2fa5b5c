using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services.Notices;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Cases;

/// <summary>Accepts that came to nothing: handed back, or closed a moment later. Each of them showed who an officer is.</summary>
internal static class Looks
{
    /// <summary>
    /// One more look of this peer, by its time alone; those that count no more are forgotten. The one that reaches the limit
    /// is told to the psychologists of the peer's agency and to whoever posted this case: somebody may be looking into case
    /// after case, or be at the end of their strength. Not which cases: those may be another psychologist's.
    /// </summary>
    /// <param name="db">Whose transaction it is part of.</param>
    /// <param name="peer">Who looked.</param>
    /// <param name="postedBy">Who posted the case; null when it is burned, and leaves nothing by which they could see who it was.</param>
    /// <param name="limit">How many are too many.</param>
    /// <param name="now">When.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public static async Task CountLookAsync(this PeerSupportContext db, Actor peer, Guid? postedBy, HandBackLimit limit, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // The seat was given back a moment ago, so the peer's row is locked: two looks at once are counted one by one.
        var before = limit.Counting(await db.Peers.Where(one => one.PersonId == peer.PersonId).Select(one => one.HandBacks).SingleAsync(cancellationToken), now).ToList();
        DateTimeOffset[] counting = [.. before, now];
        await db.Peers.Where(one => one.PersonId == peer.PersonId).ExecuteUpdateAsync(set => set.SetProperty(one => one.HandBacks, counting), cancellationToken);
        if (counting.Length != limit.Most)
            return;
        var psychologists = await db.People
            .Where(person => person.Active && (person.AgencyId == peer.AgencyId || person.Id == postedBy) && db.RoleGrants.Any(grant => grant.PersonId == person.Id && grant.Role == Role.Psychologist))
            .Select(person => person.Id).ToListAsync(cancellationToken);
        db.Messages.AddRange(psychologists.Select(person => new Message { Id = Guid.NewGuid(), Kind = MessageKind.HandBackLoop, PersonId = person, DueAt = now }));
        await db.SaveChangesAsync(cancellationToken);
    }
}
