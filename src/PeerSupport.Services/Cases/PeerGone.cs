using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.Cases;
using PeerSupport.Services.Notices;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Cases;

/// <summary>
/// A peer whose account was disabled or whose role was taken: the cases they hold go to the others at once, and each
/// psychologist is told. Nothing happens when they can act again by then.
/// </summary>
internal sealed class PeerGone(TimeProvider clock) : IErrandHandler
{
    public ErrandKind Kind => ErrandKind.PeerGone;

    public async Task<ErrandAgain?> RunAsync(Work work, Errand errand, CancellationToken cancellationToken)
    {
        var db = work.Context;
        if (await db.ActingPeers().AnyAsync(person => person.Id == errand.SubjectId, cancellationToken))
            return null;
        var held = await db.SupportCases.AsNoTracking().Where(c => c.HolderId == errand.SubjectId).OrderBy(c => c.Id).Select(c => c.Id).ToListAsync(cancellationToken);
        foreach (var caseId in held)
        {
            // Locked one by one, as whoever burns or takes back one of them meanwhile does.
            var locked = await db.Database.SqlQuery<HeldRow>(
                $"select psychologist_id, holder_id from support_cases where id = {caseId} and holder_id = {errand.SubjectId} for update").ToListAsync(cancellationToken);
            if (locked is [var row] && await db.ReopenAsync(caseId, row, clock.GetUtcNow(), cancellationToken))
                db.Messages.Add(new Message { Id = Guid.NewGuid(), Kind = MessageKind.CaseReturned, PersonId = row.PsychologistId, CaseId = caseId, DueAt = clock.GetUtcNow() });
        }

        return null;
    }
}
