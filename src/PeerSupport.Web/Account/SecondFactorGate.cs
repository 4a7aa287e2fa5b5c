using Microsoft.AspNetCore.Authorization;

namespace PeerSupport.Web.Account;

/// <summary>Open to somebody who must set up or show a second factor first.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class OpenBeforeSecondFactorAttribute : Attribute;

/// <summary>
/// Whoever came with a password alone, and has a role for which that is not enough, is led to the one page that sets this
/// right. They have no role until then: what a role may do, the use cases and the database refuse besides this gate. One's
/// own sessions, log and names of passkeys are kept by this gate alone.
/// </summary>
public static class SecondFactorGate
{
    /// <summary>The page.</summary>
    public const string Path = "/account/second-factor";

    /// <summary>After authentication and before authorization: a page of a role does not look as if it did not exist.</summary>
    public static void UseSecondFactorGate(this WebApplication app) => app.Use((http, next) =>
    {
        var endpoint = http.GetEndpoint()?.Metadata;
        if (CurrentActor.Of(http) is not { MustAddFactor: true } || endpoint is null
            || endpoint.GetMetadata<IAllowAnonymous>() is not null || endpoint.GetMetadata<OpenBeforeSecondFactorAttribute>() is not null)
            return next(http);
        if (http.Request.Headers["Sec-Fetch-Mode"].ToString() is "" or "navigate" && !http.Request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase))
        {
            http.Response.StatusCode = StatusCodes.Status303SeeOther;
            http.Response.Headers.Location = Path;
        }
        else
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }

        return Task.CompletedTask;
    });
}
