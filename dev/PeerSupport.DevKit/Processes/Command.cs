using System.ComponentModel;
using System.Diagnostics;

namespace PeerSupport.DevKit;

/// <summary>What a finished program left behind.</summary>
public sealed record CommandResult(int ExitCode, string Output, string Error)
{
    public bool Succeeded => ExitCode == 0;

    /// <summary>The last words of a program that failed, for a sentence to a person.</summary>
    public string LastWords => string.Join(' ', (Error + "\n" + Output)
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(5));
}

/// <summary>A short-lived program run to its end; cancelling kills it.</summary>
public static class Command
{
    private static readonly TimeSpan PatienceForPipes = TimeSpan.FromSeconds(2);

    /// <summary>Runs a program, as another user if <paramref name="user"/> names one (Unix, as root).</summary>
    /// <returns>Null when the program is not on this machine.</returns>
    public static async Task<CommandResult?> TryRunAsync(string program, IEnumerable<string> arguments,
        CancellationToken cancellationToken, string? user = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        using var process = new Process { StartInfo = Describe(program, arguments, user, environment) };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            return null; // not installed, or not executable: the caller says what that means
        }

        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new CommandResult(process.ExitCode, await Collect(output), await Collect(error));
    }

    /// <summary>Runs a program and throws with its last words if it fails.</summary>
    public static async Task<CommandResult> RunAsync(string program, IEnumerable<string> arguments,
        CancellationToken cancellationToken, string? user = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var result = await TryRunAsync(program, arguments, cancellationToken, user, environment)
            ?? throw new DevKitException($"{program} could not be started.");
        return result.Succeeded
            ? result
            : throw new DevKitException($"{Path.GetFileName(program)} failed ({result.ExitCode}): {result.LastWords}");
    }

    private static ProcessStartInfo Describe(string program, IEnumerable<string> arguments, string? user,
        IReadOnlyDictionary<string, string>? environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // Another user may not be allowed to enter our current folder.
            WorkingDirectory = user is null ? "" : "/",
        };
        if (user is not null)
            start.UserName = user;
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
            start.Environment[name] = value;
        return start;
    }

    /// <summary>A server that the program left running may hold the pipe open: its end is not waited for.</summary>
    private static async Task<string> Collect(Task<string> pipe)
    {
        try
        {
            return await pipe.WaitAsync(PatienceForPipes);
        }
        catch (TimeoutException)
        {
            return "";
        }
    }
}
