using Microsoft.Extensions.Configuration;
using PeerSupport.Services.Cases;
using PeerSupport.Services.Escalation;
using PeerSupport.Services.Notices;
using PeerSupport.Services.Notices.Alerts;
using PeerSupport.Services.Sealing;

namespace PeerSupport.Services;

/// <summary>Settings of this layer that would make it fail later, found before anything starts.</summary>
public static class SettingsCheck
{
    /// <summary>What is wrong, in one sentence; null when nothing is.</summary>
    public static string? Problem(IConfiguration configuration, bool development = false)
    {
        try
        {
            var mail = MailSettings.Read(configuration);
            _ = (mail.Sender, mail.Socket);
            _ = EpochRotation.ReadKeyDays(configuration);
            _ = ContactSettings.Read(configuration);
            _ = EscalationSettings.Read(configuration);
            _ = PushSettings.Read(configuration, development);
            _ = GatewaySettings.Read(configuration, development);
            return null;
        }
        catch (InvalidOperationException wrong)
        {
            return wrong.Message;
        }
    }
}
