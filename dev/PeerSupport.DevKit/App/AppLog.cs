using System.Diagnostics;
using System.Threading.Channels;

namespace PeerSupport.DevKit;

/// <summary>What the app writes, in a file, with the last lines at hand.</summary>
internal sealed class AppLog : IAsyncDisposable
{
    private const int Remembered = 25;

    private readonly StreamWriter file;
    private readonly Channel<string> lines = Channel.CreateUnbounded<string>();
    private readonly Queue<string> last = new();
    private readonly Task writing;
    private Task reading = Task.CompletedTask;

    public AppLog(string path)
    {
        LocalFolder.MakePrivate(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        file = new StreamWriter(path, options) { AutoFlush = true };
        writing = WriteAsync();
    }

    public event Action<string>? Line;

    public string LastLines
    {
        get
        {
            lock (last)
                return string.Join('\n', last);
        }
    }

    public void Follow(Process process) =>
        reading = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));

    /// <summary>Everything the ended process wrote is in the file afterwards.</summary>
    public async Task CompleteAsync()
    {
        await reading;
        lines.Writer.TryComplete();
        await writing;
    }

    public async ValueTask DisposeAsync()
    {
        await CompleteAsync();
        await file.DisposeAsync();
    }

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
            lines.Writer.TryWrite(line);
    }

    private async Task WriteAsync()
    {
        await foreach (var line in lines.Reader.ReadAllAsync())
        {
            lock (last)
            {
                last.Enqueue(line);
                if (last.Count > Remembered)
                    last.Dequeue();
            }

            await file.WriteLineAsync(line);
            Line?.Invoke(line);
        }
    }
}
