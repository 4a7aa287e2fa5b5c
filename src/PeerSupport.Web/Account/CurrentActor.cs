using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using PeerSupport.Services.People;

namespace PeerSupport.Web.Account;

/// <summary>
/// Who is asking, for pages. In a static request: as read at its beginning. In a circuit, which outlives every request:
/// read from the database each time, so that a removed role or a disabled account counts at the next click.
/// </summary>
public sealed class CurrentActor(IServiceProvider scope, IHttpContextAccessor requests, ActorResolver resolver)
{
    private static readonly object Key = new();

    /// <summary>Who it is now; null when they are not signed in any more, and the page then says so.</summary>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <param name="touch">False for what a page does by itself, such as a refresh: it must not keep a session awake.</param>
    public async Task<Actor?> GetAsync(CancellationToken cancellationToken, bool touch = true)
    {
        // A circuit has services of its own; seen from there, a request is a stranger's or long over.
        if (requests.HttpContext is { } http && ReferenceEquals(http.RequestServices, scope))
            return http.Items[Key] as Actor;
        return await resolver.ResolveAsync(await PrincipalAsync(), touch, cancellationToken);
    }

    /// <summary>Whom the circuit claims to be for. Nothing is decided by it: whoever takes it resolves it anew.</summary>
    internal async Task<ClaimsPrincipal> PrincipalAsync() =>
        (await ((AuthenticationStateProvider)scope.GetService(typeof(AuthenticationStateProvider))!).GetAuthenticationStateAsync()).User;

    /// <summary>Who asks, as read at the beginning of this request; null for nobody.</summary>
    internal static Actor? Of(HttpContext http) => http.Items[Key] as Actor;

    internal static void Remember(HttpContext http, Actor actor) => http.Items[Key] = actor;
}
