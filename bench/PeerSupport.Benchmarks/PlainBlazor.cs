using System.Diagnostics;
using PeerSupport.DevKit;

namespace PeerSupport.Benchmarks;

/// <summary>The program that live boards are compared with, as its own process.</summary>
internal sealed class PlainBlazor : IAsyncDisposable
{
    private readonly Process process;

    private PlainBlazor(Process process, Uri url) => (this.process, Url) = (process, url);

    public Uri Url { get; }

    public static async Task<PlainBlazor> StartAsync(IReadOnlyDictionary<string, string> environment)
    {
        var url = new Uri($"http://127.0.0.1:{LoopbackPort.Free()}/");
        var folder = Path.GetDirectoryName(typeof(PlainBlazor).Assembly.Location)!.Replace("PeerSupport.Benchmarks", "PeerSupport.PlainBlazor", StringComparison.Ordinal);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(folder, "PeerSupport.PlainBlazor.dll"), "--urls", url.ToString()]) { UseShellExecute = false, RedirectStandardOutput = true, WorkingDirectory = folder };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var plain = new PlainBlazor(Process.Start(start)!, url);
        using var http = new HttpClient { BaseAddress = url };
        await Timing.UntilReadyAsync(http);
        return plain;
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
