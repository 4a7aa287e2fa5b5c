using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Cases;

/// <summary>Whom the psychologist could call when nobody has taken a case.</summary>
internal static class Callable
{
    /// <summary>
    /// Peers with a number who could take it, and those who could but for being off duty. Not: who said no, is kept away,
    /// is full or on a break.
    /// </summary>
    public static async Task<IReadOnlyList<CallablePeer>> CallableAsync(this PeerSupportContext db, SupportCase supportCase, Moment at, CancellationToken cancellationToken)
    {
        var id = supportCase.Id;
        var partners = db.Partners(supportCase.AgencyId);
        var (now, today, since, most) = (at.Now, at.Today, at.CountsSince, at.Limit.Most);
        var found = await (
            from peer in db.Peers.AsNoTracking()
            join person in db.ActingPeers() on peer.PersonId equals person.Id
            join agency in db.Agencies on person.AgencyId equals agency.Id
            where partners.Contains(person.AgencyId) && person.Phone != null
                && (peer.PausedUntil == null || peer.PausedUntil <= now) && peer.TrainedUntil >= today && peer.Held < peer.CaseloadLimit
                && peer.HandBacks.Count(handedBack => handedBack > since) < most
                && !db.Recusals.Any(recusal => recusal.CaseId == id && recusal.PeerId == peer.PersonId)
                && !db.Deliveries.Any(d => d.CaseId == id && d.PeerId == peer.PersonId && d.DeclinedAt != null)
            orderby person.DisplayName
            select new
            {
                person.DisplayName,
                AgencyName = agency.Name,
                Phone = person.Phone!,
                peer.OnDuty,
                Candidate = new Candidate(
                    peer.PersonId, person.AgencyId, peer.Tags, peer.SpokenLanguages, person.TimeZone, peer.QuietFrom, peer.QuietUntil,
                    db.Deliveries.Any(d => d.CaseId == id && d.PeerId == peer.PersonId && d.Channel != Channel.Board && d.State == DeliveryState.Sent),
                    db.Deliveries.Any(d => d.CaseId == id && d.PeerId == peer.PersonId && d.Channel != Channel.Board && d.State == DeliveryState.Failed)),
            }).ToListAsync(cancellationToken);
        var listed = found.Select(peer => (peer.Candidate, Peer: new CallablePeer(peer.DisplayName, peer.AgencyName, peer.Phone, Why(peer.OnDuty, peer.Candidate))));
        return [.. CallOrder.Sorted(listed, one => one.Candidate, one => one.Peer.Why, supportCase.WantedTags, supportCase.AgencyId).Select(one => one.Peer)];
    }

    private static CallReason Why(bool onDuty, Candidate candidate) =>
        !onDuty ? CallReason.OffDuty : candidate.Alerted ? CallReason.NoAnswer : candidate.Refused ? CallReason.Failed : CallReason.NotAlerted;
}
