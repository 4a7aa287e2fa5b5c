using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace PeerSupport.DevKit;

/// <summary>What a running PostgreSQL writes into its data directory: its process and its port.</summary>
internal sealed record PostmasterFile(string DataDirectory, int ProcessId, int Port)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private string Path => PathIn(DataDirectory);

    /// <summary>Null when no server was started, or it was stopped in good order.</summary>
    public static PostmasterFile? Read(string dataDirectory)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(PathIn(dataDirectory));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        return lines.Length >= 4 && Number(lines[0]) is { } id && Number(lines[3]) is { } port
            ? new PostmasterFile(dataDirectory, id, port)
            : null;
    }

    /// <summary>Its process, unless that is gone and the number means nobody, or a stranger, by now.</summary>
    public Process? FindProcess()
    {
        try
        {
            var process = Process.GetProcessById(ProcessId);
            if (IsOurs(process))
                return process;
            process.Dispose();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception or IOException)
        {
            // it ended while we looked, or belongs to somebody we may not look at
        }

        return null;
    }

    /// <summary>Ends the server and its children at once, as a power cut would, and waits until they are gone.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        using var process = FindProcess();
        if (process is null)
            return;
        process.Kill(entireProcessTree: true);
        if (!await IsGoneAsync(cancellationToken))
            throw new DevKitException($"PostgreSQL (process {ProcessId}) could not be killed.");
    }

    /// <summary>Ends a server whose data is not wanted any more. Unlike a kill this leaves no shared memory behind.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        using var process = FindProcess();
        if (process is null)
            return;
        if (!UnixSignal.Quit(ProcessId) || !await IsGoneAsync(cancellationToken))
            await KillAsync(cancellationToken);
    }

    /// <summary>PostgreSQL will not start while this names a living process, even a stranger's.</summary>
    public void Forget() => File.Delete(Path);

    private async Task<bool> IsGoneAsync(CancellationToken cancellationToken)
    {
        var waiting = Stopwatch.StartNew();
        while (FindProcess() is { } still)
        {
            still.Dispose();
            if (waiting.Elapsed > Patience)
                return false;
            await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);
        }

        return true;
    }

    private bool IsOurs(Process process)
    {
        if (process.HasExited)
            return false;
        var commandLine = $"/proc/{ProcessId}/cmdline"; // empty for a dead process that nobody has waited for
        return File.Exists(commandLine)
            ? File.ReadAllText(commandLine).Split('\0').Contains(DataDirectory, StringComparer.Ordinal)
            : process.ProcessName.StartsWith("postgres", StringComparison.OrdinalIgnoreCase);
    }

    private static string PathIn(string dataDirectory) => System.IO.Path.Combine(dataDirectory, "postmaster.pid");

    private static int? Number(string line) =>
        int.TryParse(line, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) ? number : null;
}
