using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Cases;

/// <summary>Accept: of everybody who tries, exactly one peer gets the case. Never returns who the officer is.</summary>
public sealed class AcceptCase(Database database, HandBackLimit limit, TimeProvider clock)
{
    /// <summary>
    /// Takes the case for the actor, or says why not. Repeating it as the winner is harmless.
    /// </summary>
    public async Task<Result> AcceptAsync(Actor actor, Guid caseId, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Board, actor, cancellationToken);
        if (!work.ActorIs(Role.Peer))
            return CaseRefusals.NotFound;
        var db = work.Context;
        var at = clock.Moment(actor, limit);

        // One look first: most who come too late learn it here, without waiting for anybody's lock.
        if (await LookAsync(db, actor, caseId, cancellationToken) is not Look.Open and var early)
            return Answer(early);

        // The peer's own row first: it locks out this peer's other attempts, so the caseload limit cannot be overrun,
        // a hand-back of theirs cannot be overlooked, and a role removal that is under way at the same moment counts.
        var seated = await db.Standing(at).Where(peer => peer.PersonId == actor.PersonId)
            .ExecuteUpdateAsync(set => set.SetProperty(peer => peer.Held, peer => peer.Held + 1), cancellationToken);
        if (seated == 0)
            return await LookAsync(db, actor, caseId, cancellationToken) is not Look.Open and var late
                ? Answer(late)
                : await WhyNoSeatAsync(db, actor, at, cancellationToken);

        // Then the case. Everybody else waits for this row and finds it taken.
        var partners = db.Partners(actor.AgencyId);
        var taken = await db.SupportCases
            .Where(c => c.Id == caseId && c.Status == CaseStatus.Open && partners.Contains(c.AgencyId)
                && !db.Recusals.Any(recusal => recusal.CaseId == c.Id && recusal.PeerId == actor.PersonId))
            .ExecuteUpdateAsync(set => set
                .SetProperty(c => c.Status, CaseStatus.Accepted)
                .SetProperty(c => c.HolderId, actor.PersonId)
                .SetProperty(c => c.NextWaveAt, (DateTimeOffset?)null)
                .SetProperty(c => c.AcceptedAt, at.Now), cancellationToken);
        if (taken == 0)
            return Answer(await LookAsync(db, actor, caseId, cancellationToken));

        await CoverAsync(db, actor, caseId, at.Now, cancellationToken);
        work.CaseChanged();
        await work.CommitAsync(cancellationToken);
        return Result.Done;
    }

    /// <summary>Nobody is alerted any more, the winner's own claimed mail included; those who were read "covered, thank you".</summary>
    private static async Task CoverAsync(PeerSupportContext db, Actor actor, Guid caseId, DateTimeOffset now, CancellationToken cancellationToken) =>
        await db.Deliveries
            .Where(delivery => delivery.CaseId == caseId)
            .ExecuteUpdateAsync(set => set
                .SetProperty(d => d.CoveredAt, d => d.PeerId == actor.PersonId ? null : now)
                .SetProperty(d => d.State, d =>
                    d.State == DeliveryState.Waiting || (d.State == DeliveryState.Sending && d.PeerId == actor.PersonId) ? DeliveryState.Covered : d.State), cancellationToken);

    /// <summary>What the case is to this peer now, in one round trip. Row-level security hides what is not theirs to see.</summary>
    private static async Task<Look> LookAsync(PeerSupportContext db, Actor actor, Guid caseId, CancellationToken cancellationToken) =>
        (Look)await db.Database.SqlQuery<int>(
            $"""
            select case
                when exists (select from support_cases where id = {caseId} and holder_id = {actor.PersonId}) then {(int)Look.Mine}
                when exists (select from support_cases c where c.id = {caseId} and c.status = {(int)CaseStatus.Open}
                    and c.agency_id in (select partner from partners_of({actor.AgencyId}) partner)) then {(int)Look.Open}
                when exists (select from deliveries where case_id = {caseId} and peer_id = {actor.PersonId} and covered_at is not null)
                    and not exists (select from recusals where case_id = {caseId} and peer_id = {actor.PersonId}) then {(int)Look.Covered}
                else {(int)Look.Nothing} end as "Value"
            """).SingleAsync(cancellationToken);

    /// <summary>Whoever was alerted may know that it is covered. For anybody else, and for who gave it up, it does not exist.</summary>
    private static Result Answer(Look look) => look switch
    {
        Look.Mine => Result.Done,
        Look.Covered => CaseRefusals.AlreadyTaken,
        Look.Nothing or Look.Open => CaseRefusals.NotFound,
        _ => throw new InvalidOperationException("A look nobody knows."),
    };

    private static async Task<Result> WhyNoSeatAsync(PeerSupportContext db, Actor actor, Moment at, CancellationToken cancellationToken) =>
        await db.DutyOfAsync(actor, at.Now, cancellationToken) switch
        {
            { TrainingCurrent: false } => CaseRefusals.TrainingExpired,
            { PausedUntil: not null } => CaseRefusals.OnABreak,
            { OnDuty: false } => CaseRefusals.OffDuty,
            { } duty when duty.Held >= duty.Limit => CaseRefusals.CaseloadFull,
            { } when await db.Peers.AnyAsync(peer => peer.PersonId == actor.PersonId && peer.HandBacks.Count(handedBack => handedBack > at.CountsSince) >= at.Limit.Most, cancellationToken) =>
                CaseRefusals.HandedBackTooOften,
            _ => CaseRefusals.NotFound,
        };

    private enum Look
    {
        Nothing,
        Open,
        Mine,
        Covered,
    }
}
