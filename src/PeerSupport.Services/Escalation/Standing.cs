using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.Escalation;
using PeerSupport.Domain.People;
using PeerSupport.Services.Notices;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Escalation;

/// <summary>Who can act as what today: their account is open and they have the role.</summary>
internal static class Standing
{
    public static IQueryable<Person> ActiveAs(this PeerSupportContext db, Role role) =>
        db.People.AsNoTracking().Where(person => person.Active && db.RoleGrants.Any(grant => grant.PersonId == person.Id && grant.Role == role));

    /// <summary>
    /// One constant mail to every other psychologist of the agency, but for those whose last one still waits to be sent: the
    /// one responsible is gone, or does not answer. For the jobs login.
    /// </summary>
    public static async Task TellColleaguesAsync(this PeerSupportContext db, FormalTrack track, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var colleagues = await db.ActiveAs(Role.Psychologist)
            .Where(person => person.AgencyId == track.AgencyId && person.Id != track.StewardId && !db.Messages.Any(mail => mail.Kind == MessageKind.HandOffLeft
                && mail.TrackId == track.Id && mail.PersonId == person.Id && (mail.State == DeliveryState.Waiting || mail.State == DeliveryState.Sending)))
            .Select(person => person.Id).ToListAsync(cancellationToken);
        db.Messages.AddRange(colleagues.Select(person => new Message { Id = Guid.NewGuid(), Kind = MessageKind.HandOffLeft, PersonId = person, TrackId = track.Id, DueAt = now }));
    }
}
