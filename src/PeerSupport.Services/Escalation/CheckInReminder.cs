using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.People;
using PeerSupport.Services.Notices;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Escalation;

/// <summary>The errand of a check-in: one mail with constant words, and the row is gone. Whom it was about stands nowhere; the peer knows.</summary>
internal sealed class CheckInReminder(TimeProvider clock) : IErrandHandler
{
    public ErrandKind Kind => ErrandKind.CheckIn;

    public async Task<ErrandAgain?> RunAsync(Work work, Errand errand, CancellationToken cancellationToken)
    {
        var db = work.Context;
        var stillPeer = await db.People.AnyAsync(person => person.Id == errand.SubjectId && person.Active, cancellationToken)
            && await db.RoleGrants.AnyAsync(grant => grant.PersonId == errand.SubjectId && grant.Role == Role.Peer, cancellationToken);
        if (stillPeer)
            db.Messages.Add(new Message { Id = Guid.NewGuid(), Kind = MessageKind.CheckIn, PersonId = errand.SubjectId, DueAt = clock.GetUtcNow() });
        return null;
    }
}
