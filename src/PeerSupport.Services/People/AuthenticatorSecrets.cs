using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.People;

/// <summary>
/// Secrets of authenticator apps, encrypted in the database under a key outside it. A code is accepted once: the time
/// step of the last one is kept.
/// </summary>
internal sealed class AuthenticatorSecrets(IDataProtectionProvider protection, TimeProvider clock)
{
    private const string Provider = "authenticator";
    private const string Enrolled = "secret";
    private const string Pending = "pending";
    private const string LastStep = "last-step";
    private static readonly TimeSpan EnrolmentLasts = TimeSpan.FromMinutes(15);
    private readonly IDataProtector protector = protection.CreateProtector("PeerSupport.Authenticator");
    private readonly IDataProtector enrolments = protection.CreateProtector("PeerSupport.Authenticator.Enrolment");

    /// <summary>
    /// Whether the account needs codes, and the secret they are made from: null where it was encrypted under a key that is
    /// lost. Then no code is right, until the operator resets it.
    /// </summary>
    public async Task<(bool Needed, byte[]? Secret)> FindAsync(PeerSupportContext db, Guid accountId, CancellationToken cancellationToken)
    {
        var value = await Token(db, accountId, Enrolled).Select(t => t.Value).SingleOrDefaultAsync(cancellationToken);
        return (value is not null, value is null ? null : Unprotect(value));
    }

    /// <summary>Whether the account has an app. The one place that says so: Identity's own mark of it is not used.</summary>
    public static Task<bool> HasAppAsync(PeerSupportContext db, Guid accountId, CancellationToken cancellationToken) => Token(db, accountId, Enrolled).AnyAsync(cancellationToken);

    /// <summary>Spends a code: true once for a right one, false ever after.</summary>
    public async Task<bool> SpendAsync(PeerSupportContext db, Guid accountId, byte[] secret, string? code, CancellationToken cancellationToken)
    {
        if (AuthenticatorCode.Match(secret, code, clock.GetUtcNow()) is not { } step)
            return false;
        return await db.Database.ExecuteSqlAsync(
            $"""
            insert into account_tokens (user_id, login_provider, name, value) values ({accountId}, {Provider}, {LastStep}, {step.ToString(CultureInfo.InvariantCulture)})
            on conflict (user_id, login_provider, name) do update set value = excluded.value
            where account_tokens.value::bigint < excluded.value::bigint
            """, cancellationToken) == 1;
    }

    /// <summary>Makes a new secret that counts once it is confirmed with a code. Only the session that asked for it, and proved that it may, sees it again.</summary>
    public async Task<byte[]> BeginAsync(PeerSupportContext db, Actor actor, CancellationToken cancellationToken)
    {
        var secret = RandomNumberGenerator.GetBytes(AuthenticatorCode.SecretBytes);
        var until = (clock.GetUtcNow() + EnrolmentLasts).ToUnixTimeSeconds();
        await PutAsync(db, actor.PersonId, Pending, $"{until.ToString(CultureInfo.InvariantCulture)}|{actor.SessionId:N}|{Protect(secret)}", cancellationToken);
        return secret;
    }

    /// <summary>The secret that waits to be confirmed; null when there is none, it waited too long, or another session asked for it.</summary>
    public async Task<byte[]?> FindPendingAsync(PeerSupportContext db, Actor actor, CancellationToken cancellationToken)
    {
        var value = await Token(db, actor.PersonId, Pending).Select(t => t.Value).SingleOrDefaultAsync(cancellationToken);
        if (value?.Split('|') is not [var until, var session, var sealedSecret] || session != actor.SessionId.ToString("N")
            || long.Parse(until, CultureInfo.InvariantCulture) < clock.GetUtcNow().ToUnixTimeSeconds())
            return null;
        return Unprotect(sealedSecret);
    }

    /// <summary>From now on this account needs codes made from this secret.</summary>
    public async Task EnrolAsync(PeerSupportContext db, Guid accountId, byte[] secret, CancellationToken cancellationToken)
    {
        await PutAsync(db, accountId, Enrolled, Protect(secret), cancellationToken);
        await Token(db, accountId, Pending).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Forgets the secret.</summary>
    public static Task RemoveAsync(PeerSupportContext db, Guid accountId, CancellationToken cancellationToken) =>
        db.Set<IdentityUserToken<Guid>>().Where(t => t.UserId == accountId && t.LoginProvider == Provider).ExecuteDeleteAsync(cancellationToken);

    /// <summary>A new secret for an enrolment, as the page keeps it: nothing is stored until the enrolment is complete.</summary>
    public string BeginFor(Guid invitationId)
    {
        var until = (clock.GetUtcNow() + EnrolmentLasts).ToUnixTimeSeconds();
        byte[] whole = [.. invitationId.ToByteArray(), .. BitConverter.GetBytes(until), .. RandomNumberGenerator.GetBytes(AuthenticatorCode.SecretBytes)];
        return Convert.ToBase64String(enrolments.Protect(whole));
    }

    /// <summary>The secret of <see cref="BeginFor"/>; null when it is not for this invitation, too old, or nothing of ours.</summary>
    public byte[]? ReadFor(Guid invitationId, string? kept)
    {
        var sealedBytes = new byte[500];
        if (kept is not { Length: > 0 and < 600 } || !Convert.TryFromBase64String(kept, sealedBytes, out var length))
            return null;
        try
        {
            var whole = enrolments.Unprotect(sealedBytes[..length]);
            return new Guid(whole.AsSpan(0, 16)) == invitationId && BitConverter.ToInt64(whole, 16) >= clock.GetUtcNow().ToUnixTimeSeconds() ? whole[24..] : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Null when the key is lost with the key directory.</summary>
    private byte[]? Unprotect(string value)
    {
        try
        {
            return protector.Unprotect(Convert.FromBase64String(value));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private string Protect(byte[] secret) => Convert.ToBase64String(protector.Protect(secret));

    private static IQueryable<IdentityUserToken<Guid>> Token(PeerSupportContext db, Guid accountId, string name) =>
        db.Set<IdentityUserToken<Guid>>().Where(t => t.UserId == accountId && t.LoginProvider == Provider && t.Name == name);

    private static Task<int> PutAsync(PeerSupportContext db, Guid accountId, string name, string value, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
            insert into account_tokens (user_id, login_provider, name, value) values ({accountId}, {Provider}, {name}, {value})
            on conflict (user_id, login_provider, name) do update set value = excluded.value
            """, cancellationToken);
}
