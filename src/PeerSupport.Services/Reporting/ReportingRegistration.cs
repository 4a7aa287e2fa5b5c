using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PeerSupport.Domain.Reporting;
using PeerSupport.Services.Notices;

namespace PeerSupport.Services.Reporting;

/// <summary>Publishing and reading of counts.</summary>
internal static class ReportingRegistration
{
    public static IServiceCollection AddReporting(this IServiceCollection services, IConfiguration configuration)
    {
        var rules = ReportingSettings.Read(configuration);
        services.AddSingleton(rules);
        services.AddSingleton(new Publisher(rules, new GeometricNoise(rules.EpsilonThousandths)));
        services.AddSingleton<IErrandHandler, PublishErrand>();
        services.AddSingleton<Reports>();
        services.AddSingleton<ReleaseCalendars>();
        return services;
    }
}
