using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services.Notices;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Cases;

/// <summary>Counts the hand-backs of a peer: each accept before them showed who an officer is.</summary>
internal static class HandBackCount
{
    /// <summary>
    /// One more hand-back of this peer, by its time alone; those that count no more are forgotten. The one that reaches the limit
    /// is told to the psychologists of the peer's agency and to whoever posted this case: somebody may be looking into case
    /// after case, or be at the end of their strength. Not which cases: those may be another psychologist's.
    /// </summary>
    public static async Task CountHandBackAsync(this PeerSupportContext db, Actor peer, Guid postedBy, HandBackLimit limit, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // The seat was given back a moment ago, so the peer's row is locked: two hand-backs at once are counted one by one.
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
