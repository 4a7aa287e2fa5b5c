using PeerSupport.Web.Shared;

namespace PeerSupport.Web.Hosting;

/// <summary>Headers of every answer: no foreign script, frame, form target or referrer, and no page kept by a cache.</summary>
public static class SecurityHeaders
{
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        http.Response.OnStarting(() =>
        {
            Apply(http, http.GetEndpoint()?.Metadata.GetMetadata<LiveAttribute>() is { Mud: true });
            return Task.CompletedTask;
        });
        return next(http);
    });

    /// <summary>Sets them. MudBlazor, on its pages only, needs style attributes; nobody needs an inline script.</summary>
    public static void Apply(HttpContext http, bool mud)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        // What is no page needs no more: every byte counts on a bad link.
        if (http.Response.ContentType is { } type && (type.StartsWith("text/css", StringComparison.OrdinalIgnoreCase) || type.StartsWith("image/", StringComparison.OrdinalIgnoreCase)))
            return;
        var style = mud ? "'self' 'unsafe-inline'" : "'self'";
        headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'self'; style-src {style}; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), publickey-credentials-get=(self), publickey-credentials-create=(self)";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (http.Request.IsHttps)
            headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        if (http.Response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true)
            headers.CacheControl = "no-store";
    }
}
