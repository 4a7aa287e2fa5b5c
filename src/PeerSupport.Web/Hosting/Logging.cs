using Serilog;
using Serilog.Events;

namespace PeerSupport.Web.Hosting;

/// <summary>What is logged: that something happened, never about whom. No paths, queries, addresses of people or machines.</summary>
public static class Logging
{
    public static void AddQuietLogging(this WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Services.AddSerilog((_, log) => log
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("System", LogEventLevel.Warning)
            .MinimumLevel.Override("Npgsql", LogEventLevel.Warning)
            // EF Core repeats failed SQL with its exceptions; the use case's caller reports the failure instead.
            .MinimumLevel.Override("Microsoft.EntityFrameworkCore", LogEventLevel.Fatal)
            .MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Information)
            .Enrich.FromLogContext()
            .WriteTo.Console(new RedactingFormatter()));
    }

    /// <summary>One line per request: method, route pattern (never the address), status and duration.</summary>
    public static IApplicationBuilder UseRequestLog(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("PeerSupport.Requests");
        var clock = app.Services.GetRequiredService<TimeProvider>();
        return app.Use(async (http, next) =>
        {
            var started = clock.GetTimestamp();
            await next(http);
            var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
            if (route is null || route.StartsWith("/healthz", StringComparison.Ordinal))
                return;
            log.LogInformation("{Method} {Route} {Status} in {Elapsed:0} ms", http.Request.Method, route, http.Response.StatusCode, clock.GetElapsedTime(started).TotalMilliseconds);
        });
    }
}
