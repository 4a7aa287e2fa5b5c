using System.Net;
using System.Net.Sockets;

namespace PeerSupport.DevKit;

/// <summary>Ports of this machine that no other machine can reach.</summary>
public static class LoopbackPort
{
    /// <summary>A port that is free now. Somebody may take it before we do: be ready to try again.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Whether a server could listen here, on every loopback address there is.</summary>
    public static bool IsFree(int port) => Addresses.All(address => CanListen(address, port));

    /// <summary>127.0.0.1, and ::1 where the machine has it: a browser given "localhost" may try either.</summary>
    public static IReadOnlyList<IPAddress> Addresses { get; } =
        Socket.OSSupportsIPv6 && CanListen(IPAddress.IPv6Loopback, 0)
            ? [IPAddress.Loopback, IPAddress.IPv6Loopback]
            : [IPAddress.Loopback];

    /// <summary>The addresses as Kestrel wants them.</summary>
    public static string Urls(int port) =>
        string.Join(';', Addresses.Select(address => $"http://{new IPEndPoint(address, port)}"));

    private static bool CanListen(IPAddress address, int port)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
