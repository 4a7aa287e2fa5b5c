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
    private readonly FactorChange change;
    private readonly SignInRules rules;

    internal StepUp(IServiceScopeFactory scopes, PasswordCheck passwords, PasskeyCheck passkeys, FactorChange change, SignInRules rules) =>
        (this.scopes, this.passwords, this.passkeys, this.change, this.rules) = (scopes, passwords, passkeys, change, rules);

    /// <summary>Which ways this person has, for the form that asks.</summary>
    public async Task<StepUpWays> WaysAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var work = new AccountWork(scopes);
        var account = await work.Accounts.FindByIdAsync(actor.PersonId.ToString());
        if (account is null)
            return StepUpWays.None;
        var passkey = (await work.Accounts.GetPasskeysAsync(account)).Count > 0;
        var app = await AuthenticatorSecrets.HasAppAsync(work.Db, account.Id, cancellationToken);
        var recovery = await work.Db.RecoveryCodes.AnyAsync(c => c.PersonId == account.Id && c.UsedAt == null, cancellationToken);
        var password = account.PasswordHash is not null;
        var code = password && (app || (recovery && passkey && !rules.Demonstration));
        return new StepUpWays(
            passkey, code, password && (code || rules.Demonstration || !passkey),
            !password && !passkey && await change.CameAfreshAsync(work, actor, cancellationToken), app);
    }

    /// <summary>With the password and a code; alone it is enough in a demonstration only.</summary>
    public async Task<Result<RevealGrant>> WithPasswordAsync(Actor actor, string? password, string? code, CancellationToken cancellationToken, Caller? from = null)
    {
        await using var work = new AccountWork(scopes);
        var account = await work.Accounts.FindByIdAsync(actor.PersonId.ToString());
        var verdict = await passwords.CheckAsync(work.Db, account, password, code, from, cancellationToken);
        return verdict == PasswordVerdict.WithCode || (verdict == PasswordVerdict.Alone && rules.Demonstration) ? await GrantAsync(work, actor, account!, cancellationToken) : CaseRefusals.SignInAgain;
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
        var answered = await passkeys.AnsweredByAsync(work, PasskeyPurpose.Reveal, actor.PersonId, challenge, assertionJson, cancellationToken);
        return answered.Succeeded ? await GrantAsync(work, actor, answered.Value, cancellationToken) : CaseRefusals.SignInAgain;
    }

    private static async Task<Result<RevealGrant>> GrantAsync(AccountWork work, Actor actor, Account account, CancellationToken cancellationToken)
    {
        // Disabled, signed out or changed between the page and this moment: no grant.
        var stamp = account.SecurityStamp;
        var stands = await work.Db.Sessions.AnyAsync(s => s.Id == actor.SessionId && s.PersonId == actor.PersonId
            && work.Db.People.Any(p => p.Id == s.PersonId && p.Active) && work.Db.Users.Any(a => a.Id == s.PersonId && a.SecurityStamp == stamp), cancellationToken);
        return stands ? new RevealGrant(actor.PersonId) : CaseRefusals.SignInAgain;
    }
}

/// <summary>Ways in which a person can sign in again.</summary>
/// <param name="Passkey">They have a passkey.</param>
/// <param name="Code">Their password needs a code beside it: of the app, or a recovery code.</param>
/// <param name="Password">They have a password that is of use here.</param>
/// <param name="Fresh">They have nothing but a provider, and came from it a moment ago: enough to add a passkey, never for a reveal.</param>
/// <param name="App">They have an authenticator app.</param>
public sealed record StepUpWays(bool Passkey, bool Code, bool Password, bool Fresh, bool App)
{
    /// <summary>Nothing at all.</summary>
    public static StepUpWays None { get; } = new(false, false, false, false, false);
}
