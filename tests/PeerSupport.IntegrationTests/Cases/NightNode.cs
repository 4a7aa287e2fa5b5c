using System.Diagnostics;
using System.Globalization;
using PeerSupport.DevKit;
using PeerSupport.SteppedClock;

namespace PeerSupport.IntegrationTests.Cases;

/// <summary>One node of the night: the app as its own process, with a mail server of its own, until it is killed.</summary>
internal sealed class NightNode : IAsyncDisposable
{
    private readonly SmtpSink mail;
    private readonly Lock gate = new();
    private AppProcess process = null!;
    private string killAt = "";
    private int left;
    private int read;

    private NightNode(SmtpSink mail) => this.mail = mail;

    /// <summary>It was killed: it says nothing any more.</summary>
    public bool Dead { get; private set; }

    /// <summary>The app on the test's database, by its clock. Returns when it answers.</summary>
    /// <param name="app">Whose database and keys it shares.</param>
    /// <param name="clock">Its time.</param>
    /// <param name="folder">Where its log goes.</param>
    /// <param name="isDead">Mail boxes that take nothing, as the client says it.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public static async Task<NightNode> StartAsync(TestApp app, ClockFile clock, string folder, Func<string, bool> isDead, CancellationToken cancellationToken)
    {
        var node = new NightNode(SmtpSink.Start());
        node.mail.Fault = line => node.Heard(line) ?? (line.StartsWith("RCPT", StringComparison.Ordinal) && isDead(line) ? "550 5.1.1 No such box" : null);
        var settings = new AppSettings { Databases = app.Connections, Port = LoopbackPort.Free(), KeyDirectory = app.KeyDirectory, MailPort = node.mail.Port, Extra = clock.Environment };
        node.process = await AppProcess.StartAsync(settings, Path.Combine(folder, $"node-{settings.Port.ToString(CultureInfo.InvariantCulture)}.log"), cancellationToken);
        return node;
    }

    /// <summary>The process is killed, as by a power cut, when its mail server hears this for the nth time from now on.</summary>
    /// <param name="words">What <see cref="SmtpSink.Fault"/> is asked with.</param>
    /// <param name="nth">From 1.</param>
    public void KillAt(string words, int nth)
    {
        lock (gate)
            (killAt, left) = (words, nth);
    }

    /// <summary>Mails since the last call.</summary>
    public IReadOnlyList<ReceivedMail> NewMails()
    {
        var received = mail.Received;
        var since = received.Skip(read).ToList();
        read = received.Count;
        return since;
    }

    /// <summary>The whole process stands still, or goes on.</summary>
    public async Task StandStillAsync(bool still)
    {
        using var kill = Process.Start("kill", [still ? "-STOP" : "-CONT", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        kill.ExitCode.ShouldBe(0);
    }

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        await mail.DisposeAsync();
    }

    private string? Heard(string line)
    {
        lock (gate)
        {
            if (left > 0 && line.StartsWith(killAt, StringComparison.Ordinal) && --left == 0)
            {
                process.KillAsync().GetAwaiter().GetResult(); // nobody hears the answer
                Dead = true;
            }

            return Dead ? SmtpSink.Drop : null;
        }
    }
}
