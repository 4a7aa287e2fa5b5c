using System.Diagnostics;

namespace PeerSupport.DevKit;

/// <summary>Starts the built app as its own process, told only what its settings say.</summary>
internal static class AppLauncher
{
    public static string BuiltDll =>
        Path.Combine(SolutionFolder.WebProject, "bin", SolutionFolder.Configuration, "net10.0", "PeerSupport.Web.dll");

    public static (Process Process, AppLog Log) Launch(AppSettings settings, string logFile, string dll)
    {
        if (!File.Exists(dll))
            throw new DevKitException($"The app is not built: {dll} does not exist.");
        var log = new AppLog(logFile);
        var process = Process.Start(Describe(settings, dll)) ?? throw new DevKitException("dotnet could not be started.");
        process.StandardInput.Close();
        log.Follow(process);
        return (process, log);
    }

    private static ProcessStartInfo Describe(AppSettings settings, string dll)
    {
        var start = new ProcessStartInfo("dotnet", [dll])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // In development static files are found from the project's folder.
            WorkingDirectory = Directory.Exists(SolutionFolder.WebProject) ? SolutionFolder.WebProject : Path.GetDirectoryName(dll)!,
        };
        // The administrator's connection and the like are ours, not the app's.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("ConnectionStrings__", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in settings.ToEnvironment())
            start.Environment[name] = value;
        return start;
    }
}
