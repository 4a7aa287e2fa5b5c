using PeerSupport.Services.Profile;
using PeerSupport.Web.Hosting;

namespace PeerSupport.Web.Account;

/// <summary>
/// The choice of language at the foot of every page: for an account it is saved, for a visitor it stays on this device. The
/// form is posted to the page it stands on, so no address is ever written into a page or carried along.
/// </summary>
public static class LanguageChoice
{
    /// <summary>The form's only field.</summary>
    public const string Field = "tongue";

    private const int LongestForm = 32;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    /// <summary>
    /// After authentication and before any page. No form token, as with signing out: a visitor gets no cookie before they
    /// choose, and the origin guard keeps other sites out.
    /// </summary>
    public static void UseLanguageChoice(this WebApplication app) => app.Use(async (http, next) =>
    {
        if (HttpMethods.IsPost(http.Request.Method) && http.Request is { HasFormContentType: true, ContentLength: > 0 and <= LongestForm }
            && (await http.Request.ReadFormAsync(http.RequestAborted))[Field].ToString() is ("en" or "es") and var language)
            await ChooseAsync(http, language);
        else
            await next();
    });

    private static async Task ChooseAsync(HttpContext http, string language)
    {
        if (CurrentActor.Of(http) is { } actor)
            await http.RequestServices.GetRequiredService<ReaderSettings>().SetLanguageAsync(actor, language, http.RequestAborted);
        http.Response.Cookies.Append(ReaderLanguage.CookieName, language, new CookieOptions
        {
            Path = "/",
            HttpOnly = true,
            Secure = http.Request.IsHttps,
            SameSite = SameSiteMode.Lax,
            IsEssential = true,
            MaxAge = Kept,
        });
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = http.Request.Path.StartsWithSegments("/sign-in", StringComparison.OrdinalIgnoreCase) ? "/sign-in" : LocalPath.Of(http.Request.Path);
    }
}
