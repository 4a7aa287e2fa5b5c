using System.Globalization;
using System.Text;
using MimeKit;

namespace PeerSupport.DevKit;

/// <summary>Mails as files, one each, which any mail program can open. A file is complete or not there.</summary>
internal sealed class MailFolder(string path, TimeProvider time)
{
    private const string Extension = ".eml";

    private long lastTicks;

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>Keeps a message under a name that sorts by time, with the envelope in headers as a mail server would.</summary>
    public async Task<string> KeepAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        LocalFolder.MakePrivate(Path);
        var file = System.IO.Path.Combine(Path, NextName() + Extension);
        var unfinished = file + ".part";
        await using (var stream = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write))
            await stream.WriteAsync(message, cancellationToken);
        File.Move(unfinished, file);
        return file;
    }

    /// <summary>Names of the mails, newest first.</summary>
    public IReadOnlyList<string> Names() => !Directory.Exists(Path)
        ? []
        : [.. Directory.EnumerateFiles(Path, "*" + Extension).Select(file => System.IO.Path.GetFileNameWithoutExtension(file)).OrderDescending(StringComparer.Ordinal)];

    /// <summary>Null when there is no such mail, or it is no mail.</summary>
    public async Task<MimeMessage?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        if (name.Length == 0 || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-'))
            return null;
        try
        {
            return await MimeMessage.LoadAsync(System.IO.Path.Combine(Path, name + Extension), cancellationToken);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or FormatException)
        {
            return null;
        }
    }

    /// <summary>The headers a mail server adds when it delivers: without them a blind copy would tell nobody whose it is.</summary>
    public static byte[] Envelope(string from, IEnumerable<string> to)
    {
        var headers = new StringBuilder($"Return-Path: <{from}>\r\n");
        foreach (var recipient in to)
            headers.Append(CultureInfo.InvariantCulture, $"Delivered-To: {recipient}\r\n");
        return Encoding.UTF8.GetBytes(headers.ToString());
    }

    private string NextName()
    {
        var now = time.GetUtcNow().UtcTicks;
        long previous, next;
        do
        {
            previous = Interlocked.Read(ref lastTicks);
            next = Math.Max(now, previous + 1);
        }
        while (Interlocked.CompareExchange(ref lastTicks, next, previous) != previous);

        var at = new DateTime(next, DateTimeKind.Utc).ToString("yyyyMMdd'T'HHmmssfffffff'Z'", CultureInfo.InvariantCulture);
        return $"{at}-{Guid.NewGuid().ToString("N")[..6]}";
    }
}
