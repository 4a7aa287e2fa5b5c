using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.People;

/// <summary>What is asked beside a password.</summary>
/// <param name="Needed">The password alone is nothing: there is an app, or (outside a demonstration) a passkey.</param>
/// <param name="Secret">Of the app; null where there is none, or its key is lost.</param>
/// <param name="Any">There is a code that could be right.</param>
internal sealed record Beside(bool Needed, byte[]? Secret, bool Any)
{
    /// <summary>Never the secret.</summary>
    public override string ToString() => "[beside]";
}

/// <summary>
/// Whether the code beside a right password is right: of the app, or a recovery code. Whoever gets this far has the password,
/// so tries are few and each round of them waits longer (<see cref="CodeTries"/>), and the owner is told.
/// </summary>
internal sealed class CodeCheck(AuthenticatorSecrets secrets, RecoveryCodeStore recovery, CodeTries tries, SignInRules rules)
{
    /// <summary>The same questions whether the account exists or not.</summary>
    public async Task<Beside> FindAsync(PeerSupportContext db, Guid id, CancellationToken cancellationToken)
    {
        var (app, secret) = await secrets.FindAsync(db, id, cancellationToken);
        var passkey = await db.Set<IdentityUserPasskey<Guid>>().AnyAsync(p => p.UserId == id, cancellationToken);
        var codes = await db.RecoveryCodes.AnyAsync(c => c.PersonId == id && c.UsedAt == null, cancellationToken);
        return new Beside(app || (passkey && !rules.Demonstration), secret, app || codes);
    }

    /// <summary>After a right password. A code that is missing where one is needed counts like a wrong one; so does a wrong one where none is.</summary>
    public async Task<PasswordVerdict> LookAsync(PeerSupportContext db, Guid id, Beside beside, string? code, KnownDevice? device, CancellationToken cancellationToken)
    {
        var typed = !string.IsNullOrWhiteSpace(code);
        if (!beside.Needed && !(typed && beside.Any))
            return PasswordVerdict.Alone;
        // A try is taken before the code is looked at: many sent at once get no more than the same one after another.
        var tried = await tries.TakeAsync(db, id, device, cancellationToken);
        if (tried is not null && typed && await IsRightAsync(db, id, beside, code, cancellationToken))
        {
            await CodeTries.GiveBackAsync(db, id, device, cancellationToken);
            return PasswordVerdict.WithCode;
        }

        await tries.TellAsync(db, id, device, tried, cancellationToken);
        return PasswordVerdict.NoCode;
    }

    private async Task<bool> IsRightAsync(PeerSupportContext db, Guid id, Beside beside, string? code, CancellationToken cancellationToken) =>
        (beside.Secret is { } secret && await secrets.SpendAsync(db, id, secret, code, cancellationToken))
        || await recovery.SpendAsync(db, id, code, cancellationToken);
}
