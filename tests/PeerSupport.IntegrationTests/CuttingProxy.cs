using System.Net;
using System.Net.Sockets;

namespace PeerSupport.IntegrationTests;

/// <summary>
/// Stands between the app and PostgreSQL and cuts every connection at the nth thing the app says: what the database sees
/// of an app that is killed at that step, and the app of a database that is.
/// </summary>
public sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly string host;
    private readonly int port;
    private readonly Task accepting;
    private int left = int.MaxValue;
    private bool deliversLast;

    public CuttingProxy(string host, int port)
    {
        (this.host, this.port) = (host, port);
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Whether a cut was made since it was armed.</summary>
    public bool HasCut => Volatile.Read(ref left) <= 0;

    /// <summary>Cuts at the nth thing the app says from now on.</summary>
    /// <param name="nth">From 1.</param>
    /// <param name="delivered">True: the server still hears it, and only the answer is lost.</param>
    public void Arm(int nth, bool delivered)
    {
        deliversLast = delivered;
        Volatile.Write(ref left, nth);
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Stop();
        await accepting;
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        var pairs = new List<Task>();
        try
        {
            while (true)
                pairs.Add(ServeAsync(await listener.AcceptTcpClientAsync(stopping.Token)));
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(pairs);
        }
    }

    private async Task ServeAsync(TcpClient app)
    {
        using var server = new TcpClient();
        using (app)
        {
            try
            {
                (app.NoDelay, server.NoDelay) = (true, true);
                await server.ConnectAsync(host, port, stopping.Token);
                var deaf = new TaskCompletionSource();
                var answering = AnswerAsync(server.GetStream(), app.GetStream(), deaf.Task);
                if (await SayAsync(app.GetStream(), server.GetStream(), deaf))
                    await answering; // it was heard: cut when the server has begun to answer
            }
            catch (Exception cut) when (cut is IOException or SocketException or OperationCanceledException)
            {
                // That is what it is for.
            }
        }
    }

    /// <summary>Passes on what the app says, until it is cut. True when the server heard the last of it.</summary>
    private async Task<bool> SayAsync(NetworkStream app, NetworkStream server, TaskCompletionSource deaf)
    {
        var said = new SaidToPostgres(app);
        while (await said.NextAsync(stopping.Token) is { Length: > 0 } thing)
        {
            var last = Volatile.Read(ref left) != int.MaxValue && Interlocked.Decrement(ref left) <= 0;
            if (last && deliversLast)
                deaf.SetResult();
            if (!last || deliversLast)
                await server.WriteAsync(thing, stopping.Token);
            if (last)
                return deliversLast;
        }

        return false;
    }

    /// <summary>Passes on what the server says, as long as the app may hear it.</summary>
    private async Task AnswerAsync(NetworkStream server, NetworkStream app, Task deaf)
    {
        var buffer = new byte[65536];
        int read;
        while ((read = await server.ReadAsync(buffer, stopping.Token)) > 0 && !deaf.IsCompleted)
            await app.WriteAsync(buffer.AsMemory(0, read), stopping.Token);
    }
}
