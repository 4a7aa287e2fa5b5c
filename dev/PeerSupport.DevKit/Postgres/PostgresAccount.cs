namespace PeerSupport.DevKit;

/// <summary>PostgreSQL refuses to run as root: the unprivileged user it runs as instead.</summary>
internal static class PostgresAccount
{
    /// <summary>Null when we are not root and PostgreSQL simply runs as ourselves.</summary>
    public static string? Name { get; } = OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess ? null : Choose();

    /// <summary>Gives a file or folder, with all it contains, to that user.</summary>
    public static async Task GiveAsync(string path, CancellationToken cancellationToken)
    {
        if (Name is not null)
            await Command.RunAsync("chown", ["-R", Name, path], cancellationToken);
    }

    private static string Choose()
    {
        // A Mac keeps its users elsewhere than in this file; its nobody is there all the same.
        var known = File.Exists("/etc/passwd") ? File.ReadLines("/etc/passwd").Select(line => line.Split(':')[0]).ToList() : [];
        return known.Contains("postgres", StringComparer.Ordinal) ? "postgres" : "nobody";
    }
}
