using static System.Environment;

namespace PeerSupport.DevKit;

/// <summary>Where installers put browsers of the Chromium family on Linux, macOS and Windows.</summary>
internal static class BrowserPlaces
{
    public static IReadOnlyList<string> Usual =>
        OperatingSystem.IsWindows() ? [.. OnWindows()] : OperatingSystem.IsMacOS() ? [.. OnMac()] : [.. OnLinux()];

    /// <summary>Playwright keeps one folder per build; the newest first.</summary>
    public static IEnumerable<string> FetchedByPlaywright()
    {
        var home = GetFolderPath(SpecialFolder.UserProfile);
        var cache = GetEnvironmentVariable("PLAYWRIGHT_BROWSERS_PATH") is { Length: > 1 } chosen ? chosen
            : OperatingSystem.IsWindows() ? Path.Combine(GetFolderPath(SpecialFolder.LocalApplicationData), "ms-playwright")
            : OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "Caches", "ms-playwright")
            : Path.Combine(home, ".cache", "ms-playwright");
        if (!Directory.Exists(cache))
            return [];
        return Directory.EnumerateDirectories(cache, "chromium-*")
            .OrderByDescending(folder => folder.Length).ThenByDescending(folder => folder, StringComparer.Ordinal)
            .SelectMany(folder => new[]
            {
                Path.Combine(folder, "chrome-linux64", "chrome"),
                Path.Combine(folder, "chrome-linux", "chrome"),
                Path.Combine(folder, "chrome-win64", "chrome.exe"),
                Path.Combine(folder, "chrome-win", "chrome.exe"),
                Path.Combine(folder, "chrome-mac-arm64", "Google Chrome for Testing.app", "Contents", "MacOS", "Google Chrome for Testing"),
                Path.Combine(folder, "chrome-mac-x64", "Google Chrome for Testing.app", "Contents", "MacOS", "Google Chrome for Testing"),
                Path.Combine(folder, "chrome-mac", "Chromium.app", "Contents", "MacOS", "Chromium"),
            });
    }

    private static IEnumerable<string> OnLinux()
    {
        string[] names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "microsoft-edge-stable"];
        var folders = (GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Concat(["/usr/bin", "/usr/local/bin", "/snap/bin", "/opt/google/chrome", "/opt/microsoft/msedge"]);
        return from name in names from folder in folders select Path.Combine(folder, name);
    }

    private static IEnumerable<string> OnMac()
    {
        string[] names = ["Google Chrome", "Chromium", "Microsoft Edge"];
        string[] folders = ["/Applications", Path.Combine(GetFolderPath(SpecialFolder.UserProfile), "Applications")];
        return from name in names from folder in folders select Path.Combine(folder, name + ".app", "Contents", "MacOS", name);
    }

    private static IEnumerable<string> OnWindows()
    {
        string[] programs = [@"Google\Chrome\Application\chrome.exe", @"Chromium\Application\chrome.exe", @"Microsoft\Edge\Application\msedge.exe"];
        SpecialFolder[] folders = [SpecialFolder.ProgramFiles, SpecialFolder.ProgramFilesX86, SpecialFolder.LocalApplicationData];
        return from program in programs from folder in folders select Path.Combine(GetFolderPath(folder), program);
    }
}
