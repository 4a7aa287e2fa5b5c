using System.Security.Cryptography;
using System.Text;

namespace PeerSupport.DevKit;

/// <summary>
/// The folder for what a developer's machine makes and git ignores. PostgreSQL refuses to run as root,
/// so as root it runs as another user, who must be able to reach its data: a repository under root's
/// home then gets a folder elsewhere, always the same one.
/// </summary>
public static class LocalFolder
{
    /// <summary>Files here are in memory on every Linux, and nowhere else.</summary>
    private const string Memory = "/dev/shm";

    private const UnixFileMode Passable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>`.local` in the repository, or its stand-in where PostgreSQL could not reach that.</summary>
    public static string Find(string? repository = null)
    {
        repository ??= SolutionFolder.Path;
        var preferred = Path.Combine(repository, ".local");
        return Make(PostgresAccount.Name is null || IsPassable(repository) ? preferred : StandIn(repository));
    }

    /// <summary>A folder chosen by a person.</summary>
    public static string Chosen(string folder)
    {
        var chosen = Path.GetFullPath(folder);
        if (PostgresAccount.Name is { } account && !IsPassable(Path.GetDirectoryName(chosen) ?? chosen))
            throw new DevKitException($"{chosen} will not do: PostgreSQL runs as {account} here, who cannot get there. Choose a folder that everybody may pass through to.");
        return Make(chosen);
    }

    /// <summary>A new folder for something that is soon gone, where PostgreSQL's user can get to.</summary>
    public static string Temporary(string prefix) => Make(Path.Combine(TemporaryParent, prefix + Path.GetRandomFileName()));

    /// <summary>The same in the machine's memory: a database is copied for every test, and most of that is making files.</summary>
    /// <returns>Null where there is no such place, or not this much room in it, or in the memory.</returns>
    public static string? InMemory(string prefix, long room) =>
        Directory.Exists(Memory) && new DriveInfo(Memory).AvailableFreeSpace >= room && GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >= 4 * room
            ? Make(Path.Combine(Memory, prefix + Path.GetRandomFileName()))
            : null;

    /// <summary>Where temporary folders may be, now or from an earlier run.</summary>
    internal static IEnumerable<string> TemporaryParents => new[] { TemporaryParent, Memory }.Where(Directory.Exists);

    private static string TemporaryParent => PostgresAccount.Name is null || IsPassable(Path.GetTempPath()) ? Path.GetTempPath() : "/tmp";

    /// <summary>Downloaded binaries: as good for the next run as for this one.</summary>
    public static string Cache(string? repository = null) => Make(Path.Combine(Find(repository), "cache"));

    /// <summary>A folder that only its owner can look into.</summary>
    public static string MakePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return folder;
    }

    /// <summary>A folder that others can pass through, as PostgreSQL's user must, but not list.</summary>
    internal static string Make(string folder)
    {
        if (OperatingSystem.IsWindows() || PostgresAccount.Name is null)
            return MakePrivate(folder);
        Directory.CreateDirectory(folder, Passable);
        File.SetUnixFileMode(folder, Passable);
        return folder;
    }

    /// <summary>Under /var/lib only root can make a folder: nobody can have put one there to trap us.</summary>
    private static string StandIn(string repository)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(repository)))[..12];
        return Path.Combine(Make("/var/lib/peersupport-dev"), hash);
    }

    internal static bool IsPassable(string folder)
    {
        if (OperatingSystem.IsWindows())
            return true;
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            if (at.Exists && !at.UnixFileMode.HasFlag(UnixFileMode.OtherExecute))
                return false;
        return true;
    }
}
