using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace PeerSupport.Web.Hosting;

/// <summary>OpenTelemetry, only where OTEL_EXPORTER_OTLP_ENDPOINT is set. Addresses of pages and people stay out of it.</summary>
public static class Telemetry
{
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            return;
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("peersupport"))
            .WithTracing(tracing => tracing.AddAspNetCoreInstrumentation().AddProcessor(new PathRemover()).AddOtlpExporter())
            .WithMetrics(metrics => metrics.AddAspNetCoreInstrumentation().AddRuntimeInstrumentation().AddOtlpExporter());
    }

    /// <summary>An address can hold a case's id; the route that matched says as much to an operator.</summary>
    internal sealed class PathRemover : BaseProcessor<Activity>
    {
        private static readonly string[] Removed = ["url.path", "url.query", "url.full", "http.target", "http.url", "user_agent.original", "client.address", "client.port", "network.peer.address", "network.peer.port", "server.address"];

        public override void OnEnd(Activity data)
        {
            foreach (var tag in Removed)
                data.SetTag(tag, null);
        }
    }
}
