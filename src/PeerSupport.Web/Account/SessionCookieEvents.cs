using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.StaticAssets;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;
using PeerSupport.Web.Features.Cases.Posting;

namespace PeerSupport.Web.Account;

/// <summary>Every request rereads from the database who the cookie's owner is now: an ended session or a disabled account is no one.</summary>
public sealed class SessionCookieEvents(ActorResolver resolver) : CookieAuthenticationEvents
{
    /// <summary>Set when a cookie came whose session is over, so that the sign-in page can say so.</summary>
    private static readonly object Ended = new();

    /// <summary>Set when a cookie came on a public page and the records could not be asked whose it is.</summary>
    private static readonly object NotAsked = new();

    /// <summary>True when somebody may well be signed in, and the records are out of reach.</summary>
    public static bool CouldNotAsk(HttpContext http) => http.Items.ContainsKey(NotAsked);

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;
        var endpoint = http.GetEndpoint()?.Metadata;
        if (context.Principal is null || endpoint?.GetMetadata<StaticAssetDescriptor>() is not null)
        {
            context.RejectPrincipal(); // a style sheet is nobody's, and must come with the database down
            return;
        }

        var circuit = http.Request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase);
        var touch = !circuit && endpoint?.GetMetadata<BackgroundRequestAttribute>() is null;
        Actor? actor;
        try
        {
            actor = await resolver.ResolveAsync(context.Principal, touch, http.RequestAborted);
        }
        catch (Exception fault) when (DatabaseFault.IsUnavailable(fault) && endpoint?.GetMetadata<IAllowAnonymous>() is not null)
        {
            // A public page stands without records; the cookie stays. On any other page the fault becomes "not right now".
            http.Items[NotAsked] = true;
            ForgetIdle(http);
            context.RejectPrincipal();
            return;
        }
        catch (Exception fault) when (DatabaseFault.IsUnavailable(fault) && endpoint?.GetMetadata<KeepsTypedAttribute>() is not null && HttpMethods.IsPost(http.Request.Method))
        {
            ForgetIdle(http);
            return; // who the cookie says, and no actor: enough to be given back one's own words, and for nothing else
        }

        if (actor is null)
        {
            http.Items[Ended] = true;
            context.RejectPrincipal();
            await http.SignOutAsync(SessionPrincipal.Scheme);
            return;
        }

        CurrentActor.Remember(http, actor);
        context.ReplacePrincipal(SessionPrincipal.Of(actor)); // roles of this moment, not of the sign-in
    }

    /// <summary>These faults never reach the page for faults, which would do it: the next request must find a database that is back.</summary>
    private static void ForgetIdle(HttpContext http) => http.RequestServices.GetRequiredService<DataSources>().ForgetIdle();

    /// <summary>A page leads to the sign-in page and back; a script is told plainly.</summary>
    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        var request = context.Request;
        var mode = request.Headers["Sec-Fetch-Mode"].ToString();
        if (mode is not ("" or "navigate") || request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        }

        // The path only: what stood in a query could be anything.
        var query = new QueryBuilder();
        if (request.Path.HasValue && request.Path != "/")
            query.Add("return", request.Path);
        if (context.HttpContext.Items.ContainsKey(Ended))
            query.Add("note", "ended");
        context.Response.Redirect("/sign-in" + query.ToQueryString());
        return Task.CompletedTask;
    }

    /// <summary>A page of another role does not exist for this person.</summary>
    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
