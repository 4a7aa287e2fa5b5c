using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.People;

/// <summary>
/// Whether a password, with a code where one is needed, is right. Says only yes or no, and takes as long for an unknown
/// account as for a known one.
/// </summary>
internal sealed class PasswordCheck(IPasswordHasher<Account> hasher, AuthenticatorSecrets secrets, TimeProvider clock)
{
    private const int MostTries = 10;
    private const int LongestPassword = 500;
    private static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(5);
    private readonly string dummyHash = hasher.HashPassword(new Account(), Guid.NewGuid().ToString());

    /// <summary>Checks, and counts a failure towards the lock.</summary>
    /// <remarks>
    /// The lock is asked again after the check, in the statement that clears the count: many guesses sent at once get no
    /// more tries than the same guesses one after another. It locks passwords and codes only: a passkey still signs in,
    /// so that nobody can lock a colleague out.
    /// </remarks>
    public async Task<bool> IsRightAsync(PeerSupportContext db, Account? account, string? password, string? code, CancellationToken cancellationToken)
    {
        var id = account?.Id ?? Guid.Empty;
        var (codeNeeded, secret) = await secrets.FindAsync(db, id, cancellationToken);
        var typed = password is { Length: <= LongestPassword } ? password : "";
        var verdict = hasher.VerifyHashedPassword(account ?? new Account(), account?.PasswordHash ?? dummyHash, typed);
        var right = verdict != PasswordVerificationResult.Failed && account?.PasswordHash is not null
            && !IsLocked(account)
            && (!codeNeeded || (secret is not null && await secrets.SpendAsync(db, id, secret, code, cancellationToken)));
        if (!right || account is null)
        {
            await CountFailureAsync(db, id, cancellationToken);
            return false;
        }

        if (!await ClearFailuresAsync(db, id, cancellationToken))
            return false;
        if (verdict == PasswordVerificationResult.SuccessRehashNeeded)
            await RehashAsync(db, account, typed, cancellationToken);
        return true;
    }

    private bool IsLocked(Account account) => account.LockoutEnd > clock.GetUtcNow();

    private Task<int> CountFailureAsync(PeerSupportContext db, Guid id, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        DateTimeOffset? until = now + LockedFor;
        return db.Users.Where(a => a.Id == id && (a.LockoutEnd == null || a.LockoutEnd <= now)).ExecuteUpdateAsync(
            set => set
                .SetProperty(a => a.LockoutEnd, a => a.AccessFailedCount + 1 >= MostTries ? until : a.LockoutEnd)
                .SetProperty(a => a.AccessFailedCount, a => a.AccessFailedCount + 1 >= MostTries ? 0 : a.AccessFailedCount + 1),
            cancellationToken);
    }

    private async Task<bool> ClearFailuresAsync(PeerSupportContext db, Guid id, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return await db.Users.Where(a => a.Id == id && (a.LockoutEnd == null || a.LockoutEnd <= now))
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.AccessFailedCount, 0), cancellationToken) == 1;
    }

    private Task<int> RehashAsync(PeerSupportContext db, Account account, string password, CancellationToken cancellationToken)
    {
        var (old, renewed) = (account.PasswordHash, hasher.HashPassword(account, password));
        return db.Users.Where(a => a.Id == account.Id && a.PasswordHash == old)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.PasswordHash, renewed), cancellationToken);
    }
}
