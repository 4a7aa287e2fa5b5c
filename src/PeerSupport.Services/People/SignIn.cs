using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PeerSupport.Domain;
using PeerSupport.Domain.People;

namespace PeerSupport.Services.People;

/// <summary>Begins and ends sessions. Public: whoever asks is not known yet.</summary>
public sealed class SignIn
{
    private const int LongestEmail = 256;
    private readonly IServiceScopeFactory scopes;
    private readonly PasswordCheck passwords;
    private readonly PasskeyCheck passkeys;
    private readonly SessionStart sessions;
    private readonly TimeProvider clock;

    internal SignIn(IServiceScopeFactory scopes, PasswordCheck passwords, PasskeyCheck passkeys, SessionStart sessions, TimeProvider clock) =>
        (this.scopes, this.passwords, this.passkeys, this.sessions, this.clock) = (scopes, passwords, passkeys, sessions, clock);

    /// <summary>
    /// Signs in with e-mail and password, and a code where the account has an authenticator app. Outside a demonstration a
    /// password alone is not enough where there is a passkey; where there is nothing else yet, it leads only to the page
    /// that sets a second factor up.
    /// </summary>
    /// <returns>What the browser is given; or one refusal that does not say what was wrong.</returns>
    public async Task<Result<SignedIn>> WithPasswordAsync(string? email, string? password, string? code, CancellationToken cancellationToken, Caller? from = null)
    {
        await using var work = new AccountWork(scopes);
        var account = await work.Accounts.FindByEmailAsync(Asked(email));
        var verdict = await passwords.CheckAsync(work.Db, account, password, code, from, cancellationToken);
        if (verdict == PasswordVerdict.Throttled)
            return SignInRefusals.TooManyTries;
        return verdict is PasswordVerdict.Alone or PasswordVerdict.WithCode
            ? await EnterAsync(work, account!, verdict == PasswordVerdict.WithCode, from, SignInRefusals.NotMatched, cancellationToken)
            : SignInRefusals.NotMatched;
    }

    /// <summary>What the browser needs to ask for a passkey of this site, whoever's it is.</summary>
    public async Task<PasskeyCeremony> BeginPasskeyAsync(CancellationToken cancellationToken)
    {
        await using var work = new AccountWork(scopes);
        return await passkeys.BeginAsync(work, PasskeyPurpose.SignIn, null, cancellationToken);
    }

    /// <summary>Signs in with the passkey that answered.</summary>
    public async Task<Result<SignedIn>> WithPasskeyAsync(Guid challenge, string? assertionJson, CancellationToken cancellationToken, Caller? from = null)
    {
        await using var work = new AccountWork(scopes);
        var answered = await passkeys.AnsweredByAsync(work, PasskeyPurpose.SignIn, null, challenge, assertionJson, cancellationToken);
        return answered.Succeeded
            ? await EnterAsync(work, answered.Value, strong: true, from, SignInRefusals.PasskeyNotMatched, cancellationToken)
            : answered.Refusal!;
    }

    /// <summary>Ends a session on the server, so that a copy of its cookie is worth nothing. Doing it twice is harmless.</summary>
    public async Task EndAsync(ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(principal.FindFirstValue(ActorClaims.PersonId), out var person)
            || !Guid.TryParse(principal.FindFirstValue(ActorClaims.SessionId), out var session))
            return;
        await using var work = new AccountWork(scopes);
        await work.BeginAsync(cancellationToken);
        if (await work.Db.Sessions.Where(s => s.Id == session && s.PersonId == person).ExecuteDeleteAsync(cancellationToken) == 0)
            return;
        work.Db.Log(person, SecurityEvent.SignedOut, clock.GetUtcNow());
        await work.CommitAsync(cancellationToken);
    }

    private async Task<Result<SignedIn>> EnterAsync(AccountWork work, Account account, bool strong, Caller? from, Refusal disabled, CancellationToken cancellationToken)
    {
        await work.BeginAsync(cancellationToken);
        var begun = await sessions.BeginAsync(work.Db, account, strong, from, disabled, cancellationToken);
        if (begun.Succeeded)
            await work.CommitAsync(cancellationToken);
        return begun;
    }

    /// <summary>PostgreSQL takes no NUL in text, and mail no line breaks in an address; nobody's address has one.</summary>
    private static string Asked(string? email) => email is { Length: <= LongestEmail } && !email.Any(char.IsControl) ? email.Trim() : "";
}
