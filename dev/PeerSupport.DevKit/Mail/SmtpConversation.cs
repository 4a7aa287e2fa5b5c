using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace PeerSupport.DevKit;

/// <summary>One client talking to the sink, from the greeting to QUIT.</summary>
internal sealed class SmtpConversation(SmtpSink sink, TcpClient client)
{
    private const string WrongOrder = "503 5.5.1 Not in this order";

    private readonly List<string> to = [];
    private string? from;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await Task.Yield(); // the listener goes on with the next client
        try
        {
            using (client)
            {
                client.NoDelay = true; // else each reply waits for the client's delayed acknowledgement
                var stream = client.GetStream();
                await ConverseAsync(new SmtpLines(stream), stream, cancellationToken);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // the client hung up, or the sink is being stopped
        }
    }

    private async Task ConverseAsync(SmtpLines lines, NetworkStream stream, CancellationToken cancellationToken)
    {
        if (!await SayAsync(stream, "CONNECT", "220 Mail sink: nothing leaves this machine", cancellationToken))
            return;
        while (await lines.ReadCommandAsync(cancellationToken) is var (line, complete))
        {
            var verb = line.Split(' ', 2)[0].ToUpperInvariant();
            var reply = complete ? Answer(verb, line) : "500 5.5.2 Line too long";
            if (!await SayAsync(stream, line, reply, cancellationToken) || verb == "QUIT")
                return;
            if (verb == "DATA" && saidNormally && reply.StartsWith("354", StringComparison.Ordinal)
                && !await TakeMessageAsync(lines, stream, cancellationToken))
                return;
        }
    }

    private bool saidNormally;

    /// <returns>False when the sink was told to hang up.</returns>
    private async Task<bool> SayAsync(NetworkStream stream, string line, string reply, CancellationToken cancellationToken)
    {
        if (sink.Delay > TimeSpan.Zero)
            await Task.Delay(sink.Delay, cancellationToken);
        var forced = sink.Fault?.Invoke(line);
        saidNormally = forced is null;
        if (forced == SmtpSink.Drop)
            return false;
        await stream.WriteAsync(Encoding.UTF8.GetBytes((forced ?? reply) + "\r\n"), cancellationToken);
        return true;
    }

    private string Answer(string verb, string line)
    {
        switch (verb)
        {
            case "EHLO":
                Reset();
                return string.Create(CultureInfo.InvariantCulture,
                    $"250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 SIZE {sink.Options.LargestMessage}");
            case "HELO" or "RSET":
                Reset();
                return "250 2.0.0 Ok";
            case "NOOP":
                return "250 2.0.0 Ok";
            case "MAIL":
                return AnswerSender(line);
            case "RCPT":
                return AnswerRecipient(line);
            case "DATA":
                return to.Count > 0 ? "354 End with a dot on a line of its own" : WrongOrder;
            case "QUIT":
                return "221 2.0.0 Bye";
            default:
                return "502 5.5.1 Not known here";
        }
    }

    private string AnswerSender(string line)
    {
        if (from is not null)
            return WrongOrder;
        if (SmtpAddress.Read(line, "FROM:") is not { } sender)
            return "501 5.1.7 Whose?";
        if (SmtpAddress.ReadSize(line) > sink.Options.LargestMessage)
            return "552 5.3.4 Too big";
        from = sender;
        return "250 2.1.0 Ok";
    }

    private string AnswerRecipient(string line)
    {
        if (from is null)
            return WrongOrder;
        if (SmtpAddress.Read(line, "TO:") is not { Length: > 0 } recipient)
            return "501 5.1.3 To whom?";
        to.Add(recipient);
        return "250 2.1.5 Ok";
    }

    private async Task<bool> TakeMessageAsync(SmtpLines lines, NetworkStream stream, CancellationToken cancellationToken)
    {
        if (await lines.ReadMessageAsync(sink.Options.LargestMessage, cancellationToken) is not var (content, complete))
            return false;
        var (sender, recipients) = (from ?? "", to.ToArray());
        Reset();
        if (!complete)
            return await SayAsync(stream, ".", "552 5.3.4 Too big", cancellationToken);
        if (sink.Fault?.Invoke(".") is { } refusal)
            return await RefuseAsync(stream, refusal, cancellationToken);
        try
        {
            await sink.KeepAsync(sender, recipients, content, cancellationToken);
        }
        catch (FormatException)
        {
            return await SayAsync(stream, "KEPT", "554 5.6.0 That is no mail", cancellationToken);
        }

        return await SayAsync(stream, "KEPT", "250 2.0.0 Kept", cancellationToken);
    }

    private static async Task<bool> RefuseAsync(NetworkStream stream, string refusal, CancellationToken cancellationToken)
    {
        if (refusal == SmtpSink.Drop)
            return false;
        await stream.WriteAsync(Encoding.UTF8.GetBytes(refusal + "\r\n"), cancellationToken);
        return true;
    }

    private void Reset()
    {
        from = null;
        to.Clear();
    }
}
