using System.Diagnostics;
using System.Globalization;
using PeerSupport.DevKit;

namespace PeerSupport.IntegrationTests.DevKit;

/// <summary>The built DevHost as its own process, in a folder of its own, as somebody at a terminal would run it.</summary>
internal sealed class DevHostRun : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly string folder;
    private readonly int port;
    private readonly Process process;
    private readonly List<string> said = [];
    private readonly Task listening;
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private DevHostRun(string folder, int port, Process process)
    {
        (this.folder, this.port, this.process) = (folder, port, process);
        listening = Task.WhenAll(ListenAsync(process.StandardOutput), ListenAsync(process.StandardError));
    }

    private static string Dll =>
        Path.Combine(SolutionFolder.Path, "dev", "PeerSupport.DevHost", "bin", SolutionFolder.Configuration, "net10.0", "PeerSupport.DevHost.dll");

    public Uri Url => new($"http://localhost:{port}");

    public int ExitCode => process.ExitCode;

    public string Said
    {
        get
        {
            lock (said)
                return string.Join('\n', said);
        }
    }

    /// <summary>Starts it and returns when it says that it is ready.</summary>
    public static async Task<DevHostRun> StartAsync(string folder, int port, params string[] more)
    {
        var start = new ProcessStartInfo("dotnet", [Dll, "--folder", folder, "--port", port.ToString(CultureInfo.InvariantCulture), .. more])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        // A private PostgreSQL, also where the tests themselves were given another.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("ConnectionStrings__", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        var run = new DevHostRun(folder, port, Process.Start(start)!);
        try
        {
            if (await Task.WhenAny(run.ready.Task, run.listening).WaitAsync(Patience) != run.ready.Task)
                throw new InvalidOperationException($"DevHost ended before it was ready:\n{run.Said}");
            return run;
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ctrl-C, and everything it started is gone with it.</summary>
    public async Task InterruptAsync()
    {
        var app = RecordedProcess.Read(Path.Combine(folder, "app.process"))!;
        var postgres = int.Parse(File.ReadLines(Postmaster).ElementAt(3), CultureInfo.InvariantCulture);
        LoopbackPort.IsFree(postgres).ShouldBeFalse();
        app.IsAlive.ShouldBeTrue();
        (IsDeafToInterrupt() ? UnixSignal.Terminate(process.Id) : UnixSignal.Interrupt(process.Id)).ShouldBeTrue();
        await listening.WaitAsync(Patience);
        await process.WaitForExitAsync();
        File.Exists(Postmaster).ShouldBeFalse("PostgreSQL goes in good order and takes this along as the last thing");
        LoopbackPort.IsFree(postgres).ShouldBeTrue();
        app.IsAlive.ShouldBeFalse();
        LoopbackPort.IsFree(port).ShouldBeTrue();
    }

    /// <summary>Whatever happened in the test, nothing stays behind.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        if (RecordedProcess.Read(Path.Combine(folder, "app.process")) is { } app)
            await app.StopAsync(TimeSpan.FromSeconds(10), CancellationToken.None);
        process.Dispose();
    }

    private string Postmaster => Path.Combine(folder, "postgres", "data", "postmaster.pid");

    /// <summary>A shell starts what runs in the background deaf to Ctrl-C, and what that starts is deaf as well.</summary>
    private static bool IsDeafToInterrupt()
    {
        const string status = "/proc/self/status";
        var ignored = File.Exists(status) ? File.ReadLines(status).FirstOrDefault(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)) : null;
        return ignored is not null && (ulong.Parse(ignored[7..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & 2) != 0;
    }

    private async Task ListenAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (said)
                said.Add(line);
            if (line.StartsWith("Ready: ", StringComparison.Ordinal))
                ready.TrySetResult();
        }
    }
}
