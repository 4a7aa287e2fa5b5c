using System.Globalization;

namespace PeerSupport.DevKit;

/// <summary>Where installers put PostgreSQL on Debian, Fedora, macOS and Windows, newest version first.</summary>
internal static class PostgresPlaces
{
    public static IReadOnlyList<string> Usual =>
    [
        .. Versions("/usr/lib/postgresql", "bin"),
        .. Versions("/opt/homebrew/opt", "bin", "postgresql@"),
        .. Versions("/usr/local/opt", "bin", "postgresql@"),
        .. Versions("/Applications/Postgres.app/Contents/Versions", "bin"),
        .. Versions("/usr", "bin", "pgsql-"),
        .. Versions(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "PostgreSQL"), "bin"),
        "/opt/homebrew/bin",
        "/usr/local/bin",
        "/usr/local/pgsql/bin",
        .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
    ];

    public static string FileName(string program) => OperatingSystem.IsWindows() ? program + ".exe" : program;

    private static IEnumerable<string> Versions(string parent, string child, string prefix = "")
    {
        if (!Directory.Exists(parent))
            return [];
        return Directory.EnumerateDirectories(parent, prefix + "*")
            .Select(folder => (folder, version: VersionOf(Path.GetFileName(folder)[prefix.Length..])))
            .Where(candidate => candidate.version > 0)
            .OrderByDescending(candidate => candidate.version)
            .Select(candidate => Path.Combine(candidate.folder, child));
    }

    private static int VersionOf(string name) =>
        int.TryParse(name.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;
}
