using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PeerSupport.Domain;
using PeerSupport.Domain.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.People;

/// <summary>Begins and ends sessions. Public: whoever asks is not known yet.</summary>
public sealed class SignIn
{
    private const int LongestEmail = 256;
    private readonly IServiceScopeFactory scopes;
    private readonly PasswordCheck passwords;
    private readonly PasskeyCheck passkeys;
    private readonly TimeProvider clock;

    internal SignIn(IServiceScopeFactory scopes, PasswordCheck passwords, PasskeyCheck passkeys, TimeProvider clock) =>
        (this.scopes, this.passwords, this.passkeys, this.clock) = (scopes, passwords, passkeys, clock);

    /// <summary>Signs in with e-mail and password, and a code where the account has an authenticator app.</summary>
    /// <returns>What the cookie carries; or one refusal that does not say what was wrong.</returns>
    public async Task<Result<ClaimsPrincipal>> WithPasswordAsync(string? email, string? password, string? code, CancellationToken cancellationToken)
    {
        await using var work = new AccountWork(scopes);
        // PostgreSQL takes no NUL in text; nobody's address has one.
        var asked = email is { Length: <= LongestEmail } && !email.Contains('\0') ? email.Trim() : "";
        var account = await work.Accounts.FindByEmailAsync(asked);
        if (!await passwords.IsRightAsync(work.Db, account, password, code, cancellationToken))
            return SignInRefusals.NotMatched;
        return await BeginSessionAsync(work.Db, account!.Id, cancellationToken) is { } principal ? principal : SignInRefusals.NotMatched;
    }

    /// <summary>What the browser needs to ask for a passkey of this site, whoever's it is.</summary>
    public async Task<PasskeyCeremony> BeginPasskeyAsync(CancellationToken cancellationToken)
    {
        await using var work = new AccountWork(scopes);
        return await passkeys.BeginAsync(work, PasskeyPurpose.SignIn, null, cancellationToken);
    }

    /// <summary>Signs in with the passkey that answered.</summary>
    public async Task<Result<ClaimsPrincipal>> WithPasskeyAsync(Guid challenge, string? assertionJson, CancellationToken cancellationToken)
    {
        await using var work = new AccountWork(scopes);
        var account = await passkeys.AnsweredByAsync(work, PasskeyPurpose.SignIn, null, challenge, assertionJson, cancellationToken);
        if (account is null)
            return SignInRefusals.PasskeyNotMatched;
        return await BeginSessionAsync(work.Db, account.Id, cancellationToken) is { } principal ? principal : SignInRefusals.PasskeyNotMatched;
    }

    /// <summary>Ends a session on the server, so that a copy of its cookie is worth nothing. Doing it twice is harmless.</summary>
    public async Task EndAsync(ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(principal.FindFirstValue(ActorClaims.PersonId), out var person)
            || !Guid.TryParse(principal.FindFirstValue(ActorClaims.SessionId), out var session))
            return;
        await using var work = new AccountWork(scopes);
        await work.Db.Sessions.Where(s => s.Id == session && s.PersonId == person).ExecuteDeleteAsync(cancellationToken);
    }

    private async Task<ClaimsPrincipal?> BeginSessionAsync(PeerSupportContext db, Guid personId, CancellationToken cancellationToken)
    {
        var person = await db.People.AsNoTracking().SingleOrDefaultAsync(p => p.Id == personId && p.Active, cancellationToken);
        if (person is null)
            return null;
        var roles = await db.RoleGrants.AsNoTracking().Where(g => g.PersonId == personId).Select(g => g.Role).ToListAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var over = now - SessionRules.Absolute;
        await db.Sessions.Where(s => s.StartedAt < over).ExecuteDeleteAsync(cancellationToken);
        var session = new Session { Id = Guid.NewGuid(), PersonId = personId, StartedAt = now, LastSeenAt = now };
        db.Sessions.Add(session);
        await db.SaveChangesAsync(cancellationToken);
        return SessionPrincipal.Make(personId, session.Id, person.DisplayName, roles);
    }
}
