using System.Globalization;
using System.Security.Cryptography;

namespace PeerSupport.DevKit;

/// <summary>The files of one private cluster: its data directory, and beside it the superuser's password.</summary>
internal sealed class ClusterFolder(string dataDirectory)
{
    public const string Superuser = "postgres";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public string DataDirectory { get; } = Path.GetFullPath(dataDirectory);

    public string LogFile => Path.Combine(DataDirectory, "server.log");

    public bool Exists => File.Exists(VersionFile);

    /// <summary>The version that made the data, the only one that can open it.</summary>
    public int Major => int.Parse(File.ReadAllText(VersionFile).Trim(), CultureInfo.InvariantCulture);

    private string VersionFile => Path.Combine(DataDirectory, "PG_VERSION");

    private string PasswordFile => DataDirectory + ".password";

    public async Task<string> ReadPasswordAsync(CancellationToken cancellationToken) => File.Exists(PasswordFile)
        ? (await File.ReadAllTextAsync(PasswordFile, cancellationToken)).Trim()
        : throw new DevKitException($"{PasswordFile} is gone, and without it the data beside it cannot be opened. Start afresh.");

    /// <summary>Makes an empty cluster. It appears under its name only when it is complete.</summary>
    public async Task CreateAsync(PostgresBinaries binaries, CancellationToken cancellationToken)
    {
        var unfinished = DataDirectory + ".new";
        if (Directory.Exists(unfinished))
            Directory.Delete(unfinished, recursive: true);
        LocalFolder.Make(Path.GetDirectoryName(DataDirectory)!);
        LocalFolder.MakePrivate(unfinished);
        await WritePasswordAsync(cancellationToken);
        await PostgresAccount.GiveAsync(unfinished, cancellationToken);
        await PostgresAccount.GiveAsync(PasswordFile, cancellationToken);
        var made = await binaries.RunAsync("initdb",
            ["-D", unfinished, "-U", Superuser, "--auth=scram-sha-256", $"--pwfile={PasswordFile}", "-E", "UTF8", "--locale=C", "--no-instructions", "--no-sync"],
            cancellationToken);
        if (!made.Succeeded)
            throw new DevKitException($"PostgreSQL could not make {DataDirectory}: {made.LastWords}");
        Directory.Move(unfinished, DataDirectory);
    }

    /// <summary>Our settings are the whole configuration: everything else is PostgreSQL's default.</summary>
    public Task ConfigureAsync(bool durable, CancellationToken cancellationToken)
    {
        const string always = """
            listen_addresses = '127.0.0.1'
            unix_socket_directories = ''
            password_encryption = 'scram-sha-256'
            max_connections = 200

            """;
        const string forTests = """
            # Nothing here has to survive the machine. What was committed still survives a killed server,
            # as crash tests need, so synchronous_commit stays on: without fsync it costs next to nothing.
            fsync = off
            full_page_writes = off
            max_wal_size = 256MB

            """;
        return File.WriteAllTextAsync(Path.Combine(DataDirectory, "postgresql.conf"), durable ? always : always + forTests, cancellationToken);
    }

    public string LastLogLines()
    {
        try
        {
            return string.Join('\n', File.ReadLines(LogFile).TakeLast(8));
        }
        catch (IOException)
        {
            return ""; // it never got so far as to write one
        }
    }

    public void Delete()
    {
        foreach (var folder in new[] { DataDirectory, DataDirectory + ".new" }.Where(Directory.Exists))
            Directory.Delete(folder, recursive: true);
        if (File.Exists(PasswordFile))
            File.Delete(PasswordFile);
    }

    private async Task WritePasswordAsync(CancellationToken cancellationToken)
    {
        File.Delete(PasswordFile);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        await using var writer = new StreamWriter(PasswordFile, options);
        await writer.WriteLineAsync(RandomNumberGenerator.GetHexString(48, lowercase: true).AsMemory(), cancellationToken);
    }
}
