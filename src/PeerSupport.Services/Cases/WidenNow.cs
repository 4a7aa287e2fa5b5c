using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Cases;

/// <summary>"Widen now", by the psychologist who posted it: the next wave does not wait for its time.</summary>
public sealed class WidenNow(Database database, HandBackLimit limit, TimeProvider clock)
{
    /// <summary>Sends the next wave out.</summary>
    /// <param name="actor">The psychologist.</param>
    /// <param name="caseId">Her open case.</param>
    /// <param name="after">The wave her page showed as the last: a double tap widens once.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<Result> WidenAsync(Actor actor, Guid caseId, int after, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Board, actor, cancellationToken);
        if (!work.ActorIs(Role.Psychologist))
            return CaseRefusals.NotFound;
        var db = work.Context;
        await work.WideningAsync(caseId, cancellationToken);
        var locked = await db.SupportCases.FromSql($"select * from support_cases where id = {caseId} and psychologist_id = {actor.PersonId} and status = {(int)CaseStatus.Open} for update").ToListAsync(cancellationToken);
        if (locked is not [var supportCase])
            return await db.SupportCases.AnyAsync(c => c.Id == caseId && c.PsychologistId == actor.PersonId, cancellationToken)
                ? CaseRefusals.AcceptedAlready
                : CaseRefusals.NotFound;
        if (supportCase.Wave != after || supportCase.Wave >= Waves.Region)
            return Result.Done;
        var now = clock.GetUtcNow();
        await db.WidenAsync(supportCase, now, now, limit, cancellationToken);
        // The errand that would have brought this wave finds that its time is not the planned one any more.
        db.Errands.Add(supportCase.NextStep());
        await db.SaveChangesAsync(cancellationToken);
        work.CaseChanged();
        await work.CommitAsync(cancellationToken);
        return Result.Done;
    }
}
