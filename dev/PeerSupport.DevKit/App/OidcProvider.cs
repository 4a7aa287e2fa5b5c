using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace PeerSupport.DevKit;

/// <summary>Somebody the single sign-on of the tests knows, and how it misbehaves for them. Read by dev/PeerSupport.OidcProvider.</summary>
public sealed record OidcUser(string Subject, string Email, bool? Verified = true, bool Mfa = true, bool Forged = false, bool WrongNonce = false, string? InfoEmail = null);

/// <summary>A real OpenID Connect provider as a process of its own.</summary>
public sealed class OidcProvider : IAsyncDisposable
{
    /// <summary>How the app is known to it.</summary>
    public const string ClientId = "peersupport";
    public const string ClientSecret = "known to the tests only";
    private static readonly TimeSpan PatienceToStop = TimeSpan.FromSeconds(15);

    private readonly Process process;
    private readonly AppLog log;

    private OidcProvider(Process process, AppLog log) => (this.process, this.log) = (process, log);

    /// <summary>What the app is told of a provider on this port.</summary>
    public static IReadOnlyDictionary<string, string> Settings(int port) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["PeerSupport__Oidc__Authority"] = Address(port).GetLeftPart(UriPartial.Authority),
        ["PeerSupport__Oidc__ClientId"] = ClientId,
        ["PeerSupport__Oidc__ClientSecret"] = ClientSecret,
        ["PeerSupport__Oidc__Name"] = "Harlan Bay ID",
    };

    /// <summary>Starts it and returns when its discovery document is there.</summary>
    /// <param name="port">Where it listens.</param>
    /// <param name="app">The app's public origin: nobody is sent back elsewhere.</param>
    /// <param name="logFile">Where its output goes.</param>
    /// <param name="users">Whom it knows.</param>
    public static async Task<OidcProvider> StartAsync(int port, Uri app, string logFile, IEnumerable<OidcUser> users, CancellationToken cancellationToken)
    {
        var dll = Path.Combine(SolutionFolder.Path, "dev", "PeerSupport.OidcProvider", "bin", SolutionFolder.Configuration, "net10.0", "PeerSupport.OidcProvider.dll");
        if (!File.Exists(dll))
            throw new DevKitException($"The provider is not built: {dll} does not exist.");
        var start = new ProcessStartInfo("dotnet", [dll]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ASPNETCORE_URLS"] = LoopbackPort.Urls(port);
        start.Environment["PROVIDER_CLIENT"] = ClientId;
        start.Environment["PROVIDER_SECRET"] = ClientSecret;
        start.Environment["PROVIDER_REDIRECT"] = new Uri(app, "/sign-in/provider/callback").AbsoluteUri;
        start.Environment["PROVIDER_USERS"] = JsonSerializer.Serialize(users);
        var running = Process.Start(start) ?? throw new DevKitException("dotnet could not be started.");
        var output = new AppLog(logFile);
        output.Follow(running);
        var provider = new OidcProvider(running, output);
        try
        {
            await provider.UntilReadyAsync(port, cancellationToken);
            return provider;
        }
        catch
        {
            await provider.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await RecordedProcess.StopAsync(process, PatienceToStop, CancellationToken.None);
        await log.DisposeAsync();
        process.Dispose();
    }

    private static Uri Address(int port) => new($"http://localhost:{port.ToString(CultureInfo.InvariantCulture)}");

    private async Task UntilReadyAsync(int port, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = Address(port) };
        var waiting = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri("/.well-known/openid-configuration", UriKind.Relative), cancellationToken);
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // not listening yet
            }

            if (process.HasExited || waiting.Elapsed > TimeSpan.FromSeconds(60))
                throw new DevKitException($"The provider did not get ready. Its last lines:\n{log.LastLines}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }
    }
}
