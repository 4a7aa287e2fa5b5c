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
/// Signing in by way of the department's own provider. It links accounts that exist and makes none: first by a verified
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
        var account = await work.Accounts.FindByLoginAsync(identity.Issuer, identity.Subject) ?? await LinkAsync(work, identity, cancellationToken);
        if (account is null || await sessions.BeginAsync(work.Db, account.Id, identity.Strong, from, cancellationToken) is not { } begun)
            return SignInRefusals.ProviderNotMatched;
        await work.CommitAsync(cancellationToken);
        return begun;
    }

    /// <summary>The first time: the account of the verified address, of somebody who is enrolled or invited, and who has no other account at this provider.</summary>
    private async Task<Account?> LinkAsync(AccountWork work, ProviderIdentity identity, CancellationToken cancellationToken)
    {
        if (!identity.EmailVerified || identity.Email is not { Length: > 0 and <= 256 } email || email.Any(char.IsControl)
            || await work.Accounts.FindByEmailAsync(email.Trim()) is not { } account
            || await work.Db.Set<IdentityUserLogin<Guid>>().AnyAsync(l => l.UserId == account.Id && l.LoginProvider == identity.Issuer, cancellationToken))
            return null;
        var now = clock.GetUtcNow();
        if (!await work.Db.People.AnyAsync(p => p.Id == account.Id && p.Active, cancellationToken) && !await EnrolAsync(work, account, now, cancellationToken))
            return null;
        if (!(await work.Accounts.AddLoginAsync(account, new UserLoginInfo(identity.Issuer, identity.Subject, null))).Succeeded)
            return null;
        work.Db.LogChange(account.Id, SecurityEvent.LinkedToProvider, now);
        return account;
    }

    /// <summary>Somebody invited who comes by the provider needs nothing of their own to be set up.</summary>
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
