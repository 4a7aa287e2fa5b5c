using Microsoft.Playwright;
using PeerSupport.BrowserTests;
using PeerSupport.DevKit;
using PeerSupport.DevKit.Demonstration;

[assembly: AssemblyFixture(typeof(BrowserFixture))]
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace PeerSupport.BrowserTests;

/// <summary>The running app and a real browser, for the whole run. Each test opens windows of its own.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private IPlaywright playwright = null!;
    /// <summary>
    /// What the driver turns off already, which a second list would turn on again, and the menus of a window that nobody sees: made
    /// ready for each window, they cost a fifth of the time it takes to open one.
    /// </summary>
    private const string Unneeded =
        "AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,DialMediaRouteProvider,GlobalMediaControls,HttpsUpgrades,LensOverlay,MediaRouter,PaintHolding,"
        + "ThirdPartyStoragePartitioning,BlockOriginHeaderModificationOnRedirect,AvoidCorsURLLoaderRestartOnRedirect,Translate,AutoDeElevate,OptimizationHints,NetworkTimeServiceQuerying,"
        + "PreloadTopChromeWebUI,PreloadTopChromeWebUILessNavigations,WebUITabStrip";
    private string? opener;
    private PostgresForTests postgres = null!;

    public RunningApp App { get; private set; } = null!;
    public IBrowser Browser { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        AppProcess.AllLiveBriefly();
        postgres = await PostgresForTests.AcquireAsync(CancellationToken.None);
        App = await RunningApp.StartAsync(postgres);
        playwright = await Playwright.CreateAsync();
        Browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = await DevKit.Browser.FindAsync(null, CancellationToken.None),
            Args = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", $"--disable-features={Unneeded}"],
        });
    }

    /// <summary>A window of a phone's width, or a desk's. Those a test that failed left open are closed.</summary>
    public async Task<IPage> OpenAsync(bool phone = true, bool dark = false, bool scripts = true)
    {
        if (TestContext.Current.Test?.UniqueID is var test && test != opener)
        {
            opener = test;
            foreach (var left in Browser.Contexts)
                await left.CloseAsync();
        }

        var context = await Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = App.Settings.PublicOrigin.ToString(),
            ViewportSize = new ViewportSize { Width = phone ? 390 : 1280, Height = phone ? 844 : 900 },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            JavaScriptEnabled = scripts,
        });
        context.SetDefaultTimeout(20_000);
        return await context.NewPageAsync();
    }

    /// <summary>A window in which somebody has signed in with their password.</summary>
    public async Task<IPage> SignedInAsync(string login, bool phone = true, bool dark = false, bool scripts = true)
    {
        var page = await OpenAsync(phone, dark, scripts);
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("Email", new() { Exact = true }).FillAsync($"{login}@demo.test");
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(DemonstrationPeople.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a password" }).ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
        return page;
    }

    /// <summary>Cases and seats as they were: tests do not stand in each other's way.</summary>
    public async Task NobodyHoldsAnythingAsync()
    {
        await App.SqlAsync("delete from support_cases where holder_id is not null");
        await App.SqlAsync("update peers set held = 0, on_duty = true, hand_backs = '{}'");
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        playwright.Dispose();
        await App.DisposeAsync();
        await postgres.DisposeAsync();
    }
}
