using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PeerSupport.Domain;
using PeerSupport.Domain.People;

namespace PeerSupport.Services.People;

/// <summary>What the page of an enrolment works with.</summary>
/// <param name="DisplayName">Whose it is.</param>
/// <param name="Agency">Where they belong.</param>
/// <param name="InvitedBy">The name of whoever invited them; null where the installation did, or that person is gone.</param>
/// <param name="Passkey">For the browser, to make a passkey.</param>
/// <param name="App">For an authenticator app.</param>
/// <param name="KeptSecret">The app's secret, sealed, for the page to give back.</param>
public sealed record EnrolmentStart(string DisplayName, string Agency, string? InvitedBy, PasskeyCeremony Passkey, NewAuthenticator App, string KeptSecret)
{
    /// <summary>Never the secret.</summary>
    public override string ToString() => "[enrolment]";
}

/// <summary>Password and app, as posted.</summary>
/// <param name="Password">The one they chose.</param>
/// <param name="KeptSecret">From <see cref="EnrolmentStart"/>.</param>
/// <param name="Code">What the app shows now.</param>
public sealed record EnrolmentPassword(string? Password, string? KeptSecret, string? Code)
{
    /// <summary>Never what was typed.</summary>
    public override string ToString() => "[password]";
}

/// <summary>Somebody who is enrolled and signed in.</summary>
/// <param name="SignedIn">For the browser.</param>
/// <param name="Codes">Recovery codes, shown once.</param>
public sealed record Enrolled(SignedIn SignedIn, IReadOnlyList<string> Codes)
{
    /// <summary>Never the codes.</summary>
    public override string ToString() => "[enrolled]";
}

/// <summary>
/// Setting up how one signs in, by the link of an invitation. Public: the link is all that whoever comes has. Nothing is
/// stored and the link stays good until a passkey, or a password with an app, is shown to work; then all of it happens at
/// once, and every way in there was before is gone.
/// </summary>
public sealed class Enrolment
{
    private readonly IServiceScopeFactory scopes;
    private readonly InvitationTokens tokens;
    private readonly PasskeyChallenges challenges;
    private readonly AuthenticatorSecrets secrets;
    private readonly RecoveryCodeStore recovery;
    private readonly SessionStart sessions;
    private readonly TimeProvider clock;

    internal Enrolment(
        IServiceScopeFactory scopes, InvitationTokens tokens, PasskeyChallenges challenges, AuthenticatorSecrets secrets, RecoveryCodeStore recovery, SessionStart sessions, TimeProvider clock) =>
        (this.scopes, this.tokens, this.challenges, this.secrets, this.recovery, this.sessions, this.clock) = (scopes, tokens, challenges, secrets, recovery, sessions, clock);

    /// <summary>Begins, or goes on after something did not match.</summary>
    /// <param name="token">From the address.</param>
    /// <param name="keptSecret">The app's secret of the first time, so that what was scanned stays right; null at first.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<Result<EnrolmentStart>> StartAsync(string? token, string? keptSecret, CancellationToken cancellationToken)
    {
        await using var work = new AccountWork(scopes);
        if (await FindAsync(work, token, cancellationToken) is not var (open, account))
            return SignInRefusals.InvitationOver;
        var options = await work.Passkeys.MakeCreationOptionsAsync(
            new PasskeyUserEntity { Id = account.Id.ToString(), Name = account.Email ?? "", DisplayName = open.Person.DisplayName }, PasskeyCheck.NoRequest);
        var challenge = await challenges.KeepAsync(PasskeyPurpose.Enrolment, account.Id, options.AttestationState!, cancellationToken);
        var kept = secrets.ReadFor(open.Invitation.Id, keptSecret) is not null ? keptSecret! : secrets.BeginFor(open.Invitation.Id);
        return new EnrolmentStart(
            open.Person.DisplayName,
            await work.Db.Agencies.Where(a => a.Id == open.Person.AgencyId).Select(a => a.Name).SingleAsync(cancellationToken),
            await work.Db.People.Where(p => p.Id == open.Invitation.CreatedBy && p.Id != open.Person.Id).Select(p => p.DisplayName).SingleOrDefaultAsync(cancellationToken),
            new PasskeyCeremony(challenge, options.CreationOptionsJson),
            AuthenticatorFactor.Shown(account, secrets.ReadFor(open.Invitation.Id, kept)!), kept);
    }

    /// <summary>Enrols with the passkey the browser made.</summary>
    public async Task<Result<Enrolled>> WithPasskeyAsync(string? token, Guid challenge, string? attestationJson, Caller from, CancellationToken cancellationToken)
    {
        await using var work = new AccountWork(scopes);
        if (await FindAsync(work, token, cancellationToken) is not var (open, account))
            return SignInRefusals.InvitationOver;
        if (await challenges.SpendAsync(PasskeyPurpose.Enrolment, account.Id, challenge, cancellationToken) is not { } state || string.IsNullOrEmpty(attestationJson)
            || await PasskeyEnrolment.AttestedAsync(work, account.Id, state, attestationJson) is not { } passkey)
            return SignInRefusals.PasskeyNotAdded;
        passkey.Name = DeviceName.Of(from.UserAgent) ?? "Passkey";
        await work.BeginAsync(cancellationToken);
        if (!await BeginAnewAsync(work, open, account, cancellationToken))
            return SignInRefusals.InvitationOver;
        if (!(await work.Accounts.AddOrUpdatePasskeyAsync(account, passkey)).Succeeded)
            return SignInRefusals.PasskeyNotAdded;
        work.Db.Log(account.Id, SecurityEvent.PasskeyAdded, clock.GetUtcNow());
        return await FinishAsync(work, account, from, cancellationToken);
    }

    /// <summary>Enrols with a password and an authenticator app.</summary>
    public async Task<Result<Enrolled>> WithPasswordAsync(string? token, EnrolmentPassword typed, Caller from, CancellationToken cancellationToken)
    {
        await using var work = new AccountWork(scopes);
        if (await FindAsync(work, token, cancellationToken) is not var (open, account))
            return SignInRefusals.InvitationOver;
        if (secrets.ReadFor(open.Invitation.Id, typed.KeptSecret) is not { } secret)
            return SignInRefusals.EnrolmentOver;
        if (typed.Password is not { Length: <= PasswordCheck.LongestPassword } password)
            return SignInRefusals.PasswordTooShort;
        if (AuthenticatorCode.Match(secret, typed.Code, clock.GetUtcNow()) is null)
            return SignInRefusals.WrongNewCode;
        await work.BeginAsync(cancellationToken);
        if (!await BeginAnewAsync(work, open, account, cancellationToken))
            return SignInRefusals.InvitationOver;
        if (!(await work.Accounts.AddPasswordAsync(account, password)).Succeeded)
            return SignInRefusals.PasswordTooShort;
        if (!await secrets.SpendAsync(work.Db, account.Id, secret, typed.Code, cancellationToken))
            return SignInRefusals.WrongNewCode;
        await secrets.EnrolAsync(work.Db, account.Id, secret, cancellationToken);
        var now = clock.GetUtcNow();
        work.Db.Log(account.Id, SecurityEvent.PasswordChanged, now);
        work.Db.Log(account.Id, SecurityEvent.AuthenticatorOn, now);
        return await FinishAsync(work, account, from, cancellationToken);
    }

    private async Task<(OpenInvitation Open, Account Account)?> FindAsync(AccountWork work, string? token, CancellationToken cancellationToken)
    {
        if (tokens.IdOf(token) is not { } id)
            return null;
        if (await work.Db.OpenInvitations(clock.GetUtcNow()).SingleOrDefaultAsync(i => i.Id == id, cancellationToken) is not { } invitation
            || await work.Accounts.FindByIdAsync(invitation.PersonId.ToString()) is not { } account)
            return null;
        var person = await work.Db.People.AsNoTracking().SingleAsync(p => p.Id == invitation.PersonId, cancellationToken);
        return (new OpenInvitation(invitation, person), account);
    }

    /// <summary>Spends the invitation, which only one of two at once can, and takes every older way in away.</summary>
    private async Task<bool> BeginAnewAsync(AccountWork work, OpenInvitation open, Account account, CancellationToken cancellationToken)
    {
        await work.Db.HoldAccountAsync(account.Id, cancellationToken);
        if (!await work.Db.SpendAsync(open.Invitation, clock.GetUtcNow(), cancellationToken))
            return false;
        await work.Db.ForgetAsync(account.Id, cancellationToken);
        await work.Db.Entry(account).ReloadAsync(cancellationToken);
        await work.Db.People.Where(p => p.Id == account.Id).ExecuteUpdateAsync(set => set.SetProperty(p => p.Active, true), cancellationToken);
        return true;
    }

    private async Task<Result<Enrolled>> FinishAsync(AccountWork work, Account account, Caller from, CancellationToken cancellationToken)
    {
        var personId = account.Id;
        var codes = await recovery.ReplaceAsync(work.Db, personId, cancellationToken);
        work.Db.Log(personId, SecurityEvent.RecoveryCodesMade, clock.GetUtcNow());
        work.Db.LogChange(personId, SecurityEvent.Enrolled, clock.GetUtcNow());
        var begun = await sessions.BeginAsync(work.Db, account, strong: true, from, SignInRefusals.InvitationOver, cancellationToken);
        if (!begun.Succeeded)
            return begun.Refusal!;
        await work.CommitAsync(cancellationToken);
        return new Enrolled(begun.Value, codes);
    }
}
