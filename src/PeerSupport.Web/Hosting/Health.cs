using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Web.Hosting;

/// <summary>/healthz/live: the process answers. /healthz/ready: it may be sent people. A word each, no detail.</summary>
public static class Health
{
    public static IServiceCollection AddReadiness(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<ReadinessCheck>("ready", tags: ["ready"]);
        services.AddHostedService<LoginWatch>();
        return services;
    }

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/healthz/live", new() { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/healthz/ready", new() { Predicate = check => check.Tags.Contains("ready") }).AllowAnonymous();
    }

    /// <summary>Nobody is served by logins that nobody has checked. After routing: style sheets and health answer even then.</summary>
    public static IApplicationBuilder UseCheckedLoginsOnly(this WebApplication app)
    {
        var readiness = app.Services.GetRequiredService<Readiness>();
        return app.Use((http, next) =>
        {
            if (readiness.LoginsChecked || http.Request.Path.StartsWithSegments("/healthz", StringComparison.OrdinalIgnoreCase)
                || http.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null)
                return next(http);
            return app.Services.GetRequiredService<FaultPages>().UnavailableAsync(http);
        });
    }

    private sealed class ReadinessCheck(Readiness readiness) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                return await readiness.IsReadyAsync(cancellationToken) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy();
            }
            catch (UnsafeConnectionException)
            {
                return HealthCheckResult.Unhealthy(); // LoginWatch says why, and stops the app
            }
        }
    }
}
