using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

/// <summary>
/// Runs inside a measured process before its Main, named by DOTNET_STARTUP_HOOKS: tells, over a loopback port, how many
/// bytes are reachable on its managed heap. The measured programs know nothing of it.
/// </summary>
#pragma warning disable MA0047 // The runtime looks for this name without a namespace.
internal static class StartupHook
#pragma warning restore MA0047
{
    /// <summary>The port to answer on.</summary>
    public const string PortVariable = "MEASURED_HEAP_PORT";

    public static void Initialize()
    {
        if (!int.TryParse(Environment.GetEnvironmentVariable(PortVariable), CultureInfo.InvariantCulture, out var port))
            return;
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        new Thread(() => Serve(listener)) { IsBackground = true }.Start();
    }

    private static void Serve(TcpListener listener)
    {
        while (true)
        {
            using var client = listener.AcceptTcpClient();
            for (var round = 0; round < 3; round++)
            {
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                GC.WaitForPendingFinalizers();
            }

            client.GetStream().Write(Encoding.ASCII.GetBytes(GC.GetTotalMemory(forceFullCollection: true).ToString(CultureInfo.InvariantCulture)));
        }
    }
}
