using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PeerSupport.Domain.Cases;
using PeerSupport.Services.Notices;
using PeerSupport.Services.Persistence;
using PeerSupport.Services.Sealing;

namespace PeerSupport.Services.Cases;

/// <summary>The use cases of a support case. Those that seal or open are made here: nobody else holds a sealer.</summary>
internal static class CasesRegistration
{
    public static IServiceCollection AddCases(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(ContactSettings.Read(configuration));
        services.AddSingleton(HandBackSettings.Read(configuration));
        services.AddSingleton(s => new PostCase(s.GetRequiredService<Database>(), s.GetRequiredService<CaseSealer>(), s.GetRequiredService<HandBackLimit>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new Drafts(s.GetRequiredService<Database>(), s.GetRequiredService<CaseSealer>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new RevealIdentity(s.GetRequiredService<Database>(), s.GetRequiredService<CaseSealer>()));
        services.AddSingleton<PostingChoices>();
        services.AddSingleton<PostedCaseList>();
        services.AddSingleton<PeerBoards>();
        services.AddSingleton<CrowdBoards>();
        services.AddSingleton<AcceptCase>();
        services.AddSingleton<HeldCases>();
        services.AddSingleton<CountContact>();
        services.AddSingleton<HandBack>();
        services.AddSingleton<TakeBack>();
        services.AddSingleton<TakeOverCase>();
        services.AddSingleton<CloseCase>();
        services.AddSingleton<WithdrawCase>();
        services.AddSingleton<Situations>();
        services.AddSingleton<WidenNow>();
        services.AddSingleton<CaseProgress>();
        services.AddSingleton<HandBackWatch>();
        services.AddSingleton<IErrandHandler>(s => new WaveErrand(s.GetRequiredService<HandBackLimit>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IErrandHandler>(s => new PeerGone(s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IErrandHandler>(s => new CasesLeft(s.GetRequiredService<TimeProvider>()));
        return services;
    }
}
