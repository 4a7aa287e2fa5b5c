using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace PeerSupport.DevKit;

/// <summary>
/// A process written down in a file, so that a later run can find it again. The start time tells it
/// from a stranger that got the same number after a restart of the machine.
/// </summary>
public sealed record RecordedProcess(int Id, long StartedAt)
{
    private const int ToleranceInSeconds = 3;

    /// <summary>This process.</summary>
    public static RecordedProcess Current { get; } = Of(Process.GetCurrentProcess());

    public static RecordedProcess Of(Process process) => new(process.Id, StartOf(process));

    /// <summary>Reads a record; null when there is none or it makes no sense.</summary>
    public static RecordedProcess? Read(string file)
    {
        if (!File.Exists(file))
            return null;
        var words = File.ReadAllText(file).Split(' ', StringSplitOptions.TrimEntries);
        return words.Length == 2
            && int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var startedAt)
            ? new RecordedProcess(id, startedAt)
            : null;
    }

    public void Write(string file) => File.WriteAllText(file, string.Create(CultureInfo.InvariantCulture, $"{Id} {StartedAt}"));

    public bool IsAlive
    {
        get
        {
            using var process = Find();
            return process is not null;
        }
    }

    /// <summary>Asks the process to stop, then insists, with everything it started.</summary>
    public async Task StopAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        using var process = Find();
        if (process is null)
            return;
        await StopAsync(process, patience, cancellationToken);
    }

    internal static async Task StopAsync(Process process, TimeSpan patience, CancellationToken cancellationToken)
    {
        if (UnixSignal.Terminate(process.Id))
        {
            try
            {
                await process.WaitForExitAsync(cancellationToken).WaitAsync(patience, cancellationToken);
                return;
            }
            catch (TimeoutException)
            {
                // it had its chance
            }
        }

        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(cancellationToken);
    }

    private Process? Find()
    {
        try
        {
            var process = Process.GetProcessById(Id);
            if (!process.HasExited && Math.Abs(StartOf(process) - StartedAt) <= ToleranceInSeconds)
                return process;
            process.Dispose();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // gone, or somebody else's: not the process that was written down
        }

        return null;
    }

    private static long StartOf(Process process) =>
        new DateTimeOffset(process.StartTime.ToUniversalTime()).ToUnixTimeSeconds();
}
