using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PeerSupport.Services.Notices;
using PeerSupport.Services.Persistence;
using PeerSupport.Services.Sealing;

namespace PeerSupport.Services.Escalation;

/// <summary>The use cases of hand-offs and formal tracks. Those that seal, open or add to a record are made here: nobody else holds a sealer or a log.</summary>
internal static class EscalationRegistration
{
    public static IServiceCollection AddEscalation(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(EscalationSettings.Read(configuration));
        services.AddSingleton<TrackLog>();
        services.AddSingleton<OfficerCodes>();
        services.AddSingleton<LinkSecrets>();
        services.AddSingleton<ReferralDispatch>();
        services.AddSingleton<TrackSteps>();
        services.AddSingleton(s => new HandOnReceipts(s.Database(), s.GetRequiredService<OfficerCodes>(), s.GetRequiredService<LinkSecrets>(), s.Clock()));
        services.AddSingleton(s => new Escalate(
            s.Database(), s.GetRequiredService<CaseSealer>(), s.GetRequiredService<TrackLog>(), s.GetRequiredService<ReferralDispatch>(),
            s.GetRequiredService<HandOnReceipts>(), s.GetRequiredService<OfficerCodes>(), s.GetRequiredService<EscalationSettings>(), s.Clock()));
        services.AddSingleton(s => new Tracks(s.Database(), s.GetRequiredService<TrackLog>()));
        services.AddSingleton(s => new ReadTrack(s.Database(), s.GetRequiredService<CaseSealer>(), s.GetRequiredService<Tracks>(), s.GetRequiredService<TrackLog>()));
        services.AddSingleton(s => new OfficerCopies(
            s.Database(), s.GetRequiredService<Tracks>(), s.GetRequiredService<ReadTrack>(), s.GetRequiredService<OfficerCodes>(), s.GetRequiredService<TrackLog>()));
        services.AddSingleton(s => new TakeStep(s.Database(), s.GetRequiredService<TrackSteps>(), s.Clock()));
        services.AddSingleton(s => new TakeOver(s.Database(), s.GetRequiredService<TrackLog>()));
        services.AddSingleton(s => new TrackEntries(s.Database(), s.GetRequiredService<TrackLog>(), s.Clock()));
        services.AddSingleton(s => new HandOffLinks(s.Database(), s.GetRequiredService<ReferralDispatch>(), s.GetRequiredService<LinkSecrets>(), s.Clock()));
        services.AddSingleton(s => new AnswerByLink(
            s.Database(), s.GetRequiredService<ReadTrack>(), s.GetRequiredService<TrackSteps>(), s.GetRequiredService<LinkSecrets>(), s.Clock()));
        services.AddSingleton(s => new MyReferral(
            s.Database(), s.GetRequiredService<OfficerCodes>(), s.GetRequiredService<TrackSteps>(), s.GetRequiredService<TrackLog>(), s.Clock()));
        services.AddSingleton<IErrandHandler, Chasing>();
        services.AddSingleton(s => new VerifyTracks(s.Database(), s.GetRequiredService<TrackLog>()));
        services.AddSingleton(s => new HandOnCases(s.Database()));
        services.AddSingleton(s => new DangerAlarms(s.Database(), s.GetRequiredService<EscalationSettings>(), s.Clock()));
        services.AddSingleton(s => new DangerAnswers(s.Database(), s.GetRequiredService<EscalationSettings>(), s.Clock()));
        services.AddSingleton(s => new OnCallDuty(s.Database(), s.Clock()));
        services.AddSingleton<IErrandHandler>(s => new DangerLadder(s.GetRequiredService<EscalationSettings>(), s.Clock()));
        services.AddSingleton<IErrandHandler>(_ => new DangerForget());
        services.AddSingleton<IErrandHandler>(s => new CheckInReminder(s.Clock()));
        services.AddSingleton<ClinicianDirectory>();
        services.AddSingleton<ClinicianDirectoryKeeping>();
        services.AddSingleton<Retention>();
        services.AddSingleton<IErrandHandler>(s => new RetentionErrand(s.Clock()));
        return services;
    }

    private static Database Database(this IServiceProvider services) => services.GetRequiredService<Database>();

    private static TimeProvider Clock(this IServiceProvider services) => services.GetRequiredService<TimeProvider>();
}
