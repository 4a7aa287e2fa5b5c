using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using PeerSupport.Services.Notices.Alerts;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Profile;

/// <summary>The use cases of one's own profile.</summary>
internal static class ProfileRegistration
{
    public static IServiceCollection AddProfile(this IServiceCollection services)
    {
        services.AddSingleton<OwnProfile>();
        services.AddSingleton<ReaderSettings>();
        services.AddSingleton<OftenLimit>();
        services.AddSingleton(s => new SelfAlerts(s.GetRequiredService<Database>(), s.GetServices<IAlertTransport>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new AlertChannels(
            s.GetRequiredService<Database>(), s.GetRequiredService<SelfAlerts>(), s.GetRequiredService<PushSettings>(), s.GetRequiredService<VapidKeys>(),
            s.GetRequiredService<GatewaySettings>(), s.GetRequiredService<OftenLimit>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new Practice(s.GetRequiredService<Database>(), s.GetRequiredService<SelfAlerts>(), s.GetRequiredService<OftenLimit>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new Phones(
            s.GetRequiredService<AlertChannels>(), s.GetRequiredService<GatewayTransport>(), s.GetRequiredService<GatewaySettings>(),
            s.GetRequiredService<OftenLimit>(), s.GetRequiredService<IDataProtectionProvider>(), s.GetRequiredService<TimeProvider>()));
        return services;
    }
}
