using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.Escalation;
using PeerSupport.Domain.People;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Escalation;

/// <summary>
/// Somebody may die: one tap alarms the psychologist on call, and goes on doing so until one of them has it. Nothing of a
/// case is in an alarm.
/// </summary>
public sealed class DangerAlarms
{
    private readonly Database database;
    private readonly EscalationSettings settings;
    private readonly TimeProvider clock;

    internal DangerAlarms(Database database, EscalationSettings settings, TimeProvider clock) =>
        (this.database, this.settings, this.clock) = (database, settings, clock);

    /// <summary>Raises the alarm, or does nothing where the actor has one that nobody has answered yet: a second tap is harmless.</summary>
    /// <param name="actor">The peer who holds the case, or the psychologist who posted it.</param>
    /// <param name="caseId">The case they stand at. It decides whose psychologist is called and is not kept; one that is no longer theirs is no reason to refuse.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<Result<DangerStanding>> RaiseAsync(Actor actor, Guid caseId, CancellationToken cancellationToken)
    {
        await using (var work = await database.BeginAsync(DatabaseRole.Board, actor, cancellationToken))
        {
            if (!MayRaise(work))
                return DangerRefusals.NotFound;
            var db = work.Context;
            var place = await PlaceAsync(db, actor, caseId, cancellationToken);
            if (await db.RaiseAsync(actor, place.AgencyId, place.RegionId, settings, clock.GetUtcNow(), cancellationToken))
            {
                await db.SaveChangesAsync(cancellationToken);
                work.CaseChanged();
                await work.CommitAsync(cancellationToken);
            }
        }

        return await ReadAsync(actor, caseId, cancellationToken);
    }

    /// <summary>Whom to call, and what became of the actor's own alarm.</summary>
    public async Task<Result<DangerStanding>> ReadAsync(Actor actor, Guid caseId, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Board, actor, cancellationToken);
        if (!MayRaise(work))
            return DangerRefusals.NotFound;
        var db = work.Context;
        var place = await PlaceAsync(db, actor, caseId, cancellationToken);
        var onCall = await db.OnDuty(place.AgencyId).Where(row => row.PersonId != actor.PersonId).OrderBy(row => row.Name)
            .Select(row => new OnCallNumber(row.Name, row.Phone)).ToListAsync(cancellationToken);
        var others = await db.AlarmableAsync(actor.PersonId, place.AgencyId, place.RegionId, cancellationToken);
        return new DangerStanding(onCall, others.Count > 0, await OwnAsync(db, actor, cancellationToken));
    }

    /// <summary>What became of the actor's newest alarm; asked by the open page every few seconds.</summary>
    public async Task<RaisedAlarm?> FindOwnAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Board, actor, cancellationToken);
        return MayRaise(work) ? await OwnAsync(work.Context, actor, cancellationToken) : null;
    }

    private static bool MayRaise(Work work) => work.ActorIs(Role.Peer) || work.ActorIs(Role.Psychologist);

    private static Task<RaisedAlarm?> OwnAsync(PeerSupportContext db, Actor actor, CancellationToken cancellationToken) =>
        db.DangerAlerts.AsNoTracking().Where(alarm => alarm.RaisedBy == actor.PersonId).OrderByDescending(alarm => alarm.RaisedAt)
            .Select(alarm => new RaisedAlarm(
                alarm.RaisedAt,
                db.Messages.Any(mail => mail.AlertId == alarm.Id && mail.PersonId != null && mail.State != DeliveryState.Failed && mail.State != DeliveryState.Covered),
                db.People.Where(person => person.Id == alarm.AcknowledgedBy).Select(person => person.DisplayName).FirstOrDefault(),
                alarm.AcknowledgedAt))
            .FirstOrDefaultAsync(cancellationToken);

    /// <summary>The agency of the case, which may be a partner's; the actor's own where the case is not theirs (any more).</summary>
    private static async Task<(Guid AgencyId, Guid RegionId)> PlaceAsync(PeerSupportContext db, Actor actor, Guid caseId, CancellationToken cancellationToken) =>
        await db.SupportCases.AsNoTracking()
            .Where(c => c.Id == caseId && (c.HolderId == actor.PersonId || c.PsychologistId == actor.PersonId))
            .Select(c => new { c.AgencyId, c.RegionId })
            .SingleOrDefaultAsync(cancellationToken) is { } found ? (found.AgencyId, found.RegionId) : (actor.AgencyId, actor.RegionId);
}
