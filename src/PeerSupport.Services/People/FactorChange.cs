using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PeerSupport.Domain;
using PeerSupport.Domain.People;

namespace PeerSupport.Services.People;

/// <summary>What every change of a sign-in factor has in common: a full sign-in first, and no other session after it.</summary>
internal sealed class FactorChange(IServiceScopeFactory scopes, PasswordCheck passwords, PasskeyCheck passkeys, SignInRules rules, TimeProvider clock)
{
    /// <summary>Somebody who has nothing but a provider is signed in afresh for as long as this after coming from it.</summary>
    public static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(10);

    public AccountWork Open() => new(scopes);

    /// <summary>The account as it is now.</summary>
    public static async Task<Account> AccountOfAsync(AccountWork work, Actor actor) =>
        await work.Accounts.FindByIdAsync(actor.PersonId.ToString()) ?? throw new InvalidOperationException("An actor without an account.");

    /// <summary>Whether the person signed in fully in this very form. Outside a demonstration a password alone is full only where there is nothing else yet.</summary>
    public async Task<bool> IsConfirmedAsync(AccountWork work, Account account, Actor actor, FreshSignIn proof, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(proof.Assertion))
            return await IsAnsweredAsync(work, actor, proof, cancellationToken);
        if (account.PasswordHash is null && !await HasSecondAsync(work, account, cancellationToken))
            return await CameAfreshAsync(work, actor, cancellationToken);
        return await passwords.CheckAsync(work.Db, account, proof.Password, proof.Code, proof.From, cancellationToken) is PasswordVerdict.WithCode or PasswordVerdict.Alone;
    }

    /// <summary>Whether one of this person's own passkeys answered, to confirm a change.</summary>
    public async Task<bool> IsAnsweredAsync(AccountWork work, Actor actor, FreshSignIn proof, CancellationToken cancellationToken) =>
        (await passkeys.AnsweredByAsync(work, PasskeyPurpose.Change, actor.PersonId, proof.Challenge, proof.Assertion, cancellationToken)).Succeeded;

    /// <summary>Whether there is a passkey or an app.</summary>
    public static async Task<bool> HasSecondAsync(AccountWork work, Account account, CancellationToken cancellationToken) =>
        (await work.Accounts.GetPasskeysAsync(account)).Count > 0 || await AuthenticatorSecrets.HasAppAsync(work.Db, account.Id, cancellationToken);

    /// <summary>
    /// Begins the transaction of a change that was confirmed. A refusal when the account was changed since it was read, or the
    /// session ended: whoever confirmed it with what is no longer right changes nothing.
    /// </summary>
    public static async Task<Refusal?> BeginAsync(AccountWork work, Account account, Actor actor, CancellationToken cancellationToken)
    {
        await work.BeginAsync(cancellationToken);
        return await work.Db.StandsAsync(account, cancellationToken)
            && await work.Db.Sessions.AnyAsync(s => s.Id == actor.SessionId && s.PersonId == actor.PersonId, cancellationToken) ? null : SignInRefusals.Again;
    }

    /// <summary>What the browser needs to ask for one of this person's own passkeys, to confirm a change.</summary>
    public Task<PasskeyCeremony> BeginConfirmAsync(AccountWork work, Account account, CancellationToken cancellationToken) =>
        passkeys.BeginAsync(work, PasskeyPurpose.Change, account, cancellationToken);

    /// <summary>Whether the session began a moment ago.</summary>
    public Task<bool> CameAfreshAsync(AccountWork work, Actor actor, CancellationToken cancellationToken)
    {
        var since = clock.GetUtcNow() - FreshFor;
        return work.Db.Sessions.AnyAsync(s => s.Id == actor.SessionId && s.PersonId == actor.PersonId && s.StartedAt > since, cancellationToken);
    }

    /// <summary>
    /// Written down and told by mail; whoever else was signed in on this account is not any more (ASVS 5.0, 7.4.3), and a
    /// sign-in that is half done comes to nothing. In the caller's transaction.
    /// </summary>
    public async Task ChangedAsync(AccountWork work, Actor actor, SecurityEvent what, CancellationToken cancellationToken)
    {
        await work.Db.RestampAsync(actor.PersonId, cancellationToken);
        work.Db.LogChange(actor.PersonId, what, clock.GetUtcNow());
        await work.Db.Sessions.Where(s => s.PersonId == actor.PersonId && s.Id != actor.SessionId).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Whoever has just shown a second factor has signed in with one.</summary>
    public static Task<int> StrengthenAsync(AccountWork work, Actor actor, CancellationToken cancellationToken) =>
        work.Db.Sessions.Where(s => s.Id == actor.SessionId && s.PersonId == actor.PersonId)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.Strong, true), cancellationToken);

    /// <summary>Whether somebody who takes one away still has a way in that is enough.</summary>
    /// <param name="account">Theirs.</param>
    /// <param name="passkeysLeft">Passkeys afterwards.</param>
    /// <param name="appLeft">Whether there is an authenticator app afterwards.</param>
    public bool StillEnough(Account account, int passkeysLeft, bool appLeft) =>
        passkeysLeft > 0 || (account.PasswordHash is not null && (appLeft || rules.Demonstration));
}
