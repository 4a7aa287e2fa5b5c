using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Cases;

/// <summary>
/// A peer who has to wait before accepting again, because too many accepts came to nothing: for the psychologists of their agency, and for whoever has a case that they
/// handed back, who talk with them. No case.
/// </summary>
/// <param name="Name">Who.</param>
/// <param name="HandBacks">How many in the time that counts.</param>
/// <param name="WaitsUntil">From then on they may accept.</param>
public sealed record WaitingPeer(string Name, int HandBacks, DateTimeOffset WaitsUntil);

/// <summary>Reads who has handed back so often that the next accept has to wait.</summary>
public sealed class HandBackWatch(Database database, HandBackLimit limit, TimeProvider clock)
{
    public async Task<Result<IReadOnlyList<WaitingPeer>>> ReadAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Board, actor, cancellationToken);
        if (!work.ActorIs(Role.Psychologist))
            return CaseRefusals.NotAllowed;
        var db = work.Context;
        var now = clock.GetUtcNow();
        var handBacks = await (
            from peer in db.Peers.AsNoTracking()
            join person in db.ActingPeers() on peer.PersonId equals person.Id
            where peer.HandBacks.Length > 0
                && (person.AgencyId == actor.AgencyId || db.Recusals.Any(r => r.PeerId == peer.PersonId && r.PostedBy == actor.PersonId && r.Kind == RecusalKind.HandedBack))
            orderby person.DisplayName
            select new { person.DisplayName, peer.HandBacks }).ToListAsync(cancellationToken);
        return new List<WaitingPeer>(
            from peer in handBacks
            let until = limit.WaitsUntil(peer.HandBacks, now)
            where until is not null
            select new WaitingPeer(peer.DisplayName, limit.Counting(peer.HandBacks, now).Count(), until.Value));
    }
}
