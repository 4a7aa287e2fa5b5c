using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

[assembly: HostingStartup(typeof(PeerSupport.EndpointList.EndpointListStartup))]

namespace PeerSupport.EndpointList;

/// <summary>One address of the app.</summary>
/// <param name="Method">GET, POST and so on; "*" where it takes any.</param>
/// <param name="Route">Its pattern.</param>
/// <param name="IsFile">A style sheet, a script, a picture: nobody's.</param>
/// <param name="IsOpen">Anybody may call it, signed in or not.</param>
/// <param name="Roles">The roles its lock asks for, by name; empty where it asks for none.</param>
public sealed record MappedEndpoint(string Method, string Route, bool IsFile, bool IsOpen, IReadOnlyList<string> Roles);

/// <summary>What an app process is told, so that it can be asked for its addresses.</summary>
public static class EndpointListing
{
    /// <summary>Where it answers.</summary>
    public const string Path = "/every/address/of/the/app";

    /// <summary>The variables of the app's process.</summary>
    public static IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["DOTNET_STARTUP_HOOKS"] = typeof(EndpointListing).Assembly.Location,
        ["ASPNETCORE_HOSTINGSTARTUPASSEMBLIES"] = typeof(EndpointListing).Assembly.GetName().Name!,
    };
}

/// <summary>Inside the app: one more address, before all of its own, which tells them.</summary>
internal sealed class EndpointListStartup : IHostingStartup
{
    public void Configure(IWebHostBuilder builder) => builder.ConfigureServices(services => services.AddTransient<IStartupFilter, Filter>());

    private sealed class Filter : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((http, rest) => http.Request.Path == EndpointListing.Path
                ? http.Response.WriteAsync(JsonSerializer.Serialize(Mapped(http.RequestServices.GetRequiredService<EndpointDataSource>())), http.RequestAborted)
                : rest(http));
            next(app);
        };
    }

    private static IEnumerable<MappedEndpoint> Mapped(EndpointDataSource source) =>
        from endpoint in source.Endpoints.OfType<RouteEndpoint>()
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods : ["*"]
        select new MappedEndpoint(
            method, "/" + endpoint.RoutePattern.RawText!.Trim('/'), endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is not null,
            endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null, [.. Roles(endpoint).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);

    private static IEnumerable<string> Roles(Endpoint endpoint) =>
    [
        .. endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().SelectMany(lockOf => (lockOf.Roles ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)),
        .. endpoint.Metadata.GetOrderedMetadata<AuthorizationPolicy>().SelectMany(policy => policy.Requirements).OfType<RolesAuthorizationRequirement>().SelectMany(asked => asked.AllowedRoles),
    ];
}
