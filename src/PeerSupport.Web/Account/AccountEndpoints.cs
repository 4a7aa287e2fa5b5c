using Microsoft.AspNetCore.Authentication;
using PeerSupport.Domain.People;
using PeerSupport.Services.People;
using PeerSupport.Services.Profile;

namespace PeerSupport.Web.Account;

/// <summary>Addresses around signing in that are no pages.</summary>
public static class AccountEndpoints
{
    public static void MapAccountEndpoints(this WebApplication app)
    {
        // A practice alert leads here like a real one, and then to its own page.
        app.MapGet("/", async (HttpContext http, Practice practice, CancellationToken cancellationToken) => Results.Redirect(
            http.User.IsInRole(nameof(Role.Peer)) && CurrentActor.Of(http) is { } actor && await practice.WaitingSinceAsync(actor, cancellationToken) is not null
                ? "/me/practice" : StartPage(http.User.IsInRole)));

        app.MapPost("/sign-in/challenge", async (HttpContext http, SignIn signIn, CancellationToken cancellationToken) =>
            Ceremony(http, await signIn.BeginPasskeyAsync(cancellationToken))).AllowAnonymous();

        app.MapPost("/account/challenge", async (HttpContext http, CurrentActor current, StepUp stepUp, CancellationToken cancellationToken) =>
            await current.GetAsync(cancellationToken) is { } actor ? Ceremony(http, await stepUp.BeginPasskeyAsync(actor, cancellationToken)) : Results.Unauthorized());

        // To confirm a change of what one signs in with; also for whoever must set something up first.
        app.MapPost("/account/challenge/change", [OpenBeforeSecondFactor] async (HttpContext http, CurrentActor current, PasskeyFactors passkeys, CancellationToken cancellationToken) =>
            await current.GetAsync(cancellationToken) is { } actor ? Ceremony(http, await passkeys.BeginConfirmAsync(actor, cancellationToken)) : Results.Unauthorized());

        // A link, not a form: a form must not lead to another site (the content security policy says so). It changes nothing.
        if (app.Services.GetRequiredService<ProviderSettings>().On)
            app.MapGet(ProviderRegistration.StartPath, (HttpContext http) => ProviderRegistration.StartAsync(http, http.Request.Query["return"])).AllowAnonymous();

        // No form token on purpose: a page open for hours must still sign out. The origin guard and the cookie's
        // same-site rule keep other sites from doing it.
        app.MapPost("/sign-out", async (HttpContext http, SignIn signIn, CancellationToken cancellationToken) =>
        {
            await signIn.EndAsync(http.User, cancellationToken);
            await http.SignOutAsync(SessionPrincipal.Scheme);
            http.Response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
            return Results.Redirect("/sign-in?note=out");
        }).AllowAnonymous().DisableAntiforgery();
    }

    /// <summary>Where each role begins.</summary>
    internal static string StartPage(Func<string, bool> isInRole) =>
        isInRole(nameof(Role.Peer)) ? "/notices"
        : isInRole(nameof(Role.Psychologist)) ? "/cases"
        : isInRole(nameof(Role.Clinician)) ? "/tracks"
        : isInRole(nameof(Role.Administrator)) ? "/operations"
        : isInRole(nameof(Role.Coordinator)) ? "/report"
        : "/home";

    private static IResult Ceremony(HttpContext http, PasskeyCeremony ceremony)
    {
        http.Response.Headers.CacheControl = "no-store";
        return Results.Content($$"""{"challenge":"{{ceremony.Challenge}}","options":{{ceremony.OptionsJson}}}""", "application/json");
    }
}
