using System.Net;
using System.Net.Sockets;
using MimeKit;

namespace PeerSupport.DevKit;

/// <summary>How a sink listens and what it keeps.</summary>
/// <param name="Port">0 for a free one.</param>
/// <param name="Folder">Where each mail is kept as an .eml file; null keeps them in memory only.</param>
public sealed record SmtpSinkOptions(int Port = 0, string? Folder = null)
{
    public int LargestMessage { get; init; } = 10 * 1024 * 1024;
}

/// <summary>
/// A mail server on loopback that takes every mail and sends none on. It can be told to be as unreliable as a
/// real one: see <see cref="Fault"/> and <see cref="Delay"/>.
/// </summary>
public sealed class SmtpSink : IAsyncDisposable
{
    /// <summary>As a <see cref="Fault"/>'s answer: close the connection without a word.</summary>
    public const string Drop = "DROP";

    private readonly TcpListener listener;
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock gate = new();
    private readonly List<ReceivedMail> received = [];
    private readonly List<(Func<ReceivedMail, bool> Predicate, TaskCompletionSource<ReceivedMail> Found)> waiting = [];
    private readonly List<Task> conversations = [];
    private readonly Task accepting;

    private SmtpSink(SmtpSinkOptions options, TimeProvider time)
    {
        Options = options;
        Folder = options.Folder is null ? null : new MailFolder(options.Folder, time);
        listener = new TcpListener(IPAddress.Loopback, options.Port);
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>
    /// Asked before each answer with the client's line, and with three words that no client says: <c>CONNECT</c> (before the
    /// greeting), <c>.</c> (the message is here, not yet kept) and <c>KEPT</c> (kept, the 250 not yet said). A reply such as
    /// <c>451 try later</c> is said instead, <see cref="Drop"/> hangs up, null is the normal course.
    /// </summary>
    public Func<string, string?>? Fault { get; set; }

    /// <summary>How long the sink thinks before each answer.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>What came so far, oldest first.</summary>
    public IReadOnlyList<ReceivedMail> Received
    {
        get
        {
            lock (gate)
                return [.. received];
        }
    }

    internal SmtpSinkOptions Options { get; }

    internal MailFolder? Folder { get; }

    public static SmtpSink Start(SmtpSinkOptions? options = null, TimeProvider? time = null) =>
        new(options ?? new SmtpSinkOptions(), time ?? TimeProvider.System);

    /// <summary>The first mail, already here or still to come, that is meant.</summary>
    /// <exception cref="TimeoutException">None came in time; the message lists those that did.</exception>
    public async Task<ReceivedMail> WaitForAsync(Func<ReceivedMail, bool> predicate, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        var found = new TaskCompletionSource<ReceivedMail>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (received.Find(mail => predicate(mail)) is { } here)
                return here;
            waiting.Add((predicate, found));
        }

        try
        {
            return await found.Task.WaitAsync(timeout, cancellationToken);
        }
        catch (TimeoutException e)
        {
            var others = string.Join("; ", Received.Select(mail => $"\"{mail.Subject}\" to {string.Join(", ", mail.To)}"));
            throw new TimeoutException($"No such mail within {timeout}. Received: {(others.Length == 0 ? "none" : others)}.", e);
        }
        finally
        {
            lock (gate)
                waiting.RemoveAll(waiter => waiter.Found == found);
        }
    }

    /// <summary>Stops listening and hangs up on everybody, as a mail server does that goes down.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Stop();
        await accepting;
        Task[] open;
        lock (gate)
            open = [.. conversations];
        await Task.WhenAll(open);
        stopping.Dispose();
    }

    internal async Task KeepAsync(string from, IReadOnlyList<string> to, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        byte[] whole = [.. MailFolder.Envelope(from, to), .. content.Span];
        var message = await MimeMessage.LoadAsync(new MemoryStream(whole), cancellationToken);
        var file = Folder is null ? null : await Folder.KeepAsync(whole, cancellationToken);
        var mail = new ReceivedMail(from, to, message, file);
        lock (gate)
        {
            received.Add(mail);
            foreach (var (predicate, found) in waiting)
                if (predicate(mail))
                    found.TrySetResult(mail);
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stopping.Token);
                lock (gate)
                {
                    conversations.RemoveAll(conversation => conversation.IsCompleted);
                    conversations.Add(new SmtpConversation(this, client).RunAsync(stopping.Token));
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // the sink is being stopped
        }
    }
}
