using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.People;

/// <summary>An invitation that still opens something, with whose it is.</summary>
internal sealed record OpenInvitation(Invitation Invitation, Person Person);

/// <summary>What open invitations and what one signs in with have in common, wherever somebody enrols.</summary>
internal static class WaysIn
{
    /// <summary>Open invitations: neither spent nor replaced nor too old, and nobody disabled the account since.</summary>
    public static IQueryable<Invitation> OpenInvitations(this PeerSupportContext db, DateTimeOffset now) =>
        db.Invitations.AsNoTracking().Where(i => i.SpentAt == null && i.ExpiresAt > now
            && !db.SecurityLog.Any(e => e.PersonId == i.PersonId && e.Event == SecurityEvent.Disabled && e.At >= i.CreatedAt));

    /// <summary>Spends it, in the caller's transaction; every other one of the same person with it. False when another was faster.</summary>
    public static async Task<bool> SpendAsync(this PeerSupportContext db, Invitation invitation, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.Invitations.Where(i => i.Id == invitation.Id && i.SpentAt == null && i.ExpiresAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.SpentAt, now), cancellationToken) != 1)
            return false;
        await db.Invitations.Where(i => i.PersonId == invitation.PersonId && i.SpentAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.SpentAt, now), cancellationToken);
        return true;
    }

    /// <summary>
    /// Takes away every way in there was: whoever found the lost phone is out, too, and it is woken no more. Mail and a
    /// telephone number stay: they belong to the person, not to a device. In the caller's transaction.
    /// </summary>
    public static async Task ForgetAsync(this PeerSupportContext db, Guid personId, CancellationToken cancellationToken)
    {
        await db.RestampAsync(personId, cancellationToken);
        await db.Set<IdentityUserPasskey<Guid>>().Where(p => p.UserId == personId).ExecuteDeleteAsync(cancellationToken);
        await db.Set<IdentityUserLogin<Guid>>().Where(l => l.UserId == personId).ExecuteDeleteAsync(cancellationToken);
        await AuthenticatorSecrets.RemoveAsync(db, personId, cancellationToken);
        await db.RecoveryCodes.Where(c => c.PersonId == personId).ExecuteDeleteAsync(cancellationToken);
        await db.KnownDevices.Where(d => d.PersonId == personId).ExecuteDeleteAsync(cancellationToken);
        await db.AlertChannels.Where(c => c.PersonId == personId && c.Kind == Channel.Push).ExecuteDeleteAsync(cancellationToken);
        await db.Sessions.Where(s => s.PersonId == personId).ExecuteDeleteAsync(cancellationToken);
        DateTimeOffset? unlocked = null;
        await db.Users.Where(a => a.Id == personId).ExecuteUpdateAsync(set => set
            .SetProperty(a => a.PasswordHash, (string?)null)
            .SetProperty(a => a.LockoutEnd, unlocked)
            .SetProperty(a => a.AccessFailedCount, 0)
            .SetProperty(a => a.CodesLockedUntil, unlocked)
            .SetProperty(a => a.CodeMisses, 0), cancellationToken);
    }
}
