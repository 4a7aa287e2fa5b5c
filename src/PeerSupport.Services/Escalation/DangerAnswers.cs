using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.Escalation;
using PeerSupport.Domain.People;
using PeerSupport.Services.Notices;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Escalation;

/// <summary>Alarms as psychologists see and answer them. Of all who tap "I have it", one has it; the others read who.</summary>
public sealed class DangerAnswers
{
    private readonly Database database;
    private readonly EscalationSettings settings;
    private readonly TimeProvider clock;

    internal DangerAnswers(Database database, EscalationSettings settings, TimeProvider clock) =>
        (this.database, this.settings, this.clock) = (database, settings, clock);

    /// <summary>
    /// Alarms that concern the actor: those of her agency, and those of the region once they have come that far. Open ones
    /// first; answered ones until they are forgotten.
    /// </summary>
    public async Task<Result<IReadOnlyList<AlarmRow>>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Board, actor, cancellationToken);
        if (!work.ActorIs(Role.Psychologist))
            return DangerRefusals.NotFound;
        var db = work.Context;
        return await (
            from alarm in Concerning(db, actor)
            join person in db.People on alarm.RaisedBy equals person.Id
            orderby alarm.AcknowledgedAt != null, alarm.RaisedAt descending
            select new AlarmRow(
                alarm.Id, person.DisplayName, person.Phone, alarm.RaisedAt,
                db.People.Where(other => other.Id == alarm.AcknowledgedBy).Select(other => other.DisplayName).FirstOrDefault(),
                alarm.AcknowledgedAt, alarm.AcknowledgedBy == actor.PersonId)).ToListAsync(cancellationToken);
    }

    /// <summary>"I have it": stops the mails and tells the one who raised it who answered. Repeating it as the winner is harmless.</summary>
    public async Task<Result> AnswerAsync(Actor actor, Guid alarmId, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Board, actor, cancellationToken);
        if (!work.ActorIs(Role.Psychologist))
            return DangerRefusals.NotFound;
        var db = work.Context;
        var now = clock.GetUtcNow();
        var answered = await Concerning(db, actor).Where(alarm => alarm.Id == alarmId && alarm.AcknowledgedBy == null)
            .ExecuteUpdateAsync(set => set.SetProperty(alarm => alarm.AcknowledgedBy, actor.PersonId).SetProperty(alarm => alarm.AcknowledgedAt, now), cancellationToken);
        if (answered == 0)
            return await Concerning(db, actor).Where(alarm => alarm.Id == alarmId).Select(alarm => alarm.AcknowledgedBy).SingleOrDefaultAsync(cancellationToken) switch
            {
                null => DangerRefusals.NotFound,
                var by when by == actor.PersonId => Result.Done,
                _ => DangerRefusals.AnsweredAlready,
            };
        db.Errands.Add(new Errand { Id = Guid.NewGuid(), Kind = ErrandKind.ForgetAlert, SubjectId = alarmId, DueAt = now + DangerRules.KeptAfterAnswer });
        await db.SaveChangesAsync(cancellationToken);
        work.CaseChanged();
        await work.CommitAsync(cancellationToken);
        return Result.Done;
    }

    private IQueryable<DangerAlert> Concerning(PeerSupportContext db, Actor actor)
    {
        // By the same rule as the mails: the region, where it has come that far or the agency has nobody else.
        var reached = clock.GetUtcNow() - settings.AlertRegionAfter;
        return db.DangerAlerts.Where(alarm => alarm.RegionId == actor.RegionId && alarm.RaisedBy != actor.PersonId
            && (alarm.AgencyId == actor.AgencyId || alarm.AcknowledgedBy == actor.PersonId
                || (alarm.RaisedAt <= reached && (alarm.AcknowledgedAt == null || alarm.AcknowledgedAt >= alarm.RaisedAt + settings.AlertRegionAfter))
                || !db.People.Any(person => person.AgencyId == alarm.AgencyId && person.Active && person.Id != alarm.RaisedBy
                    && db.RoleGrants.Any(grant => grant.PersonId == person.Id && grant.Role == Role.Psychologist))));
    }
}
