using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.People;

/// <summary>What a password, with what was typed beside it, is worth.</summary>
internal enum PasswordVerdict
{
    /// <summary>Not right, or locked.</summary>
    Wrong,

    /// <summary>Too many wrong ones came from there; it was not looked at.</summary>
    Throttled,

    /// <summary>The password is right, and nothing beside it is asked for. Whether that is enough is for whoever asks.</summary>
    Alone,

    /// <summary>Password and a code of the app, or a recovery code.</summary>
    WithCode,

    /// <summary>The password is right; the code beside it is missing or wrong, or there were too many to look at another.</summary>
    NoCode,
}

/// <summary>
/// Whether a password, with a code where one is needed, is right. Says only what it is worth, and takes as long for an
/// unknown account as for a known one.
/// </summary>
/// <remarks>
/// Failures from a browser that has signed in to the account before are counted for that browser; those of strangers for
/// the account. So strangers lock out strangers, never a colleague at their own device.
/// </remarks>
internal sealed class PasswordCheck(IPasswordHasher<Account> hasher, CodeCheck codes, KnownDevices devices, SourceThrottle throttle, TimeProvider clock)
{
    /// <summary>Longest password that is looked at.</summary>
    public const int LongestPassword = 500;
    private const int MostTries = 10;
    private static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LoggedEvery = TimeSpan.FromMinutes(10);
    private readonly string dummyHash = hasher.HashPassword(new Account(), Guid.NewGuid().ToString());

    /// <summary>Checks, and counts a failure towards the lock.</summary>
    /// <remarks>
    /// The lock is asked again after the check, in the statement that clears the count: many guesses sent at once get no
    /// more tries than the same guesses one after another. It locks passwords and codes only: a passkey still signs in.
    /// Runs outside a transaction: a refusal must not undo the count. A right password with no right code is counted apart,
    /// and does not forgive wrong passwords.
    /// </remarks>
    /// <param name="db">The caller's.</param>
    /// <param name="account">As it was read; null where there is none.</param>
    /// <param name="password">As typed.</param>
    /// <param name="code">As typed.</param>
    /// <param name="from">The browser.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <param name="beside">False where a passkey answers beside it, and no code is looked at.</param>
    public async Task<PasswordVerdict> CheckAsync(
        PeerSupportContext db, Account? account, string? password, string? code, Caller? from, CancellationToken cancellationToken, bool beside = true)
    {
        var id = account?.Id ?? Guid.Empty;
        var caller = from ?? Caller.Unknown;
        var device = await devices.FindAsync(db, id, caller, cancellationToken);
        if (device is null && !throttle.Take(caller.Address))
            return PasswordVerdict.Throttled;
        var asked = await codes.FindAsync(db, id, cancellationToken);
        var typed = password is { Length: <= LongestPassword } ? password : "";
        var matched = hasher.VerifyHashedPassword(account ?? new Account(), account?.PasswordHash ?? dummyHash, typed);
        var verdict = matched != PasswordVerificationResult.Failed && account?.PasswordHash is not null && !IsLocked(account, device)
            ? beside ? await codes.LookAsync(db, id, asked, code, device, cancellationToken) : PasswordVerdict.Alone
            : PasswordVerdict.Wrong;
        if (verdict == PasswordVerdict.NoCode)
            return verdict; // a stranger's try is not given back
        if (verdict == PasswordVerdict.Wrong || account is null)
        {
            await CountFailureAsync(db, id, device, cancellationToken);
            return PasswordVerdict.Wrong;
        }

        if (device is null)
            throttle.GiveBack(caller.Address);
        if (!await ClearFailuresAsync(db, id, device, cancellationToken))
            return PasswordVerdict.Wrong;
        if (matched == PasswordVerificationResult.SuccessRehashNeeded)
            await RehashAsync(db, account, typed, cancellationToken);
        return verdict;
    }

    private bool IsLocked(Account account, KnownDevice? device) =>
        (device is null ? account.LockoutEnd : device.LockedUntil) > clock.GetUtcNow();

    /// <summary>
    /// The same statements whether the account exists or not. Nobody waits for the disk: what would be lost with the power
    /// is a count of wrong guesses, and waiting only where there was something to write would tell who works here.
    /// </summary>
    private async Task CountFailureAsync(PeerSupportContext db, Guid id, KnownDevice? device, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync($"set local synchronous_commit = off", cancellationToken);
        if (device is not null)
            await devices.CountFailureAsync(db, device.Id, MostTries, now + LockedFor, cancellationToken);
        else
            await CountStrangerAsync(db, id, now, cancellationToken);
        // One line for many: a stranger who guesses all night fills no log.
        var since = now - LoggedEvery;
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into security_log (id, person_id, event, at)
            select {Guid.NewGuid()}, a.id, {(int)SecurityEvent.SignInFailed}, {now} from accounts a
            where a.id = {id} and not exists (select from security_log l where l.person_id = a.id and l.event = {(int)SecurityEvent.SignInFailed} and l.at > {since})
            """, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static Task<int> CountStrangerAsync(PeerSupportContext db, Guid id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        DateTimeOffset? until = now + LockedFor;
        return db.Users.Where(a => a.Id == id && (a.LockoutEnd == null || a.LockoutEnd <= now)).ExecuteUpdateAsync(
            set => set
                .SetProperty(a => a.LockoutEnd, a => a.AccessFailedCount + 1 >= MostTries ? until : a.LockoutEnd)
                .SetProperty(a => a.AccessFailedCount, a => a.AccessFailedCount + 1 >= MostTries ? 0 : a.AccessFailedCount + 1),
            cancellationToken);
    }

    private async Task<bool> ClearFailuresAsync(PeerSupportContext db, Guid id, KnownDevice? device, CancellationToken cancellationToken)
    {
        if (device is not null)
            return await devices.ClearFailuresAsync(db, device.Id, cancellationToken);
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
