using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Cases;

/// <summary>One more contact. Counted by day, never described.</summary>
public sealed class CountContact(Database database, TimeProvider clock)
{
    /// <summary>Counts one contact, unless the page it came from is stale: a double tap counts once.</summary>
    /// <param name="actor">The peer who holds the case.</param>
    /// <param name="caseId">The case.</param>
    /// <param name="shownTotal">How many contacts the page showed when the button was pressed.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<Result> CountAsync(Actor actor, Guid caseId, int shownTotal, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Board, actor, cancellationToken);
        if (!work.ActorIs(Role.Peer))
            return CaseRefusals.NotHeld;
        var db = work.Context;
        var today = clock.Today(actor);
        var days = await db.SupportCases.AsNoTracking()
            .Where(c => c.Id == caseId && c.HolderId == actor.PersonId)
            .Select(c => c.ContactDays)
            .SingleOrDefaultAsync(cancellationToken);
        if (days is null)
            return CaseRefusals.NotHeld;
        if (days.Length != shownTotal)
            return Result.Done;
        if (days.Count(day => day == today) >= ContactRules.MostPerDay)
            return CaseRefusals.TooManyContacts;
        await db.Database.ExecuteSqlAsync(
            $"""
            update support_cases set contact_days = array_append(contact_days, {today})
            where id = {caseId} and holder_id = {actor.PersonId} and cardinality(contact_days) = {shownTotal}
            """, cancellationToken);
        await work.CommitAsync(cancellationToken);
        return Result.Done;
    }
}
