using System.Runtime.InteropServices;
using System.Text;

namespace PeerSupport.Services.Sealing;

/// <summary>
/// Makes names in a directory durable. A key file whose name is lost in a power cut would take every case sealed since
/// with it, so the directory itself has to reach the disk too.
/// </summary>
internal static class KeyDirectorySync
{
    public static void Flush(string directory)
    {
        if (OperatingSystem.IsWindows())
            return; // NTFS journals names itself
        var handle = NativeOpen([.. Encoding.UTF8.GetBytes(directory), 0], flags: 0);
        if (handle < 0)
            throw new IOException("The key directory cannot be opened.");
        try
        {
            if (NativeSync(handle) != 0)
                throw new IOException("The key directory cannot be flushed to disk.");
        }
        finally
        {
            _ = NativeClose(handle);
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeOpen(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeSync(int handle);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeClose(int handle);
}
