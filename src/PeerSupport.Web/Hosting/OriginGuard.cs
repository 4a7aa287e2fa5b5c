using PeerSupport.Domain;

namespace PeerSupport.Web.Hosting;

/// <summary>
/// Refuses what another site sends in somebody's name: any request that may change something, and any circuit, whose
/// origin is not ours. The second lock beside anti-forgery tokens and same-site cookies.
/// </summary>
public static class OriginGuard
{
    private const string Circuit = "/_blazor";

    public static IApplicationBuilder UseOriginGuard(this WebApplication app)
    {
        var ours = Uri.TryCreate(app.Configuration["PeerSupport:PublicOrigin"], UriKind.Absolute, out var configured)
            ? configured.GetLeftPart(UriPartial.Authority)
            : null;
        var development = app.Environment.IsDevelopment();
        return app.Use(async (http, next) =>
        {
            if (IsForeign(http.Request, ours, development))
            {
                http.Response.StatusCode = StatusCodes.Status403Forbidden;
                http.Response.ContentType = "text/plain; charset=utf-8";
                ReaderLanguage.Apply(http);
                await http.Response.WriteAsync(Say.T("This came from another site, so nothing was done.", "Esto vino de otro sitio, así que no se hizo nada."), http.RequestAborted);
                return;
            }

            await next(http);
        });
    }

    /// <summary>True for a request that may change something, or opens a circuit, and was begun by another site's page.</summary>
    internal static bool IsForeign(HttpRequest request, string? ours, bool development)
    {
        var circuit = request.Path.StartsWithSegments(Circuit, StringComparison.OrdinalIgnoreCase);
        if (!circuit && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)))
            return false;
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site is "cross-site" or "same-site")
            return true;
        var origin = request.Headers.Origin.ToString();
        if (origin.Length == 0)
            return false; // no browser: browsers name an origin with every post and every circuit
        if (origin == "null")
            // What our own forms send, because our pages allow no referrer. A sandboxed frame says "null" too, but cannot
            // say "same-origin". Circuits always name theirs.
            return circuit || site != "same-origin";
        if (string.Equals(origin, ours, StringComparison.OrdinalIgnoreCase))
            return false;
        // On a developer's machine the same app may be reached as localhost and as 127.0.0.1.
        return !(development && string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase));
    }
}
