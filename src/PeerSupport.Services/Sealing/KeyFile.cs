namespace PeerSupport.Services.Sealing;

/// <summary>Files of the key directory that are made once and never change.</summary>
internal static class KeyFile
{
    /// <summary>
    /// Makes a file unless it is there. Written whole and flushed under another name first: a crash leaves no half file, and
    /// of several nodes one wins.
    /// </summary>
    public static void MakeOnce(string path, Func<byte[]> content)
    {
        if (File.Exists(path))
            return;
        var directory = Path.GetDirectoryName(path)!;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(directory);
        else
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var draft = Path.Combine(directory, $".{Guid.NewGuid():N}");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(draft, options))
        {
            file.Write(content());
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }

        // The name too must outlive a power cut: what was made under this key is worth nothing without it.
        KeyDirectorySync.Flush(directory);
    }
}
