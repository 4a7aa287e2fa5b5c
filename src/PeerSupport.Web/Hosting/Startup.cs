using PeerSupport.Services;
using PeerSupport.Services.Persistence;
using PeerSupport.Web.Account;

namespace PeerSupport.Web.Hosting;

/// <summary>Reasons not to start at all, each in one sentence.</summary>
public static class Startup
{
    /// <summary>Null when the settings are safe.</summary>
    public static string? ReasonNotToStart(IConfiguration configuration, IHostEnvironment environment)
    {
        if (configuration.GetValue<bool>("PeerSupport:Demonstration") && !environment.IsDevelopment())
            return "Demonstration mode is on outside the Development environment: everybody knows its passwords. The app does not start.";
        if (!Uri.TryCreate(configuration["PeerSupport:PublicOrigin"], UriKind.Absolute, out var origin))
            return "PeerSupport:PublicOrigin is not set: the address people type, such as https://peersupport.example.org.";
        if (origin.Scheme != Uri.UriSchemeHttps && !environment.IsDevelopment())
            return "PeerSupport:PublicOrigin must begin with https outside the Development environment.";
        if (string.IsNullOrWhiteSpace(configuration["PeerSupport:KeyDirectory"]))
            return "PeerSupport:KeyDirectory is not set: the directory of the epoch keys, outside the database and its backups.";
        return ProviderSettings.Problem(configuration, environment.IsDevelopment()) ?? SettingsCheck.Problem(configuration);
    }

    /// <summary>The sentence about an unsafe login, if the database answers already; null otherwise.</summary>
    public static async Task<string?> UnsafeLoginAsync(this WebApplication app)
    {
        try
        {
            await app.Services.GetRequiredService<Readiness>().CheckLoginsAsync(CancellationToken.None);
            return null;
        }
        catch (UnsafeConnectionException refused)
        {
            return refused.Message;
        }
    }
}
