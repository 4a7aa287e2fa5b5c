using Microsoft.AspNetCore.Authentication;
using PeerSupport.Services.People;

namespace PeerSupport.Web.Account;

/// <summary>What a browser brings to a sign-in, and what it takes away from one.</summary>
internal static class Browser
{
    private static readonly TimeSpan KnownFor = TimeSpan.FromDays(180);

    /// <summary>The browser that asks. The address is that of the connection: a forwarding header could be anybody's.</summary>
    public static Caller CallerOf(HttpContext http) =>
        new(http.Request.Cookies[DeviceCookie(http)], http.Request.Headers.UserAgent, http.Connection.RemoteIpAddress);

    /// <summary>A posted confirmation: a passkey's answer, or password and code.</summary>
    public static FreshSignIn ProofOf(HttpContext http)
    {
        var form = http.Request.Form;
        return new FreshSignIn(form["password"], form["code"], Guid.TryParse(form["challenge"], out var challenge) ? challenge : Guid.Empty, form["assertion"], CallerOf(http));
    }

    /// <summary>Gives it the session's cookie, and the one by which it is known again. Whoever was signed in here before is not any more.</summary>
    public static async Task EnterAsync(HttpContext http, SignIn signIn, SignedIn begun)
    {
        await signIn.EndAsync(http.User, http.RequestAborted);
        await http.SignInAsync(SessionPrincipal.Scheme, begun.Principal);
        http.Response.Cookies.Append(DeviceCookie(http), begun.Device, new CookieOptions
        {
            Path = "/",
            HttpOnly = true,
            IsEssential = true,
            Secure = http.Request.IsHttps,
            SameSite = SameSiteMode.Lax, // must come along when a provider sends somebody back
            MaxAge = KnownFor,
        });
    }

    private static string DeviceCookie(HttpContext http) => AccountRegistration.CookieName(http.Request.IsHttps) + "-Device";
}
