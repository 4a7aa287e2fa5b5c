using System.Diagnostics;

namespace PeerSupport.DevKit;

/// <summary>
/// The web app as a process of its own, as in production: it can be stopped, killed and started again while
/// whoever watches it goes on.
/// </summary>
public sealed class AppProcess : IAsyncDisposable
{
    private static readonly TimeSpan PatienceToStart = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan PatienceToStop = TimeSpan.FromSeconds(15);

    private readonly Process process;
    private readonly AppLog log;

    private AppProcess(Process process, AppLog log, Uri url)
    {
        this.process = process;
        this.log = log;
        Url = url;
    }

    /// <summary>Each line the app writes.</summary>
    public event Action<string>? Line
    {
        add => log.Line += value;
        remove => log.Line -= value;
    }

    /// <summary>Where this process listens; not the public origin, which may be a proxy's.</summary>
    public Uri Url { get; }

    public int Id => process.Id;

    /// <summary>Written down, it lets a later run find the process again.</summary>
    public RecordedProcess Record => RecordedProcess.Of(process);

    /// <summary>Done when the process has ended, with its exit code.</summary>
    public Task<int> Exited { get; private init; } = Task.FromResult(0);

    /// <summary>The last lines it wrote, for a sentence about why it ended.</summary>
    public string LastLines => log.LastLines;

    /// <summary>
    /// Every app this program starts from now on does not measure its own code for a better compilation, which a test is
    /// too short to win back. Never for a measurement: it would measure something else than what runs for weeks.
    /// </summary>
    public static void AllLiveBriefly() => Environment.SetEnvironmentVariable("DOTNET_TieredPGO", "0");

    /// <summary>Starts the built app and returns when it answers that it is ready.</summary>
    /// <param name="settings">What it is told.</param>
    /// <param name="logFile">Where its output goes, anew each time.</param>
    /// <param name="dll">Another build than the one beside this program.</param>
    /// <param name="started">Told as soon as there is a process, before it is ready.</param>
    /// <exception cref="DevKitException">It ended, or was not ready in time; with its last lines.</exception>
    public static async Task<AppProcess> StartAsync(AppSettings settings, string logFile, CancellationToken cancellationToken,
        string? dll = null, Action<AppProcess>? started = null)
    {
        var app = Launch(settings, logFile, dll ?? AppLauncher.BuiltDll);
        try
        {
            started?.Invoke(app);
            await app.UntilReadyAsync(cancellationToken);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks the app to finish what it does and stop, and insists after a while.</summary>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        if (!process.HasExited)
            await RecordedProcess.StopAsync(process, PatienceToStop, cancellationToken);
        await Exited;
    }

    /// <summary>Ends the app at once, as a power cut would.</summary>
    public async Task KillAsync(CancellationToken cancellationToken = default)
    {
        process.Kill(entireProcessTree: true);
        await Exited.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await log.DisposeAsync();
        process.Dispose();
    }

    private static AppProcess Launch(AppSettings settings, string logFile, string dll)
    {
        var (running, output) = AppLauncher.Launch(settings, logFile, dll);
        return new AppProcess(running, output, new Uri($"http://localhost:{settings.Port}")) { Exited = ExitOf(running, output) };
    }

    private static async Task<int> ExitOf(Process running, AppLog output)
    {
        await running.WaitForExitAsync();
        await output.CompleteAsync();
        return running.ExitCode;
    }

    private async Task UntilReadyAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = Url, Timeout = TimeSpan.FromSeconds(10) };
        var waiting = Stopwatch.StartNew();
        while (!await IsReadyAsync(http, cancellationToken))
        {
            if (waiting.Elapsed > PatienceToStart)
                throw new DevKitException($"The app did not get ready within {PatienceToStart.TotalSeconds:0} seconds. Its last lines:\n{LastLines}");
            if (await Task.WhenAny(Exited, Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken)) == Exited)
                throw new DevKitException($"The app ended with code {await Exited} before it was ready. Its last lines:\n{LastLines}");
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri("/healthz/ready", UriKind.Relative), cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false; // not listening yet, or too busy starting to answer
        }
    }
}
