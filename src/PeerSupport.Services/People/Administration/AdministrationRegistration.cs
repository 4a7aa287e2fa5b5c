using Microsoft.Extensions.DependencyInjection;

namespace PeerSupport.Services.People.Administration;

/// <summary>Registers what administrators do.</summary>
internal static class AdministrationRegistration
{
    public static IServiceCollection AddAdministration(this IServiceCollection services) => services
        .AddSingleton<PeopleList>()
        .AddSingleton<PeopleKeeping>()
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
