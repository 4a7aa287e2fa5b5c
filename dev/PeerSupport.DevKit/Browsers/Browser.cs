namespace PeerSupport.DevKit;

/// <summary>A browser of the Chromium family, for tests that look at real pages.</summary>
public static class Browser
{
    /// <summary>What to say when all else failed.</summary>
    public const string HowToInstall =
        "No browser was found and none could be fetched. Install Chromium, Google Chrome or Microsoft Edge, or set "
        + "PEERSUPPORT_BROWSER to the path of one.";

    /// <summary>
    /// The path of a browser: PEERSUPPORT_BROWSER, then the usual places, then one that Playwright fetched before; else
    /// (as root on Debian) apt, and last Playwright's own download.
    /// </summary>
    /// <param name="report">Gets a sentence when something is fetched, as that takes a while.</param>
    /// <param name="usualPlaces">Files to look for instead of the usual ones (tests hide the machine's own).</param>
    public static async Task<string> FindAsync(Action<string>? report, CancellationToken cancellationToken,
        IReadOnlyList<string>? usualPlaces = null)
    {
        if (Environment.GetEnvironmentVariable("PEERSUPPORT_BROWSER") is { Length: > 0 } chosen)
            return File.Exists(chosen)
                ? chosen
                : throw new DevKitException($"PEERSUPPORT_BROWSER names {chosen}, which does not exist.");

        if ((usualPlaces ?? BrowserPlaces.Usual).Concat(BrowserPlaces.FetchedByPlaywright()).FirstOrDefault(File.Exists) is { } found)
            return found;

        if (await Apt.TryInstallAsync("chromium", report, cancellationToken)
            && BrowserPlaces.Usual.FirstOrDefault(File.Exists) is { } installed)
            return installed;

        report?.Invoke("Fetching a browser with Playwright, which takes a minute (once).");
        var fetched = await Npm.TryRunPackageAsync(["--yes", "playwright", "install", "chromium"], cancellationToken);
        if (fetched is { Succeeded: true } && BrowserPlaces.FetchedByPlaywright().FirstOrDefault(File.Exists) is { } own)
            return own;
        throw new DevKitException(HowToInstall);
    }
}
