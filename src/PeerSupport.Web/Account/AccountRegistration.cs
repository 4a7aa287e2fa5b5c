using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using PeerSupport.Domain.People;
using PeerSupport.Services.People;

namespace PeerSupport.Web.Account;

/// <summary>Sign-in by cookie, and who is asking.</summary>
public static class AccountRegistration
{
    /// <summary>Name of the cookie. Browsers refuse the prefix "__Host-" without https, so a developer's machine has a plain name.</summary>
    internal static string CookieName(bool https) => https ? "__Host-PeerSupport" : "PeerSupport";

    public static IServiceCollection AddAccountPages(this IServiceCollection services, IConfiguration configuration)
    {
        var https = Uri.TryCreate(configuration["PeerSupport:PublicOrigin"], UriKind.Absolute, out var origin) && origin.Scheme == Uri.UriSchemeHttps;
        var provider = ProviderSettings.Read(configuration);
        services.AddSingleton(provider);
        var authentication = services.AddAuthentication(SessionPrincipal.Scheme).AddCookie(SessionPrincipal.Scheme, cookie =>
        {
            // Lax, not Strict: a peer who taps the link of a mail in a webmail tab would else seem signed out. Nothing
            // that changes anything is a GET, and posts need our origin and a form token besides.
            Describe(cookie.Cookie, CookieName(https), https);
            cookie.ExpireTimeSpan = SessionRules.Absolute;
            cookie.SlidingExpiration = false;
            cookie.EventsType = typeof(SessionCookieEvents);
        });
        if (provider.On)
            authentication.AddProvider(provider, origin);
        services.AddScoped<SessionCookieEvents>();
        services.AddAntiforgery(form =>
        {
            Describe(form.Cookie, CookieName(https) + "-Form", https);
            form.SuppressXFrameOptionsHeader = true; // the security headers say it, on every answer
        });
        services.AddHttpContextAccessor();
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, CircuitSession>();
        services.AddScoped<CurrentActor>();
        return services;
    }

    internal static void Describe(CookieBuilder cookie, string name, bool https)
    {
        cookie.Name = name;
        cookie.Path = "/";
        cookie.HttpOnly = true;
        cookie.IsEssential = true;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.SecurePolicy = https ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
    }
}
