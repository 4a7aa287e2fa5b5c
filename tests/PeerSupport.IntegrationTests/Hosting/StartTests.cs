using System.Net;
using PeerSupport.DevKit;

namespace PeerSupport.IntegrationTests.Hosting;

/// <summary>A server that may be killed, and an installation on it whose app is stopped.</summary>
public sealed class StoppedApp : IAsyncLifetime
{
    public PostgresForTests Postgres { get; private set; } = null!;
    public RunningApp App { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Postgres = await PostgresForTests.StartOwnAsync(CancellationToken.None);
        App = await RunningApp.StartAsync(Postgres);
        await App.Process.StopAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Postgres.DisposeAsync();
    }
}

/// <summary>When the app refuses to start, and how it starts without a database.</summary>
public sealed class StartTests(StoppedApp installation) : IClassFixture<StoppedApp>
{
    private readonly PostgresForTests postgres = installation.Postgres;
    private readonly RunningApp app = installation.App;
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Demonstration_mode_outside_development_does_not_start() =>
        (await Refusal(settings => settings with { Extra = Add("ASPNETCORE_ENVIRONMENT", "Production"), PublicOrigin = new Uri("https://peersupport.example.org") }))
            .ShouldContain("Demonstration mode is on outside the Development environment");

    [Theory]
    [InlineData("Mail__From", "nobody at nowhere@", "Mail:From must be an address")]
    [InlineData("Mail__Security", "Sometimes", "Mail:Security must be")]
    [InlineData("PeerSupport__KeyDays", "0", "KeyDays must lie between 1 and 30")]
    [InlineData("PeerSupport__KeyDirectory", "", "KeyDirectory is not set")]
    public async Task A_setting_that_would_fail_later_is_named_at_once(string name, string value, string sentence) =>
        (await Refusal(settings => settings with { Extra = Add(name, value) })).ShouldContain(sentence);

    [Fact]
    public async Task S43_A_login_that_undoes_a_lock_does_not_start()
    {
        (await Refusal(settings => settings with { Databases = settings.Databases with { Board = postgres.AdminConnectionString(app.Database) } })).ShouldContain("is a superuser");
        (await Refusal(settings => settings with { Databases = settings.Databases with { Jobs = settings.Databases.Owner } })).ShouldContain("owns tables");
        (await Refusal(settings => settings with { Databases = settings.Databases with { Board = settings.Databases.Board + ";No Reset On Close=true" } })).ShouldContain("No Reset On Close");
    }

    [Fact]
    public async Task S68_Without_a_database_it_says_so_and_serves_as_soon_as_there_is_one()
    {
        await postgres.Cluster!.KillAsync(Token);
        var (process, starting) = await Launch(app.Settings);
        using var visitor = new PageClient(process.Url);
        var page = await visitor.GetAsync("/sign-in", Token);
        page.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        page.Document.QuerySelector("h1")!.TextContent.ShouldBe("We cannot reach our records right now");
        page.Document.QuerySelector("footer")!.TextContent.ShouldContain("988");

        await postgres.Cluster!.RestartAsync(Token);
        await starting;
        (await visitor.GetAsync("/sign-in", Token)).Status.ShouldBe(HttpStatusCode.OK);
        await process.DisposeAsync();
    }

    [Fact]
    public async Task S43_A_login_found_unsafe_later_stops_the_app_before_it_served_anybody()
    {
        await postgres.Cluster!.KillAsync(Token);
        var (process, starting) = await Launch(app.Settings with { Databases = app.Settings.Databases with { Board = postgres.AdminConnectionString(app.Database) } });
        using var visitor = new PageClient(process.Url);
        (await visitor.GetAsync("/sign-in", Token)).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        await postgres.Cluster!.RestartAsync(Token);
        (await Should.ThrowAsync<DevKitException>(starting)).Message.ShouldContain("is a superuser");
        (await process.Exited).ShouldBe(1);
    }

    private Dictionary<string, string> Add(string name, string value) => new(app.Settings.Extra, StringComparer.Ordinal) { [name] = value };

    private async Task<string> Refusal(Func<AppSettings, AppSettings> change)
    {
        var refused = await Should.ThrowAsync<DevKitException>(() => AppProcess.StartAsync(change(app.Settings), Log(), Token));
        refused.Message.ShouldContain("ended with code 1");
        return refused.Message;
    }

    /// <summary>Starts it and returns when it answers anything at all; the task is done when it is ready.</summary>
    private async Task<(AppProcess Process, Task<AppProcess> Starting)> Launch(AppSettings settings)
    {
        AppProcess? process = null;
        var starting = AppProcess.StartAsync(settings, Log(), Token, started: begun => process = begun);
        using var http = new HttpClient { BaseAddress = process!.Url };
        for (var attempt = 0; attempt < 300; attempt++)
        {
            try
            {
                (await http.GetAsync(new Uri("/healthz/live", UriKind.Relative), Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
                return (process, starting);
            }
            catch (HttpRequestException)
            {
                await Task.Delay(100, Token);
            }
        }

        throw new TimeoutException("The app did not begin to listen.");
    }

    private string Log() => Path.Combine(app.Folder, $"app-start-{Guid.NewGuid():N}.log");
}
