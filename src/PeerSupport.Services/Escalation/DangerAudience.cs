using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.Escalation;
using PeerSupport.Domain.People;
using PeerSupport.Services.Notices;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Escalation;

/// <summary>Whom an alarm is mailed to. One definition for the first mail and for every rung after it.</summary>
internal static class DangerAudience
{
    /// <summary>Active psychologists of the region, but for the one who raised it.</summary>
    public static Task<List<Alarmable>> AlarmableAsync(this PeerSupportContext db, DangerAlert alarm, CancellationToken cancellationToken) =>
        (from person in db.People
         join agency in db.Agencies on person.AgencyId equals agency.Id
         where person.Active && agency.RegionId == alarm.RegionId && person.Id != alarm.RaisedBy
             && db.RoleGrants.Any(grant => grant.PersonId == person.Id && grant.Role == Role.Psychologist)
         select new Alarmable(
             person.Id, person.AgencyId == alarm.AgencyId, db.OnCall.Any(duty => duty.PersonId == person.Id && duty.AgencyId == alarm.AgencyId)))
        .ToListAsync(cancellationToken);

    /// <summary>One constant mail to each of them, but for those whose last one still waits to be sent.</summary>
    public static void Mail(this PeerSupportContext db, DangerAlert alarm, IEnumerable<Guid> audience, IReadOnlySet<Guid> waiting, DateTimeOffset now) =>
        db.Messages.AddRange(audience.Where(person => !waiting.Contains(person)).Select(person =>
            new Message { Id = Guid.NewGuid(), Kind = MessageKind.DangerAlert, PersonId = person, AlertId = alarm.Id, DueAt = now }));

    /// <summary>Whose mail about this alarm has not left yet. For the jobs login: nobody else reads messages.</summary>
    public static Task<HashSet<Guid>> StillWaitingAsync(this PeerSupportContext db, DangerAlert alarm, CancellationToken cancellationToken) =>
        db.Messages
            .Where(mail => mail.AlertId == alarm.Id && mail.PersonId != null && (mail.State == DeliveryState.Waiting || mail.State == DeliveryState.Sending))
            .Select(mail => mail.PersonId!.Value)
            .ToHashSetAsync(cancellationToken);
}
