using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.People;
using PeerSupport.Services.Notices;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.People;

/// <summary>Makes invitations. The token in the mail is derived from the installation secret and the invitation's id when the mail is sent: no table holds it.</summary>
internal static class Invitations
{
    /// <summary>How long a letter works.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromDays(7);

    /// <summary>Makes an invitation and its mail in the caller's transaction; older ones of the same person are void. The caller saves.</summary>
    public static async Task<Invitation> InviteAsync(this PeerSupportContext db, Guid personId, Guid by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await db.Invitations.Where(old => old.PersonId == personId && old.SpentAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(old => old.SpentAt, now), cancellationToken);
        var invitation = new Invitation { Id = Guid.NewGuid(), PersonId = personId, CreatedBy = by, CreatedAt = now, ExpiresAt = now + Lasts };
        db.Invitations.Add(invitation);
        db.Messages.Add(new Message { Id = Guid.NewGuid(), Kind = MessageKind.Invitation, PersonId = personId, InvitationId = invitation.Id, DueAt = now });
        db.Log(personId, SecurityEvent.Invited, now, by);
        return invitation;
    }
}
