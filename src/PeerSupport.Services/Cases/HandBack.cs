using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Cases;

/// <summary>Hand back: the case opens again for the others, not for the one who handed it back. No reason asked.</summary>
public sealed class HandBack(Database database, TimeProvider clock)
{
    public async Task<Result> HandBackAsync(Actor actor, Guid caseId, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Board, actor, cancellationToken);
        if (!work.ActorIs(Role.Peer))
            return CaseRefusals.NotHeld;
        // The case first, as whoever burns it does: the other way round, the two would wait for each other.
        var held = await work.Context.Database.SqlQuery<HeldRow>(
            $"select psychologist_id, region_id, holder_id from support_cases where id = {caseId} and holder_id = {actor.PersonId} for update").ToListAsync(cancellationToken);
        if (held is not [var found] || !await work.Context.ReopenAsync(caseId, found, clock.GetUtcNow(), clock.Today(actor), cancellationToken))
            return CaseRefusals.NotHeld;
        work.CaseChanged();
        await work.CommitAsync(cancellationToken);
        return Result.Done;
    }
}

/// <summary>
/// Take back, by the psychologist who posted it: the case opens again for the others when the peer who holds it cannot
/// act any more, because the account is disabled or the role is gone. As long as they can act, it is theirs.
/// </summary>
public sealed class TakeBack(Database database, TimeProvider clock)
{
    public async Task<Result> TakeBackAsync(Actor actor, Guid caseId, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Board, actor, cancellationToken);
        if (!work.ActorIs(Role.Psychologist))
            return CaseRefusals.NotFound;
        var db = work.Context;
        // Row-level security lets her lock the case only while its holder cannot act.
        var held = await db.Database.SqlQuery<HeldRow>(
            $"select psychologist_id, region_id, holder_id from support_cases where id = {caseId} and psychologist_id = {actor.PersonId} and holder_id is not null for update").ToListAsync(cancellationToken);
        if (held is not [var found] || await db.ActingPeers().AnyAsync(peer => peer.Id == found.HolderId, cancellationToken))
            return await WhyNotAsync(db, actor, caseId, cancellationToken);
        if (!await db.ReopenAsync(caseId, found, clock.GetUtcNow(), clock.Today(actor), cancellationToken))
            return CaseRefusals.NotFound;
        work.CaseChanged();
        await work.CommitAsync(cancellationToken);
        return Result.Done;
    }

    /// <summary>Open already is as good as done: a double tap.</summary>
    private static async Task<Result> WhyNotAsync(PeerSupportContext db, Actor actor, Guid caseId, CancellationToken cancellationToken) =>
        await db.SupportCases.Where(c => c.Id == caseId && c.PsychologistId == actor.PersonId).Select(c => (CaseStatus?)c.Status).SingleOrDefaultAsync(cancellationToken) switch
        {
            null => CaseRefusals.NotFound,
            CaseStatus.Open => Result.Done,
            _ => CaseRefusals.StillHeld,
        };
}

/// <summary>A held case, as locked by whoever opens it again.</summary>
internal sealed record HeldRow(Guid PsychologistId, Guid RegionId, Guid HolderId);

/// <summary>How a held case goes to the other peers again.</summary>
internal static class Reopening
{
    /// <summary>The case is open, the others are alerted anew, the seat is free, and the one who held it is never offered it again.</summary>
    public static async Task<bool> ReopenAsync(this PeerSupportContext db, Guid caseId, HeldRow held, DateTimeOffset now, DateOnly today, CancellationToken cancellationToken)
    {
        // While it is still held: after that, a holder who hands back cannot reach the others' rows any more.
        await db.AlertOthersAgainAsync(caseId, held, now, today, cancellationToken);
        var reopened = await db.SupportCases
            .Where(c => c.Id == caseId && c.HolderId == held.HolderId)
            .ExecuteUpdateAsync(set => set
                .SetProperty(c => c.Status, CaseStatus.Open)
                .SetProperty(c => c.HolderId, (Guid?)null)
                .SetProperty(c => c.AcceptedAt, (DateTimeOffset?)null), cancellationToken);
        if (reopened == 0)
            return false;
        await db.GiveBackSeatAsync(held.HolderId, cancellationToken);
        // Last: from here on row-level security hides the case from whoever held it.
        db.Recusals.Add(new Recusal { CaseId = caseId, PeerId = held.HolderId, PostedBy = held.PsychologistId, Kind = RecusalKind.HandedBack });
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    /// <summary>A new notice to those who were alerted, did not say no, and can take it now.</summary>
    private static async Task AlertOthersAgainAsync(this PeerSupportContext db, Guid caseId, HeldRow held, DateTimeOffset now, DateOnly today, CancellationToken cancellationToken)
    {
        // Whoever gives a case up has said no, now and each time it comes back: nobody else may read who is kept away.
        await db.Deliveries
            .Where(d => d.CaseId == caseId)
            .ExecuteUpdateAsync(set => set
                .SetProperty(d => d.CoveredAt, (DateTimeOffset?)null)
                .SetProperty(d => d.DeclinedAt, d => d.PeerId == held.HolderId ? now : d.DeclinedAt), cancellationToken);
        var available = db.Available(held.RegionId, today).Select(peer => peer.PersonId);
        await db.Deliveries
            .Where(d => d.CaseId == caseId && d.Channel == Channel.Mail && available.Contains(d.PeerId) && d.DeclinedAt == null
                && !db.Deliveries.Any(board => board.CaseId == caseId && board.PeerId == d.PeerId && board.DeclinedAt != null))
            .ExecuteUpdateAsync(set => set
                .SetProperty(d => d.State, DeliveryState.Waiting)
                .SetProperty(d => d.Round, d => d.Round + 1)
                .SetProperty(d => d.Attempts, 0)
                .SetProperty(d => d.SentAt, (DateTimeOffset?)null)
                .SetProperty(d => d.ClaimedUntil, (DateTimeOffset?)null)
                .SetProperty(d => d.DueAt, now), cancellationToken);
    }
}

/// <summary>The peer's seat, given back when a case leaves them.</summary>
internal static class Seats
{
    public static Task GiveBackSeatAsync(this PeerSupportContext db, Guid peerId, CancellationToken cancellationToken) =>
        db.Peers.Where(peer => peer.PersonId == peerId && peer.Held > 0)
            .ExecuteUpdateAsync(set => set.SetProperty(peer => peer.Held, peer => peer.Held - 1), cancellationToken);
}
