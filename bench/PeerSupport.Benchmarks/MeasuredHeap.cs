using System.Globalization;
using System.Net;
using System.Net.Sockets;
using PeerSupport.DevKit;

namespace PeerSupport.Benchmarks;

/// <summary>The managed heap of another process, by <see cref="StartupHook"/>.</summary>
internal sealed class MeasuredHeap
{
    private readonly int port = LoopbackPort.Free();

    /// <summary>What the process to be measured is told.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location,
        [StartupHook.PortVariable] = port.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>Reachable bytes after a full collection.</summary>
    public async Task<long> BytesAsync()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        using var reader = new StreamReader(client.GetStream());
        return long.Parse(await reader.ReadToEndAsync(), CultureInfo.InvariantCulture);
    }
}
