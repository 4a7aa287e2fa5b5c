using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.People;

/// <summary>One operation on accounts: a context and Identity's services of its own, never those of a circuit.</summary>
internal sealed class AccountWork(IServiceScopeFactory scopes) : IAsyncDisposable
{
    private readonly AsyncServiceScope scope = scopes.CreateAsyncScope();
    private IDbContextTransaction? transaction;

    public PeerSupportContext Db => scope.ServiceProvider.GetRequiredService<PeerSupportContext>();

    public UserManager<Account> Accounts => scope.ServiceProvider.GetRequiredService<UserManager<Account>>();

    public IPasskeyHandler<Account> Passkeys => scope.ServiceProvider.GetRequiredService<IPasskeyHandler<Account>>();

    /// <summary>From here on everything is one transaction. Passwords are checked before: a refusal must not undo the count of wrong ones.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken) => transaction = await Db.Database.BeginTransactionAsync(cancellationToken);

    /// <summary>Saves and commits what was begun. Disposing without it undoes everything.</summary>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        await Db.SaveChangesAsync(cancellationToken);
        await transaction!.CommitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (transaction is not null)
            await transaction.DisposeAsync();
        await scope.DisposeAsync();
    }
}
