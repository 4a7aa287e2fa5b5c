using Microsoft.AspNetCore.ResponseCompression;

namespace PeerSupport.Web.Hosting;

/// <summary>
/// Small answers for bad links. Never for a page that shows an officer: what is compressed beside a secret can be
/// guessed from its length.
/// </summary>
public static class Compression
{
    /// <summary>Pages that give back what was typed about an officer.</summary>
    private static readonly string[] Typed = ["/cases", "/hand-on"];

    public static IServiceCollection AddCompression(this IServiceCollection services) =>
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = ["text/html"];
            options.Providers.Add<BrotliCompressionProvider>();
            options.Providers.Add<GzipCompressionProvider>();
        });

    public static IApplicationBuilder UseCompression(this IApplicationBuilder app) =>
        app.UseWhen(
            http => !http.Request.Path.StartsWithSegments("/reveal", StringComparison.OrdinalIgnoreCase)
                && !(HttpMethods.IsPost(http.Request.Method) && Typed.Any(path => http.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase))),
            branch => branch.UseResponseCompression());
}
