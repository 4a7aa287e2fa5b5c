using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services.Cases;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Notices;

/// <summary>The last look before anybody is alerted, on whatever channel. One definition: the waves' own, asked anew.</summary>
internal static class AlertCheck
{
    /// <summary>
    /// Whether this alert may go out now: the case is still open, the peer could still take it, is not kept away, has not
    /// said no, and does not want quiet. One that may not is covered, and whoever can take it later is alerted by a later wave.
    /// </summary>
    /// <param name="db">Of a job.</param>
    /// <param name="row">The one delivery, as long as the caller's claim on it stands.</param>
    /// <param name="now">When it would go out.</param>
    /// <param name="limit">From how many hand-backs on a peer has to wait.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public static async Task<bool> MayBeAlertedAsync(this PeerSupportContext db, IQueryable<Delivery> row, DateTimeOffset now, HandBackLimit limit, CancellationToken cancellationToken)
    {
        var found = await (
            from d in row
            join c in db.SupportCases on d.CaseId equals c.Id
            join agency in db.Agencies on c.AgencyId equals agency.Id
            where d.CoveredAt == null && c.Status == CaseStatus.Open
                && !db.Recusals.Any(recusal => recusal.CaseId == d.CaseId && recusal.PeerId == d.PeerId)
                && !db.Deliveries.Any(board => board.CaseId == d.CaseId && board.PeerId == d.PeerId && board.DeclinedAt != null)
            select new { d.PeerId, AgencyId = agency.Id, agency.TimeZone }).SingleOrDefaultAsync(cancellationToken);
        if (found is null)
            return false;
        var peer = await (
            from available in db.Available(found.AgencyId, new Moment(now, QuietHours.DayIn(found.TimeZone, now), limit))
            join person in db.People on available.PersonId equals person.Id
            where available.PersonId == found.PeerId
            select new { available.QuietFrom, available.QuietUntil, person.TimeZone }).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        return peer is not null && !QuietHours.Cover(peer.QuietFrom, peer.QuietUntil, QuietHours.TimeIn(peer.TimeZone, now));
    }
}
