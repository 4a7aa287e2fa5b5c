using System.Globalization;
using PeerSupport.Web.Account;

namespace PeerSupport.Web.Hosting;

/// <summary>
/// Sets the language of the words for each request, and so for the circuit that a request opens: the account's own; for
/// somebody without one, what they chose on this device, or what their browser asks for.
/// </summary>
public static class ReaderLanguage
{
    /// <summary>Holds "en" or "es" and nothing else. Set only when somebody asks for the other language.</summary>
    public const string CookieName = "language";

    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");
    private static readonly CultureInfo Spanish = CultureInfo.GetCultureInfo("es-US");

    /// <summary>After authentication: whoever is signed in reads their own language.</summary>
    public static void UseReaderLanguage(this WebApplication app) => app.Use((http, next) =>
    {
        Apply(http);
        return next();
    });

    /// <summary>
    /// Once more for a page that is written before, or after, the request's own language was set: what is set inside a
    /// request does not reach those who stand around it. Before somebody is known to be signed in, their browser decides.
    /// </summary>
    internal static void Apply(HttpContext http) => Set(CurrentActor.Of(http)?.Language ?? Asked(http.Request));

    /// <summary>Makes this the language of what is rendered from here on.</summary>
    public static void Set(string language) => CultureInfo.CurrentUICulture = string.Equals(language, "es", StringComparison.Ordinal) ? Spanish : English;

    // What a browser asks for, the most wanted first.
    private static string Asked(HttpRequest request)
    {
        if (request.Cookies[CookieName] is ("en" or "es") and var chosen)
            return chosen;
        foreach (var wish in request.GetTypedHeaders().AcceptLanguage.OrderByDescending(wish => wish.Quality ?? 1))
        {
            if (wish.Value.StartsWith("es", StringComparison.OrdinalIgnoreCase))
                return "es";
            if (wish.Value.StartsWith("en", StringComparison.OrdinalIgnoreCase))
                return "en";
        }

        return "en";
    }
}
