using Microsoft.EntityFrameworkCore;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.People;

/// <summary>
/// The mark of how one signs in to an account, and of what one may do with it. Whatever changes either makes a new one; what
/// was proven under the old one (a password, a passkey's answer, what a provider said) begins no session any more, and
/// changes nothing. So a sign-in that is half done when its owner locks the door stays outside.
/// </summary>
internal static class AccountStamp
{
    /// <summary>
    /// Locks the account's row until the end of the caller's transaction. Whoever changes an account takes it before the rows
    /// of the person and of invitations: of two who change the same one, the second waits and then sees what the first did.
    /// </summary>
    public static async Task<string?> HoldAccountAsync(this PeerSupportContext db, Guid accountId, CancellationToken cancellationToken) =>
        (await db.Database.SqlQuery<string>($"select coalesce(security_stamp, '') as \"Value\" from accounts where id = {accountId} for no key update")
            .ToListAsync(cancellationToken)).SingleOrDefault();

    /// <summary>Whether what was proven to this account still counts. Locks it, so that the answer stays true until the caller commits.</summary>
    /// <param name="db">The caller's, in a transaction.</param>
    /// <param name="account">As it was read before anything was proven.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public static async Task<bool> StandsAsync(this PeerSupportContext db, Account account, CancellationToken cancellationToken) =>
        await db.HoldAccountAsync(account.Id, cancellationToken) is { } now && now == (account.SecurityStamp ?? "");

    /// <summary>
    /// Makes a new mark, in the caller's transaction and before it ends sessions: a sign-in that holds the row is waited for
    /// and then ended with the rest. Ceremonies that are open are over. A copy of the account read before cannot be written back.
    /// </summary>
    public static async Task RestampAsync(this PeerSupportContext db, Guid accountId, CancellationToken cancellationToken)
    {
        var (stamp, version) = (Guid.NewGuid().ToString("N"), Guid.NewGuid().ToString());
        await db.Users.Where(a => a.Id == accountId).ExecuteUpdateAsync(
            set => set.SetProperty(a => a.SecurityStamp, stamp).SetProperty(a => a.ConcurrencyStamp, version), cancellationToken);
        await db.PasskeyChallenges.Where(c => c.PersonId == accountId).ExecuteDeleteAsync(cancellationToken);
    }
}
