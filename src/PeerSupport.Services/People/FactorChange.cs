using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace PeerSupport.Services.People;

/// <summary>What every change of a sign-in factor has in common: a full sign-in first, and no other session after it.</summary>
internal sealed class FactorChange(IServiceScopeFactory scopes, PasswordCheck passwords)
{
    public AccountWork Open() => new(scopes);

    /// <summary>The account as it is now.</summary>
    public static async Task<Account> AccountOfAsync(AccountWork work, Actor actor) =>
        await work.Accounts.FindByIdAsync(actor.PersonId.ToString()) ?? throw new InvalidOperationException("An actor without an account.");

    /// <summary>Whether the person signed in fully in this very form.</summary>
    public async Task<bool> IsConfirmedAsync(AccountWork work, Account account, string? password, string? code, CancellationToken cancellationToken) =>
        await passwords.IsRightAsync(work.Db, account, password, code, cancellationToken);

    /// <summary>Whoever else was signed in on this account is not any more (ASVS 5.0, 7.4.3).</summary>
    public static Task<int> EndOtherSessionsAsync(AccountWork work, Actor actor, CancellationToken cancellationToken) =>
        work.Db.Sessions.Where(s => s.PersonId == actor.PersonId && s.Id != actor.SessionId).ExecuteDeleteAsync(cancellationToken);
}
