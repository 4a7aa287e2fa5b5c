using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PeerSupport.Domain;
using PeerSupport.Domain.People;

namespace PeerSupport.Services.People;

/// <summary>Who a single sign-on provider says somebody is, after its signature was checked.</summary>
/// <param name="Issuer">The provider.</param>
/// <param name="Subject">Whose account there; never reused, unlike an address.</param>
/// <param name="Email">Their address there.</param>
/// <param name="EmailVerified">Whether the provider vouches for the address.</param>
/// <param name="Strong">Whether it asked for a second factor.</param>
public sealed record ProviderIdentity(string Issuer, string Subject, string? Email, bool EmailVerified, bool Strong)
{
    /// <summary>Nobody's name.</summary>
    public override string ToString() => "[identity]";
}

/// <summary>
/// Signing in by way of the department's own provider. It links accounts that exist and makes none: once by a verified
/// address, and from then on only by issuer and subject. Public: whoever asks is not known yet.
/// </summary>
public sealed class ProviderSignIn
{
    private const int LongestKey = 128;
    private readonly IServiceScopeFactory scopes;
    private readonly SessionStart sessions;
    private readonly TimeProvider clock;

    internal ProviderSignIn(IServiceScopeFactory scopes, SessionStart sessions, TimeProvider clock) =>
        (this.scopes, this.sessions, this.clock) = (scopes, sessions, clock);

    /// <summary>Signs in; or one refusal that does not say what was wrong.</summary>
    public async Task<Result<SignedIn>> EnterAsync(ProviderIdentity identity, Caller from, CancellationToken cancellationToken)
    {
        if (identity.Subject is not { Length: > 0 and <= LongestKey } || identity.Issuer is not { Length: > 0 and <= LongestKey })
            return SignInRefusals.ProviderNotMatched;
        await using var work = new AccountWork(scopes);
        await work.BeginAsync(cancellationToken);
        var account = await work.Accounts.FindByLoginAsync(identity.Issuer, identity.Subject);
        if (account is null)
        {
            var linked = await LinkAsync(work, identity, cancellationToken);
            if (!linked.Succeeded)
                return linked.Refusal!;
            account = linked.Value;
        }

        var begun = await sessions.BeginAsync(work.Db, account, identity.Strong, from, SignInRefusals.ProviderNotMatched, cancellationToken);
        if (begun.Succeeded)
            await work.CommitAsync(cancellationToken);
        return begun;
    }

    /// <summary>
    /// By a verified address: of somebody who has a letter, which is spent by it like by any other way of setting up; or, once
    /// in the life of an account, of somebody who is enrolled. An account whose link was taken away, or that has another one,
    /// is linked again by a new letter only: whoever ended every way in must not find one of them open the next day.
    /// </summary>
    private async Task<Result<Account>> LinkAsync(AccountWork work, ProviderIdentity identity, CancellationToken cancellationToken)
    {
        if (!identity.EmailVerified || identity.Email is not { Length: > 0 and <= 256 } email || email.Any(char.IsControl)
            || await work.Accounts.FindByEmailAsync(email.Trim()) is not { } account)
            return SignInRefusals.ProviderNotMatched;
        if (!await work.Db.StandsAsync(account, cancellationToken))
            return SignInRefusals.Again;
        var now = clock.GetUtcNow();
        if (!await EnrolAsync(work, account, now, cancellationToken) && !await IsNewToItAsync(work, account, cancellationToken))
            return SignInRefusals.ProviderNotMatched;
        if (!(await work.Accounts.AddLoginAsync(account, new UserLoginInfo(identity.Issuer, identity.Subject, null))).Succeeded)
            return SignInRefusals.ProviderNotMatched;
        work.Db.LogChange(account.Id, SecurityEvent.LinkedToProvider, now);
        return account;
    }

    /// <summary>Enrolled by other means, and never linked. The log is asked, too: it is never shortened, and a link that was taken away still stands in it.</summary>
    private static async Task<bool> IsNewToItAsync(AccountWork work, Account account, CancellationToken cancellationToken) =>
        await work.Db.People.AnyAsync(p => p.Id == account.Id && p.Active, cancellationToken)
        && !await work.Db.UserLogins.AnyAsync(l => l.UserId == account.Id, cancellationToken)
        && !await work.Db.SecurityLog.AnyAsync(e => e.PersonId == account.Id && e.Event == SecurityEvent.LinkedToProvider, cancellationToken);

    /// <summary>Somebody invited who comes by the provider needs nothing of their own to be set up; what there was before is gone.</summary>
    private static async Task<bool> EnrolAsync(AccountWork work, Account account, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var open = await work.Db.OpenInvitations(now).FirstOrDefaultAsync(i => i.PersonId == account.Id, cancellationToken);
        if (open is null || !await work.Db.SpendAsync(open, now, cancellationToken))
            return false;
        await work.Db.ForgetAsync(account.Id, cancellationToken);
        await work.Db.Entry(account).ReloadAsync(cancellationToken);
        await work.Db.People.Where(p => p.Id == account.Id).ExecuteUpdateAsync(set => set.SetProperty(p => p.Active, true), cancellationToken);
        work.Db.Log(account.Id, SecurityEvent.Enrolled, now);
        return true;
    }
}
