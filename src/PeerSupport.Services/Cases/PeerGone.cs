using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.Cases;
using PeerSupport.Services.Notices;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Cases;

/// <summary>
/// A peer whose account was disabled, whose role was taken, or who is in an agency now that does not share with the case's:
/// the cases they hold go to the others at once, and each psychologist is told. What they may still hold, they keep.
/// </summary>
internal sealed class PeerGone(TimeProvider clock) : IErrandHandler
{
    public ErrandKind Kind => ErrandKind.PeerGone;

    public async Task<ErrandAgain?> RunAsync(Work work, Errand errand, CancellationToken cancellationToken)
    {
        var db = work.Context;
        var agency = await db.ActingPeers().Where(person => person.Id == errand.SubjectId).Select(person => (Guid?)person.AgencyId).SingleOrDefaultAsync(cancellationToken);
        var theirs = agency is { } acting ? await db.Partners(acting).ToArrayAsync(cancellationToken) : [];
        // All of them before anything else is touched, in one order: whoever burns or takes back one meanwhile has the case first, too.
        var held = await db.Database.SqlQuery<LostCase>(
            $"select id, psychologist_id, holder_id from support_cases where holder_id = {errand.SubjectId} and agency_id <> all({theirs}) order by id for update").ToListAsync(cancellationToken);
        var now = clock.GetUtcNow();
        foreach (var lost in held)
        {
            if (await db.ReopenAsync(lost.Id, new HeldRow(lost.PsychologistId, lost.HolderId), now, cancellationToken))
                db.Messages.Add(new Message { Id = Guid.NewGuid(), Kind = MessageKind.CaseReturned, PersonId = lost.PsychologistId, CaseId = lost.Id, DueAt = now });
        }

        return null;
    }

    private sealed record LostCase(Guid Id, Guid PsychologistId, Guid HolderId);
}
