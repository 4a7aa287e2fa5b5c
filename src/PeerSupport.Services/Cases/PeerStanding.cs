using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Cases;

/// <summary>A moment at which somebody's standing is asked.</summary>
/// <param name="Now">The moment.</param>
/// <param name="Today">The day it is there, for training that ends.</param>
/// <param name="Limit">From how many hand-backs on a peer has to wait.</param>
internal sealed record Moment(DateTimeOffset Now, DateOnly Today, HandBackLimit Limit)
{
    /// <summary>Hand-backs after this count.</summary>
    public DateTimeOffset CountsSince => Now - Limit.Within;
}

/// <summary>Who may be offered a case. One definition for accept, posting, waves and the last look before an alert is sent. Board and notice ask less: who is full may look.</summary>
internal static class PeerStanding
{
    /// <summary>Today, where this person is.</summary>
    public static DateOnly Today(this TimeProvider clock, Actor actor) => actor.DayOf(clock.GetUtcNow());

    /// <summary>The day on which something was, where the actor is.</summary>
    public static DateOnly DayOf(this Actor actor, DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, actor.TimeZone).DateTime);

    /// <summary>Now, for the actor.</summary>
    public static Moment Moment(this TimeProvider clock, Actor actor, HandBackLimit limit) => new(clock.GetUtcNow(), clock.Today(actor), limit);

    /// <summary>Peers who may take a case: active, on duty, no break, trained, below their caseload, not at the limit of hand-backs.</summary>
    public static IQueryable<Peer> Standing(this PeerSupportContext db, Moment at)
    {
        // One variable each, so that the database gets parameters.
        var (now, today, since, most) = (at.Now, at.Today, at.CountsSince, at.Limit.Most);
        return db.Peers.Where(peer => peer.OnDuty && (peer.PausedUntil == null || peer.PausedUntil <= now)
            && peer.TrainedUntil >= today && peer.Held < peer.CaseloadLimit
            && peer.HandBacks.Count(handedBack => handedBack > since) < most
            && db.People.Any(person => person.Id == peer.PersonId && person.Active)
            && db.RoleGrants.Any(grant => grant.PersonId == peer.PersonId && grant.Role == Role.Peer));
    }

    /// <summary>Those of them who may take the cases of this agency.</summary>
    public static IQueryable<Peer> Available(this PeerSupportContext db, Guid agencyId, Moment at)
    {
        var partners = db.Partners(agencyId);
        return db.Standing(at).Where(peer => db.People.Any(person => person.Id == peer.PersonId && partners.Contains(person.AgencyId)));
    }

    /// <summary>
    /// The agency, and where it shares peers those of its region that share too. It goes both ways: whose peers may take
    /// its cases, and whose cases its peers may take. The database's own function: row-level security asks the same one.
    /// </summary>
    public static IQueryable<Guid> Partners(this PeerSupportContext db, Guid agencyId) =>
        db.Database.SqlQuery<Guid>($"select partner as \"Value\" from partners_of({agencyId}) partner");

    /// <summary>Whoever is a peer and may sign in: on duty or off, they can act for the cases they hold.</summary>
    public static IQueryable<Person> ActingPeers(this PeerSupportContext db) =>
        db.People.Where(person => person.Active && db.RoleGrants.Any(grant => grant.PersonId == person.Id && grant.Role == Role.Peer));

    /// <summary>The actor's own standing, or null when they are no peer.</summary>
    public static async Task<PeerDuty?> DutyOfAsync(this PeerSupportContext db, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var today = actor.DayOf(now);
        return await db.Peers.AsNoTracking()
            .Where(peer => peer.PersonId == actor.PersonId)
            .Select(peer => new PeerDuty(
                peer.OnDuty, peer.Held, peer.CaseloadLimit, peer.TrainedUntil, peer.TrainedUntil >= today, peer.PausedUntil > now ? peer.PausedUntil : null))
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Open cases the actor may take: row-level security has already hidden recused ones and those of agencies that do not share.</summary>
    public static IQueryable<SupportCase> OpenTo(this PeerSupportContext db, Actor actor)
    {
        var partners = db.Partners(actor.AgencyId);
        return db.SupportCases.AsNoTracking().Where(c => c.Status == CaseStatus.Open
            && partners.Contains(c.AgencyId)
            && !db.Recusals.Any(recusal => recusal.CaseId == c.Id && recusal.PeerId == actor.PersonId));
    }
}
