using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Domain.Reporting;
using PeerSupport.Services.Escalation;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;
using PeerSupport.Services.Reporting;

namespace PeerSupport.Services.Cases;

/// <summary>Close by the peer who holds it: one more in the counts, and the case is burned.</summary>
public sealed class CloseCase(Database database, EscalationSettings settings, HandBackLimit limit, TimeProvider clock)
{
    /// <summary>Closes it without a check-in.</summary>
    public Task<Result> CloseAsync(Actor actor, Guid caseId, CaseOutcome? outcome, CancellationToken cancellationToken) =>
        CloseAsync(actor, caseId, outcome, checkIn: false, cancellationToken);

    /// <summary>Closes it.</summary>
    /// <param name="actor">The peer who holds it.</param>
    /// <param name="caseId">The case; it is burned.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="checkIn">The officer agreed that the peer asks again in 30 days: one reminder that names nobody.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<Result> CloseAsync(Actor actor, Guid caseId, CaseOutcome? outcome, bool checkIn, CancellationToken cancellationToken)
    {
        if (outcome?.IsClosing() != true)
            return CaseRefusals.ChooseOutcome;
        await using var work = await database.BeginAsync(DatabaseRole.Board, actor, cancellationToken);
        if (!work.ActorIs(Role.Peer))
            return CaseRefusals.NotHeld;
        var db = work.Context;
        var held = await db.SupportCases.AsNoTracking().SingleOrDefaultAsync(c => c.Id == caseId && c.HolderId == actor.PersonId, cancellationToken);
        if (held is null || !await db.BurnAsync(held, cancellationToken))
            return CaseRefusals.NotHeld;
        await db.CountAsync(ClosedCase.Of(held, outcome.Value), clock.Today(actor), cancellationToken);
        await db.GiveBackSeatAsync(actor.PersonId, cancellationToken);
        if (HandBackLimit.IsLook(held.AcceptedAt!.Value, clock.GetUtcNow()))
            await db.CountLookAsync(actor, postedBy: null, limit, clock.GetUtcNow(), cancellationToken);
        if (checkIn)
        {
            db.Errands.Add(CheckIns.For(actor, clock, settings));
            await db.SaveChangesAsync(cancellationToken);
        }

        work.CaseChanged();
        await work.CommitAsync(cancellationToken);
        return Result.Done;
    }
}

/// <summary>Withdraw by the psychologist, while nobody has accepted, or when the peer who did cannot act any more: the case is burned.</summary>
public sealed class WithdrawCase(Database database, TimeProvider clock)
{
    public async Task<Result> WithdrawAsync(Actor actor, Guid caseId, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Board, actor, cancellationToken);
        if (!work.ActorIs(Role.Psychologist))
            return CaseRefusals.NotFound;
        var db = work.Context;
        var own = await db.SupportCases.AsNoTracking().SingleOrDefaultAsync(c => c.Id == caseId && c.PsychologistId == actor.PersonId, cancellationToken);
        if (own is null)
            return CaseRefusals.NotFound;
        if (own.HolderId is { } holder && await db.ActingPeers().AnyAsync(peer => peer.Id == holder, cancellationToken))
            return CaseRefusals.AcceptedMeanwhile;
        if (!await db.BurnAsync(own, cancellationToken))
            return CaseRefusals.AcceptedMeanwhile;
        await db.CountAsync(ClosedCase.Of(own, CaseOutcome.Withdrawn), clock.Today(actor), cancellationToken);
        if (own.HolderId is { } gone)
            await db.GiveBackSeatAsync(gone, cancellationToken);
        work.CaseChanged();
        await work.CommitAsync(cancellationToken);
        return Result.Done;
    }
}
