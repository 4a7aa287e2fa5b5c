namespace PeerSupport.DevKit;

/// <summary>Debian's packages, for root in a container or on a build machine: never asked for a password.</summary>
internal static class Apt
{
    private static readonly Dictionary<string, string> Quiet = new(StringComparer.Ordinal) { ["DEBIAN_FRONTEND"] = "noninteractive" };

    /// <returns>False when this is not our machine to change, or it did not work.</returns>
    public static async Task<bool> TryInstallAsync(string package, Action<string>? report, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess || !File.Exists("/usr/bin/apt-get"))
            return false;

        report?.Invoke($"Installing {package} with apt-get, which takes a minute (once).");
        await Command.TryRunAsync("/usr/bin/apt-get", ["update"], cancellationToken, environment: Quiet);
        var installed = await Command.TryRunAsync("/usr/bin/apt-get", ["install", "-y", package], cancellationToken, environment: Quiet);
        if (installed is { Succeeded: true })
            return true;
        report?.Invoke($"apt-get could not install {package}: {installed?.LastWords}");
        return false;
    }
}
