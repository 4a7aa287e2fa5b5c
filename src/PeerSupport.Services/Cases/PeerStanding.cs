using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Cases;

/// <summary>Who may be offered a case. One definition for board, notice, accept and mail.</summary>
internal static class PeerStanding
{
    /// <summary>Today, where this person is.</summary>
    public static DateOnly Today(this TimeProvider clock, Actor actor) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), actor.TimeZone).DateTime);

    /// <summary>The day on which something was, where the actor is.</summary>
    public static DateOnly DayOf(this Actor actor, DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, actor.TimeZone).DateTime);

    /// <summary>Active peers of a region who are on duty, trained and below their caseload.</summary>
    public static IQueryable<Peer> Available(this PeerSupportContext db, Guid regionId, DateOnly today) =>
        from peer in db.Peers
        join person in db.People on peer.PersonId equals person.Id
        join agency in db.Agencies on person.AgencyId equals agency.Id
        where person.Active && agency.RegionId == regionId
            && db.RoleGrants.Any(grant => grant.PersonId == peer.PersonId && grant.Role == Role.Peer)
            && peer.OnDuty && peer.TrainedUntil >= today && peer.Held < peer.CaseloadLimit
        select peer;

    /// <summary>Whoever is a peer and may sign in: on duty or off, they can act for the cases they hold.</summary>
    public static IQueryable<Person> ActingPeers(this PeerSupportContext db) =>
        db.People.Where(person => person.Active && db.RoleGrants.Any(grant => grant.PersonId == person.Id && grant.Role == Role.Peer));

    /// <summary>The actor's own standing, or null when they are no peer.</summary>
    public static async Task<PeerDuty?> DutyOfAsync(this PeerSupportContext db, Actor actor, DateOnly today, CancellationToken cancellationToken) =>
        await db.Peers.AsNoTracking()
            .Where(peer => peer.PersonId == actor.PersonId)
            .Select(peer => new PeerDuty(peer.OnDuty, peer.Held, peer.CaseloadLimit, peer.TrainedUntil, peer.TrainedUntil >= today))
            .SingleOrDefaultAsync(cancellationToken);

    /// <summary>Open cases the actor may take: row-level security has already hidden recused ones and other regions.</summary>
    public static IQueryable<SupportCase> OpenTo(this PeerSupportContext db, Actor actor) =>
        db.SupportCases.AsNoTracking().Where(c => c.Status == CaseStatus.Open
            && c.RegionId == actor.RegionId
            && !db.Recusals.Any(recusal => recusal.CaseId == c.Id && recusal.PeerId == actor.PersonId));
}
