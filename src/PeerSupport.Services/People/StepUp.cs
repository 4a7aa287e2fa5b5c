using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PeerSupport.Domain;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.Sealing;

namespace PeerSupport.Services.People;

/// <summary>Signing in again, for one reveal. The only maker of a <see cref="RevealGrant"/>.</summary>
public sealed class StepUp
{
    private readonly IServiceScopeFactory scopes;
    private readonly PasswordCheck passwords;
    private readonly PasskeyCheck passkeys;

    internal StepUp(IServiceScopeFactory scopes, PasswordCheck passwords, PasskeyCheck passkeys) =>
        (this.scopes, this.passwords, this.passkeys) = (scopes, passwords, passkeys);

    /// <summary>Which ways this person has, for the form that asks.</summary>
    public async Task<StepUpWays> WaysAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var work = new AccountWork(scopes);
        var account = await work.Accounts.FindByIdAsync(actor.PersonId.ToString());
        return account is null
            ? new StepUpWays(false, false)
            : new StepUpWays((await work.Accounts.GetPasskeysAsync(account)).Count > 0, account.TwoFactorEnabled);
    }

    /// <summary>With the password, and a code where the account has an authenticator app.</summary>
    public async Task<Result<RevealGrant>> WithPasswordAsync(Actor actor, string? password, string? code, CancellationToken cancellationToken)
    {
        await using var work = new AccountWork(scopes);
        var account = await work.Accounts.FindByIdAsync(actor.PersonId.ToString());
        var right = await passwords.IsRightAsync(work.Db, account, password, code, cancellationToken);
        return right ? await GrantAsync(work, actor, cancellationToken) : CaseRefusals.SignInAgain;
    }

    /// <summary>What the browser needs to ask for one of this person's own passkeys.</summary>
    public async Task<PasskeyCeremony> BeginPasskeyAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var work = new AccountWork(scopes);
        var account = await work.Accounts.FindByIdAsync(actor.PersonId.ToString())
            ?? throw new InvalidOperationException("An actor without an account.");
        return await passkeys.BeginAsync(work, PasskeyPurpose.Reveal, account, cancellationToken);
    }

    /// <summary>With a passkey of this very person, who was verified by it (face, finger or PIN) just now.</summary>
    public async Task<Result<RevealGrant>> WithPasskeyAsync(Actor actor, Guid challenge, string? assertionJson, CancellationToken cancellationToken)
    {
        await using var work = new AccountWork(scopes);
        var account = await passkeys.AnsweredByAsync(work, PasskeyPurpose.Reveal, actor.PersonId, challenge, assertionJson, cancellationToken);
        return account is not null ? await GrantAsync(work, actor, cancellationToken) : CaseRefusals.SignInAgain;
    }

    private static async Task<Result<RevealGrant>> GrantAsync(AccountWork work, Actor actor, CancellationToken cancellationToken)
    {
        // Disabled or signed out between the page and this moment: no grant.
        var stands = await work.Db.Sessions.AnyAsync(s => s.Id == actor.SessionId && s.PersonId == actor.PersonId
            && work.Db.People.Any(p => p.Id == s.PersonId && p.Active), cancellationToken);
        return stands ? new RevealGrant(actor.PersonId) : CaseRefusals.SignInAgain;
    }
}

/// <summary>Ways in which a person can sign in again.</summary>
/// <param name="Passkey">They have a passkey.</param>
/// <param name="Code">Their password needs a code beside it.</param>
public sealed record StepUpWays(bool Passkey, bool Code);
