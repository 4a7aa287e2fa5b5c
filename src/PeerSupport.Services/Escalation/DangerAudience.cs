using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.Escalation;
using PeerSupport.Domain.People;
using PeerSupport.Services.Notices;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Escalation;

/// <summary>Whom an alarm is mailed to. One definition for the first mail and for every rung after it.</summary>
internal static class DangerAudience
{
    /// <summary>
    /// Raises an alarm with its first mails and its ladder, in the transaction of whoever raises it; false, and nothing is
    /// done, where they have one that nobody has answered yet. The caller saves and commits.
    /// </summary>
    public static async Task<bool> RaiseAsync(
        this PeerSupportContext db, Actor actor, Guid agencyId, Guid regionId, EscalationSettings settings, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var alarm = new DangerAlert { Id = Guid.NewGuid(), AgencyId = agencyId, RegionId = regionId, RaisedBy = actor.PersonId, RaisedAt = now };
        var raised = await db.Database.ExecuteSqlAsync(
            $"""
            insert into danger_alerts (id, agency_id, region_id, raised_by, raised_at) values ({alarm.Id}, {agencyId}, {regionId}, {alarm.RaisedBy}, {now})
            on conflict (raised_by) where acknowledged_by is null do nothing
            """, cancellationToken);
        if (raised == 0)
            return false;
        db.Mail(alarm, DangerRules.Audience(DangerRung.OnCall, await db.AlarmableAsync(alarm.RaisedBy, agencyId, regionId, cancellationToken)), new HashSet<Guid>(), now);
        db.Errands.Add(new Errand { Id = Guid.NewGuid(), Kind = ErrandKind.DangerAlert, SubjectId = alarm.Id, Step = 1, DueAt = now + settings.AlertEvery });
        return true;
    }

    /// <summary>Active psychologists of the region, but for the one who raises it.</summary>
    public static Task<List<Alarmable>> AlarmableAsync(this PeerSupportContext db, Guid raisedBy, Guid agencyId, Guid regionId, CancellationToken cancellationToken) =>
        (from person in db.ActiveAs(Role.Psychologist)
         join agency in db.Agencies on person.AgencyId equals agency.Id
         where agency.RegionId == regionId && person.Id != raisedBy
         select new Alarmable(person.Id, person.AgencyId == agencyId, db.OnCall.Any(duty => duty.PersonId == person.Id && duty.AgencyId == agencyId)))
        .ToListAsync(cancellationToken);

    /// <summary>Whose server refused the mails about this alarm, every one. For the jobs login.</summary>
    public static Task<HashSet<Guid>> UnreachableAsync(this PeerSupportContext db, DangerAlert alarm, CancellationToken cancellationToken) =>
        db.Messages.Where(mail => mail.AlertId == alarm.Id && mail.PersonId != null)
            .GroupBy(mail => mail.PersonId!.Value).Where(mails => mails.Count() == mails.Count(mail => mail.State == DeliveryState.Failed)).Select(mails => mails.Key)
            .ToHashSetAsync(cancellationToken);

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
