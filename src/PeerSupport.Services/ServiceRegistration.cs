using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using PeerSupport.Services.Cases;
using PeerSupport.Services.Escalation;
using PeerSupport.Services.Notices;
using PeerSupport.Services.People;
using PeerSupport.Services.People.Administration;
using PeerSupport.Services.Persistence;
using PeerSupport.Services.Profile;
using PeerSupport.Services.Reporting;
using PeerSupport.Services.Sealing;

namespace PeerSupport.Services;

/// <summary>Everything the web app needs from this layer, in one call.</summary>
public static class ServiceRegistration
{
    /// <summary>Registers the use cases and what they stand on.</summary>
    public static IServiceCollection AddPeerSupport(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(_ => new DataSources(configuration, environment.IsDevelopment()));
        // Accounts only: what Identity and Data Protection ask for. Case data goes through Database and its roles.
        services.AddDbContext<PeerSupportContext>((provider, options) =>
            options.Configure(provider.GetRequiredService<DataSources>()[DatabaseRole.Accounts], provider));
        services.AddSingleton<CaseSignals>();
        services.AddSingleton<Database>();
        services.AddSingleton<ActorResolver>();
        var keyDirectory = configuration["PeerSupport:KeyDirectory"] ?? throw new InvalidOperationException("PeerSupport:KeyDirectory is not set.");
        services.AddSingleton<IEpochKeyStore>(_ => new KeyDirectory(keyDirectory));
        services.AddSingleton(_ => new InstallationSecret(keyDirectory));
        services.AddSingleton<CaseSealer>();
        services.AddSingleton<Readiness>();
        services.AddSignIn(configuration);
        services.AddAdministration();
        services.AddCases(configuration);
        services.AddEscalation(configuration);
        services.AddReporting(configuration);
        services.AddNotices(configuration, environment.IsDevelopment(), keyDirectory);
        services.AddProfile();
        return services;
    }
}
