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
        var db = work.Context;
        // The case first, as whoever burns it does: the other way round, the two would wait for each other.
        var held = await db.Database.SqlQuery<HeldFor>(
            $"select psychologist_id, region_id from support_cases where id = {caseId} and holder_id = {actor.PersonId} for update").ToListAsync(cancellationToken);
        if (held is not [var found])
            return CaseRefusals.NotHeld;

        // While the actor still holds it: after that, the others' rows are out of reach.
        await AlertOthersAgainAsync(db, actor, caseId, found.RegionId, cancellationToken);
        var reopened = await db.SupportCases
            .Where(c => c.Id == caseId && c.HolderId == actor.PersonId)
            .ExecuteUpdateAsync(set => set
                .SetProperty(c => c.Status, CaseStatus.Open)
                .SetProperty(c => c.HolderId, (Guid?)null)
                .SetProperty(c => c.AcceptedAt, (DateTimeOffset?)null), cancellationToken);
        if (reopened == 0)
            return CaseRefusals.NotHeld;
        await db.GiveBackSeatAsync(actor.PersonId, cancellationToken);
        // Last: from here on row-level security hides the case from the actor.
        db.Recusals.Add(new Recusal { CaseId = caseId, PeerId = actor.PersonId, PostedBy = found.PsychologistId, Kind = RecusalKind.HandedBack });
        await db.SaveChangesAsync(cancellationToken);
        work.CaseChanged();
        await work.CommitAsync(cancellationToken);
        return Result.Done;
    }

    private sealed record HeldFor(Guid PsychologistId, Guid RegionId);

    /// <summary>A new notice to those who were alerted, did not say no, and can take it now.</summary>
    private async Task AlertOthersAgainAsync(PeerSupportContext db, Actor actor, Guid caseId, Guid regionId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var available = db.Available(regionId, clock.Today(actor)).Select(peer => peer.PersonId);
        await db.Deliveries
            .Where(d => d.CaseId == caseId)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.CoveredAt, (DateTimeOffset?)null), cancellationToken);
        await db.Deliveries
            .Where(d => d.CaseId == caseId && d.Channel == Channel.Mail && d.PeerId != actor.PersonId && available.Contains(d.PeerId)
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
