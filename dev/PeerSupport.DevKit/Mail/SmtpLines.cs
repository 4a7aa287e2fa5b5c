using System.Text;

namespace PeerSupport.DevKit;

/// <summary>Reads what an SMTP client says, line by line, and never keeps more of a line than allowed.</summary>
internal sealed class SmtpLines(Stream stream)
{
    /// <summary>RFC 5321 allows 512 for a command; addresses in other scripts need more.</summary>
    public const int LongestCommand = 4096;

    private static readonly byte[] EndOfMessage = "."u8.ToArray();

    private readonly byte[] buffer = new byte[16 * 1024];
    private int start;
    private int end;

    /// <summary>Null when the client is gone; a too long line comes back cut, with <c>Complete</c> false.</summary>
    public async Task<(string Text, bool Complete)?> ReadCommandAsync(CancellationToken cancellationToken)
    {
        var line = new MemoryStream();
        var read = await ReadLineAsync(line, LongestCommand, cancellationToken);
        return read == Line.End ? null : (Encoding.UTF8.GetString(WithoutEnding(line)), read != Line.TooLong);
    }

    /// <summary>
    /// Reads a message up to the line that is a single dot, taking away the dots that were doubled for the way.
    /// Only a whole CR LF ends a line here: anything laxer lets a message smuggle in another.
    /// </summary>
    /// <returns>Null when the client is gone before the end; <c>Complete</c> is false when it is too big.</returns>
    public async Task<(ReadOnlyMemory<byte> Content, bool Complete)?> ReadMessageAsync(int limit, CancellationToken cancellationToken)
    {
        var message = new MemoryStream();
        var line = new MemoryStream();
        var complete = true;
        for (var atLineStart = true; ;)
        {
            line.SetLength(0);
            var read = await ReadLineAsync(line, limit, cancellationToken);
            if (read == Line.End)
                return null;
            var bytes = line.GetBuffer().AsMemory(0, (int)line.Length);
            if (atLineStart && read == Line.CrLf && WithoutEnding(line).SequenceEqual(EndOfMessage))
                return (message.ToArray(), complete);
            if (atLineStart && bytes.Length > 0 && bytes.Span[0] == '.')
                bytes = bytes[1..];
            complete = complete && read != Line.TooLong && message.Length + bytes.Length <= limit;
            if (complete)
                message.Write(bytes.Span);
            atLineStart = read == Line.CrLf || (read == Line.TooLong && lastEnding == Line.CrLf);
        }
    }

    private Line lastEnding;

    private async Task<Line> ReadLineAsync(MemoryStream line, int limit, CancellationToken cancellationToken)
    {
        var tooLong = false;
        byte previous = 0;
        while (true)
        {
            if (start == end && !await FillAsync(cancellationToken))
                return Line.End;
            var available = buffer.AsMemory(start, end - start);
            var newline = available.Span.IndexOf((byte)'\n');
            var part = newline < 0 ? available : available[..(newline + 1)];
            start += part.Length;
            tooLong = tooLong || line.Length + part.Length > limit;
            if (!tooLong)
                line.Write(part.Span);
            if (newline >= 0)
            {
                lastEnding = (newline > 0 ? part.Span[newline - 1] : previous) == '\r' ? Line.CrLf : Line.Lf;
                return tooLong ? Line.TooLong : lastEnding;
            }

            previous = part.Span[^1];
        }
    }

    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        start = 0;
        end = await stream.ReadAsync(buffer, cancellationToken);
        return end > 0;
    }

    private static ReadOnlySpan<byte> WithoutEnding(MemoryStream line) => line.GetBuffer().AsSpan(0, (int)line.Length).TrimEnd("\r\n"u8);

    private enum Line
    {
        End,
        CrLf,
        Lf,
        TooLong,
    }
}
