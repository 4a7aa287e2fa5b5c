using Microsoft.Extensions.DependencyInjection;
using PeerSupport.Services.Notices.Alerts;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.People.Administration;

/// <summary>Registers what administrators do.</summary>
internal static class AdministrationRegistration
{
    public static IServiceCollection AddAdministration(this IServiceCollection services) => services
        .AddSingleton(s => new PeopleList(s.GetRequiredService<Database>(), s.GetRequiredService<VapidKeys>(), s.GetRequiredService<TimeProvider>()))
        .AddSingleton<PeopleExport>()
        .AddSingleton<PeopleKeeping>()
        .AddSingleton<TrainingKeeping>()
        .AddSingleton<RoleRequests>()
        .AddSingleton<Approvals>()
        .AddSingleton<AgencyKeeping>()
        .AddSingleton<UnitKeeping>()
        .AddSingleton<PolicyTexts>()
        .AddSingleton<CrisisLineKeeping>()
        .AddSingleton<PrintedLines>()
        .AddSingleton<SituationKeeping>()
        .AddSingleton<SettingsHistory>()
        .AddSingleton<TimedWork>()
        .AddSingleton<PeopleImport>();
}
