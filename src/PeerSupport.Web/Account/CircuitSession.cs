using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Web.Account;

/// <summary>
/// Signs a circuit out soon after its session ended, whatever ended it. Each operation asks by itself besides; this is
/// for the page that is only looked at.
/// </summary>
public sealed class CircuitSession(ILoggerFactory logs, ActorResolver resolver) : RevalidatingServerAuthenticationStateProvider(logs)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(15);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        try
        {
            return await resolver.ResolveAsync(authenticationState.User, touch: false, cancellationToken) is not null;
        }
        catch (Exception fault) when (DatabaseFault.IsUnavailable(fault))
        {
            return true; // nothing can be read by anybody now; nobody is signed out for it
        }
    }
}
