using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PeerSupport.Domain.Cases;
using PeerSupport.Services.Escalation;
using PeerSupport.Services.Notices.Alerts;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;
using PeerSupport.Services.Sealing;

namespace PeerSupport.Services.Notices;

/// <summary>Mail, signals between nodes, and the daily rotation: what runs beside the pages.</summary>
internal static class NoticesRegistration
{
    public static IServiceCollection AddNotices(this IServiceCollection services, IConfiguration configuration, bool development, string keyDirectory)
    {
        services.AddSingleton(s => MailSettings.Read(s.GetRequiredService<IConfiguration>()));
        services.AddTransient<IMailTransport>(s => new SmtpTransport(s.GetRequiredService<MailSettings>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<MailHealth>();
        // Messages first: they are few, and an alarm may be among them.
        services.AddSingleton<IMailQueue>(s => new MessageQueue(s.GetRequiredService<Database>(), s.GetRequiredService<LinkSecrets>(), s.GetRequiredService<InvitationTokens>()));
        services.AddSingleton<IMailQueue>(s => new NoticeMailQueue(s.GetRequiredService<Database>(), s.GetRequiredService<HandBackLimit>()));
        services.AddSingleton(s => new MailOutbox([.. s.GetServices<IMailQueue>()], s.GetRequiredService<TimeProvider>(), s.GetRequiredService<MailSettings>(), s.GetRequiredService<IConfiguration>()));
        services.AddSingleton(_ => PushSettings.Read(configuration, development));
        services.AddSingleton(_ => GatewaySettings.Read(configuration, development));
        services.AddSingleton(s => new VapidKeys(keyDirectory, $"mailto:{s.GetRequiredService<MailSettings>().Sender.Address}"));
        services.AddSingleton<PushTransport>().AddSingleton<IAlertTransport>(s => s.GetRequiredService<PushTransport>());
        services.AddSingleton<GatewayTransport>().AddSingleton<IAlertTransport>(s => s.GetRequiredService<GatewayTransport>());
        services.AddSingleton(s => new AlertOutbox(s.GetRequiredService<Database>(), s.GetRequiredService<HandBackLimit>(), s.GetServices<IAlertTransport>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new PushOverview(s.GetRequiredService<Database>(), s.GetRequiredService<VapidKeys>()));
        services.AddSingleton<PushKeyCheck>();
        services.AddSingleton<IErrandHandler, TrainingReminder>();
        services.AddSingleton(s => new Errands(s.GetRequiredService<Database>(), s.GetServices<IErrandHandler>(), s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<Errands>>()));
        services.AddSingleton(s => new EpochRotation(s.GetRequiredService<Database>(), s.GetRequiredService<CaseSealer>(), s.GetRequiredService<IEpochKeyStore>(), s.GetRequiredService<TimeProvider>(), s.GetRequiredService<IConfiguration>()));
        services.AddSingleton<SealingOverview>();
        services.AddHostedService<SignalRelay>();
        services.AddHostedService<EpochRotationService>();
        services.AddHostedService<MailService>();
        services.AddHostedService<AlertService>();
        services.AddHostedService<ErrandService>();
        return services;
    }
}
