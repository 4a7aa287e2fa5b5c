using System.Runtime.InteropServices;

namespace PeerSupport.DevKit;

/// <summary>.NET can kill a process but not ask it to stop; Unix can.</summary>
public static class UnixSignal
{
    private const int SigInt = 2;
    private const int SigQuit = 3;
    private const int SigTerm = 15;

    /// <returns>False when the process could not be asked (Windows, or it is gone).</returns>
    public static bool Terminate(int processId) => Send(processId, SigTerm);

    /// <summary>What Ctrl-C sends. A program started deaf to it, as shells start what runs in the background, does not hear it.</summary>
    public static bool Interrupt(int processId) => Send(processId, SigInt);

    /// <summary>To PostgreSQL this means: leave at once, nothing need be saved.</summary>
    public static bool Quit(int processId) => Send(processId, SigQuit);

    private static bool Send(int processId, int signal) => !OperatingSystem.IsWindows() && Kill(processId, signal) == 0;

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}
