using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services.Notices;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Cases;

/// <summary>Hand back: the case opens again for the others, not for the one who handed it back. No reason asked.</summary>
public sealed class HandBack(Database database, HandBackLimit limit, TimeProvider clock)
{
    public async Task<Result> HandBackAsync(Actor actor, Guid caseId, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Board, actor, cancellationToken);
        if (!work.ActorIs(Role.Peer))
            return CaseRefusals.NotHeld;
        // The case first, as whoever burns it does: the other way round, the two would wait for each other.
        var held = await work.Context.Database.SqlQuery<HeldRow>(
            $"select psychologist_id, holder_id from support_cases where id = {caseId} and holder_id = {actor.PersonId} for update").ToListAsync(cancellationToken);
        if (held is not [var found] || !await work.Context.ReopenAsync(caseId, found, clock.GetUtcNow(), cancellationToken))
            return CaseRefusals.NotHeld;
        await work.Context.CountLookAsync(actor, found.PsychologistId, limit, clock.GetUtcNow(), cancellationToken);
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
            $"select psychologist_id, holder_id from support_cases where id = {caseId} and psychologist_id = {actor.PersonId} and holder_id is not null for update").ToListAsync(cancellationToken);
        if (held is not [var found] || await db.ActingPeers().AnyAsync(peer => peer.Id == found.HolderId, cancellationToken))
            return await WhyNotAsync(db, actor, caseId, cancellationToken);
        if (!await db.ReopenAsync(caseId, found, clock.GetUtcNow(), cancellationToken))
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
internal sealed record HeldRow(Guid PsychologistId, Guid HolderId);

/// <summary>How a held case goes to the other peers again.</summary>
internal static class Reopening
{
    /// <summary>The case is open, its ladder begins anew, the seat is free, and the one who held it is never offered it again.</summary>
    public static async Task<bool> ReopenAsync(this PeerSupportContext db, Guid caseId, HeldRow held, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // While it is still held: after that, a holder who hands back cannot reach the others' rows any more.
        await db.ForgetAlertsAsync(caseId, held, now, cancellationToken);
        var reopened = await db.SupportCases
            .Where(c => c.Id == caseId && c.HolderId == held.HolderId)
            .ExecuteUpdateAsync(set => set
                .SetProperty(c => c.Status, CaseStatus.Open)
                .SetProperty(c => c.HolderId, (Guid?)null)
                .SetProperty(c => c.Wave, Waves.Anew)
                .SetProperty(c => c.NextWaveAt, now)
                .SetProperty(c => c.AcceptedAt, (DateTimeOffset?)null), cancellationToken);
        if (reopened == 0)
            return false;
        await db.GiveBackSeatAsync(held.HolderId, cancellationToken);
        // Whom the first wave alerts depends on who else is kept away, which a peer may not read: a job does it, at once.
        db.Errands.Add(Widening.NextStep(caseId, Waves.Anew, now));
        // Last: from here on row-level security hides the case from whoever held it.
        db.Recusals.Add(new Recusal { CaseId = caseId, PeerId = held.HolderId, PostedBy = held.PsychologistId, Kind = RecusalKind.HandedBack });
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    /// <summary>Nobody has been alerted in the new round yet. Who said no before has said no; whoever gives a case up says it too.</summary>
    private static async Task ForgetAlertsAsync(this PeerSupportContext db, Guid caseId, HeldRow held, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await db.Deliveries
            .Where(d => d.CaseId == caseId)
            .ExecuteUpdateAsync(set => set
                .SetProperty(d => d.CoveredAt, (DateTimeOffset?)null)
                .SetProperty(d => d.Wave, Waves.Anew)
                .SetProperty(d => d.DeclinedAt, d => d.PeerId == held.HolderId ? now : d.DeclinedAt), cancellationToken);
        // A new round, so that a claim of the old one settles nothing and the mail is not taken for a copy.
        await db.Deliveries
            .Where(d => d.CaseId == caseId && d.Channel != Channel.Board)
            .ExecuteUpdateAsync(set => set
                .SetProperty(d => d.State, DeliveryState.Covered)
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
