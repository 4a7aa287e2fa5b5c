using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.People;

/// <summary>One operation on accounts: a context and Identity's services of its own, never those of a circuit.</summary>
internal sealed class AccountWork(IServiceScopeFactory scopes) : IAsyncDisposable
{
    private readonly AsyncServiceScope scope = scopes.CreateAsyncScope();

    public PeerSupportContext Db => scope.ServiceProvider.GetRequiredService<PeerSupportContext>();

    public UserManager<Account> Accounts => scope.ServiceProvider.GetRequiredService<UserManager<Account>>();

    public IPasskeyHandler<Account> Passkeys => scope.ServiceProvider.GetRequiredService<IPasskeyHandler<Account>>();

    public ValueTask DisposeAsync() => scope.DisposeAsync();
}
