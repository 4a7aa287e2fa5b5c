using System.Globalization;
using System.Text.RegularExpressions;

namespace PeerSupport.DevKit;

/// <summary>The programs of one PostgreSQL on this machine: initdb, pg_ctl and postgres.</summary>
/// <param name="Folder">Where they lie.</param>
/// <param name="Major">15 to 18, or newer. Data made by one major version can only be opened by the same.</param>
public sealed partial record PostgresBinaries(string Folder, int Major)
{
    /// <summary>The oldest PostgreSQL the product runs on.</summary>
    public const int OldestMajor = 15;

    private static readonly Dictionary<string, string> PlainLanguage = new(StringComparer.Ordinal) { ["LC_ALL"] = "C" };

    private static readonly string[] Programs = ["initdb", "pg_ctl", "postgres"];

    /// <summary>What to say when all else failed.</summary>
    public const string HowToInstall =
        "PostgreSQL was not found and could not be fetched. Install PostgreSQL 15 or newer (Debian: apt install postgresql; "
        + "macOS: brew install postgresql@17; Windows: winget install PostgreSQL.PostgreSQL.17), or install Node.js so that it can be "
        + "fetched from npm, or set PGBIN to the folder of initdb, or set ConnectionStrings__PeerSupport to a server of yours.";

    /// <summary>
    /// Finds PostgreSQL, or gets it: PGBIN, the usual places, an npm package kept in <paramref name="cacheFolder"/>,
    /// and last (as root on Debian) apt.
    /// </summary>
    /// <param name="cacheFolder">Git-ignored, reachable by the user PostgreSQL runs as.</param>
    /// <param name="report">Gets a sentence when something is fetched, as that takes a while.</param>
    /// <param name="major">Only this major version will do, because there is data made by it.</param>
    /// <param name="usualPlaces">Folders to look in instead of the usual ones (tests hide the machine's own).</param>
    public static async Task<PostgresBinaries> FindAsync(string cacheFolder, Action<string>? report,
        CancellationToken cancellationToken, int? major = null, IReadOnlyList<string>? usualPlaces = null)
    {
        var explicitFolder = Environment.GetEnvironmentVariable("PGBIN");
        if (explicitFolder is { Length: > 0 })
            return await LookInAsync(explicitFolder, major, cancellationToken)
                ?? throw new DevKitException($"PGBIN names {explicitFolder}, which holds no PostgreSQL {Wanted(major)}.");

        IEnumerable<string> fetchedBefore = [EmbeddedPostgres.Folder(cacheFolder, null), EmbeddedPostgres.Folder(cacheFolder, major)];
        foreach (var folder in (usualPlaces ?? PostgresPlaces.Usual).Concat(fetchedBefore))
            if (await LookInAsync(folder, major, cancellationToken) is { } found)
                return found;

        if (await EmbeddedPostgres.FetchAsync(cacheFolder, major, report, cancellationToken) is { } fetched
            && await LookInAsync(fetched, major, cancellationToken) is { } embedded)
            return embedded;

        if (await Apt.TryInstallAsync("postgresql", report, cancellationToken))
            foreach (var folder in PostgresPlaces.Usual)
                if (await LookInAsync(folder, major, cancellationToken) is { } installed)
                    return installed;

        throw new DevKitException(major is null
            ? HowToInstall
            : $"The data here was made by PostgreSQL {major}, which is not on this machine. Install that version, or start afresh.");
    }

    /// <summary>Runs one of the programs as the user PostgreSQL may run as.</summary>
    internal async Task<CommandResult> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var path = Path.Combine(Folder, PostgresPlaces.FileName(program));
        return await Command.TryRunAsync(path, arguments, cancellationToken, PostgresAccount.Name, PlainLanguage)
            ?? throw new DevKitException($"{path} could not be started.");
    }

    private static string Wanted(int? major) => major is { } exact
        ? exact.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{OldestMajor} or newer");

    private static async Task<PostgresBinaries?> LookInAsync(string folder, int? major, CancellationToken cancellationToken)
    {
        if (Programs.Any(name => !File.Exists(Path.Combine(folder, PostgresPlaces.FileName(name)))))
            return null;
        var answer = await Command.TryRunAsync(Path.Combine(folder, PostgresPlaces.FileName("postgres")), ["--version"], cancellationToken);
        var match = MajorVersion().Match(answer?.Output ?? "");
        if (!match.Success || !int.TryParse(match.Groups["major"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var found))
            return null;
        return found >= OldestMajor && (major is null || found == major) ? new PostgresBinaries(folder, found) : null;
    }

    [GeneratedRegex(@"\(PostgreSQL\) (?<major>\d+)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MajorVersion();
}
