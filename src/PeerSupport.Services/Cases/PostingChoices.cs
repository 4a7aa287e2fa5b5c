using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services.Notices;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Cases;

/// <summary>What the posting form offers: peers that may be kept away, how rare each type is lately.</summary>
/// <param name="Peers">Every peer of the region, by name, and whether the case would reach them now.</param>
/// <param name="PostedLately">Posted cases per type in this month and the two before; missing means none.</param>
/// <param name="WithoutChannel">Of those whom it would reach, how many cannot be alerted: they see it only if they look.</param>
/// <param name="Units">Units of the region, by agency and name.</param>
public sealed record PostingForm(IReadOnlyList<PickablePeer> Peers, IReadOnlyDictionary<int, int> PostedLately, int WithoutChannel, IReadOnlyList<OfficerUnit> Units);

/// <summary>Reads what the posting form needs.</summary>
public sealed class PostingChoices(Database database, HandBackLimit limit, TimeProvider clock)
{
    public async Task<Result<PostingForm>> ReadAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Board, actor, cancellationToken);
        if (!work.ActorIs(Role.Psychologist))
            return CaseRefusals.NotAllowed;
        var db = work.Context;
        var today = clock.Today(actor);
        var since = PostedCounts.FirstMonth(today);
        var available = db.Available(actor.AgencyId, clock.Moment(actor, limit)).Select(peer => peer.PersonId);
        var peers = await (
            from person in db.PeersOfRegion(actor.RegionId)
            join agency in db.Agencies on person.AgencyId equals agency.Id
            orderby person.DisplayName, person.Id
            let unit = (from peer in db.Peers join one in db.Units on peer.UnitId equals one.Id where peer.PersonId == person.Id select one).FirstOrDefault()
            select new PickablePeer(person.Id, person.DisplayName, agency.Name, available.Contains(person.Id), unit == null ? null : unit.Id, unit == null ? null : unit.Name)).ToListAsync(cancellationToken);
        var posted = await db.PostedCounts.AsNoTracking()
            .Where(count => count.RegionId == actor.RegionId && count.Month >= since)
            .GroupBy(count => count.SituationTypeId)
            .Select(type => new { Type = type.Key, Count = type.Sum(count => count.Count) })
            .ToDictionaryAsync(type => type.Type, type => type.Count, cancellationToken);
        var unreachable = db.WithoutWorkingChannel(clock.GetUtcNow());
        return new PostingForm(peers, posted, await available.CountAsync(peer => unreachable.Contains(peer), cancellationToken), await UnitsAsync(db, actor.RegionId, cancellationToken));
    }

    private static async Task<IReadOnlyList<OfficerUnit>> UnitsAsync(PeerSupportContext db, Guid regionId, CancellationToken cancellationToken)
    {
        var agencies = await db.Agencies.AsNoTracking().Where(agency => agency.RegionId == regionId).ToDictionaryAsync(agency => agency.Id, agency => agency.Name, cancellationToken);
        var units = await db.Units.AsNoTracking().Where(unit => agencies.Keys.Contains(unit.AgencyId)).ToListAsync(cancellationToken);
        var tree = new UnitTree(units);
        return [.. units.Select(unit =>
        {
            var near = tree.Near(unit.Id);
            IReadOnlyList<Guid> With(UnitRelation relation) => [.. near.Where(one => one.Value == relation).Select(one => one.Key)];
            return new OfficerUnit(unit.Id, unit.Name, agencies[unit.AgencyId], With(UnitRelation.Same), With(UnitRelation.Above), With(UnitRelation.Below));
        }).OrderBy(unit => unit.AgencyName, StringComparer.Ordinal).ThenBy(unit => unit.Name, StringComparer.Ordinal)];
    }
}

/// <summary>Peers a psychologist of a region may pick.</summary>
internal static class RegionPeers
{
    public static IQueryable<Person> PeersOfRegion(this PeerSupportContext db, Guid regionId) =>
        from person in db.People.AsNoTracking()
        join agency in db.Agencies on person.AgencyId equals agency.Id
        where person.Active && agency.RegionId == regionId
            && db.RoleGrants.Any(grant => grant.PersonId == person.Id && grant.Role == Role.Peer)
        select person;
}
