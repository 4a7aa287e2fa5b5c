using System.Globalization;
using System.Security.Cryptography;

namespace PeerSupport.Services.Sealing;

/// <summary>
/// Where epoch keys live: outside the database and its backups. A seam, because a deployment may put a key management
/// service here. An epoch is a day, numbered by <see cref="DateOnly.DayNumber"/>.
/// </summary>
public interface IEpochKeyStore
{
    /// <summary>Epochs whose keys exist, oldest first.</summary>
    IReadOnlyList<int> List();

    /// <summary>The 256-bit key of an epoch.</summary>
    /// <exception cref="SealBrokenException">It does not exist (any more).</exception>
    byte[] Get(int epoch);

    /// <summary>Makes the key if it is missing, durably, before returning. Safe when several nodes do it at once.</summary>
    void Ensure(int epoch);

    /// <summary>Destroys the key for good.</summary>
    void Destroy(int epoch);
}

/// <summary>Anything wrong with a seal, in one generic error: what exactly failed would help only an attacker.</summary>
public sealed class SealBrokenException() : Exception("A seal could not be opened.");

/// <summary>
/// Epoch keys as files in a directory that only the app may read. Every node uses the same directory.
/// </summary>
public sealed class KeyDirectory : IEpochKeyStore
{
    private const string Prefix = "epoch-";
    private const string Suffix = ".key";
    private readonly string path;

    /// <summary>Opens the directory, making it readable by this user only.</summary>
    public KeyDirectory(string path)
    {
        this.path = path;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public IReadOnlyList<int> List() =>
    [
        .. Directory.EnumerateFiles(path, Prefix + "*" + Suffix)
            .Select(file => Path.GetFileName(file)[Prefix.Length..^Suffix.Length])
            .Where(number => int.TryParse(number, CultureInfo.InvariantCulture, out _))
            .Select(number => int.Parse(number, CultureInfo.InvariantCulture))
            .Order(),
    ];

    public byte[] Get(int epoch)
    {
        try
        {
            var key = File.ReadAllBytes(FileOf(epoch));
            return key.Length == CaseSealer.KeyBytes ? key : throw new SealBrokenException();
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new SealBrokenException();
        }
    }

    public void Ensure(int epoch)
    {
        if (File.Exists(FileOf(epoch)))
            return;
        // Written whole and flushed under another name first: a crash leaves no half key, and of several nodes one wins.
        var draft = Path.Combine(path, $".{Guid.NewGuid():N}");
        using (var file = new FileStream(draft, FileMode.CreateNew, FileAccess.Write))
        {
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(draft, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            file.Write(RandomNumberGenerator.GetBytes(CaseSealer.KeyBytes));
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(draft, FileOf(epoch), overwrite: false);
        }
        catch (IOException) when (File.Exists(FileOf(epoch)))
        {
            File.Delete(draft);
        }

        KeyDirectorySync.Flush(path);
    }

    public void Destroy(int epoch)
    {
        var file = FileOf(epoch);
        if (!File.Exists(file))
            return;
        // Overwritten first, for file systems that write in place; the rest is the disk's own encryption.
        using (var stream = new FileStream(file, FileMode.Open, FileAccess.Write))
        {
            stream.Write(new byte[CaseSealer.KeyBytes]);
            stream.Flush(flushToDisk: true);
        }

        File.Delete(file);
        KeyDirectorySync.Flush(path);
    }

    private string FileOf(int epoch) => Path.Combine(path, $"{Prefix}{epoch:D7}{Suffix}");
}
