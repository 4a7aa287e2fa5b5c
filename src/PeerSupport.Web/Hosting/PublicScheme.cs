namespace PeerSupport.Web.Hosting;

/// <summary>
/// Where people come by https, every request counts as https, also when a proxy in front ends the encryption. Taken
/// from our own settings: a forwarding header could be anybody's.
/// </summary>
public static class PublicScheme
{
    public static IApplicationBuilder UsePublicScheme(this WebApplication app)
    {
        var https = Uri.TryCreate(app.Configuration["PeerSupport:PublicOrigin"], UriKind.Absolute, out var origin) && origin.Scheme == Uri.UriSchemeHttps;
        return app.Use((http, next) =>
        {
            if (https)
                http.Request.Scheme = Uri.UriSchemeHttps;
            return next(http);
        });
    }
}
