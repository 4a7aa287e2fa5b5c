using System.Net.Sockets;
using System.Text;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using PeerSupport.DevKit;

namespace PeerSupport.IntegrationTests.DevKit;

/// <summary>The mail sink takes what a real mail server takes, and fails as one fails when it is told to.</summary>
public sealed class SinkTakesMail : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("peersupport-mail-");
    private SmtpSink sink = null!;

    public ValueTask InitializeAsync()
    {
        sink = SmtpSink.Start(new SmtpSinkOptions(Folder: folder.FullName) { LargestMessage = 20_000 });
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await sink.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Lines_that_begin_with_a_dot_arrive_as_they_were_written()
    {
        const string text = ".\n..\n.hidden\nend.\n";
        await Send("dots", text);

        var mail = await sink.WaitForAsync(mail => mail.IsTo("rivera@example.org"), Soon, Token);

        mail.Text.ReplaceLineEndings("\n").ShouldBe(text);
        (await MimeMessage.LoadAsync(mail.File!, Token)).Subject.ShouldBe("dots");
    }

    [Fact]
    public async Task A_mail_awaited_before_it_comes_is_found_and_a_file_is_there_before_the_250()
    {
        var waiting = sink.WaitForAsync(mail => mail.Subject == "second", Soon, Token);
        await Send("first");
        await Send("second");
        folder.GetFiles("*.eml").Length.ShouldBe(2);
        (await waiting).Subject.ShouldBe("second");
        folder.GetFiles("*.part").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_forced_reply_is_what_the_client_gets_and_the_mail_is_not_kept()
    {
        sink.Fault = line => line.StartsWith("RCPT", StringComparison.Ordinal) ? "451 4.3.0 Try later" : null;
        (await Should.ThrowAsync<SmtpCommandException>(() => Send("refused"))).StatusCode.ShouldBe(SmtpStatusCode.ErrorInProcessing);
        sink.Fault = line => line == "." ? "554 5.7.1 No" : null;
        await Should.ThrowAsync<SmtpCommandException>(() => Send("refused"));
        sink.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_connection_lost_after_the_mail_was_kept_leaves_the_client_in_doubt_and_the_mail_kept()
    {
        sink.Fault = line => line == "KEPT" ? SmtpSink.Drop : null;
        await Should.ThrowAsync<Exception>(() => Send("in doubt"));
        sink.Received.ShouldHaveSingleItem().Subject.ShouldBe("in doubt");
    }

    [Fact]
    public async Task Nobody_waits_for_ever()
    {
        await Send("another");
        var late = await Should.ThrowAsync<TimeoutException>(() => sink.WaitForAsync(mail => mail.Subject == "never", TimeSpan.FromMilliseconds(50), Token));
        late.Message.ShouldContain("another");
    }

    [Fact]
    public async Task Garbage_and_endless_lines_are_refused_and_the_conversation_goes_on()
    {
        (await Talk(new string('x', 100_000), "\0\u00ff\u0001", "MAIL FROM:<a@example.org>", "DATA", "RCPT TO:nobody", "QUIT"))
            .ShouldBe(["220", "500", "502", "250", "503", "501", "221"]);
    }

    [Fact]
    public async Task A_mail_that_is_too_big_is_refused_and_the_next_one_taken()
    {
        await Should.ThrowAsync<SmtpCommandException>(() => Send("big", new string('x', 30_000)));
        (await Talk("MAIL FROM:<a@example.org>", "RCPT TO:<b@example.org>", "DATA\r\n" + new string('y', 90_000) + "\r\n.",
            "MAIL FROM:<a@example.org>", "RCPT TO:<b@example.org>", "DATA\r\nSubject: next\r\n\r\nhello\r\n.", "QUIT"))
            .ShouldBe(["220", "250", "250", "354", "552", "250", "250", "354", "250", "221"]);
        sink.Received.ShouldHaveSingleItem().Subject.ShouldBe("next");
    }

    [Fact]
    public async Task A_dot_between_bare_line_feeds_does_not_end_a_mail_and_smuggle_in_another()
    {
        await Talk("MAIL FROM:<a@example.org>", "RCPT TO:<b@example.org>",
            "DATA\r\nSubject: one\r\n\r\nhello\n.\nMAIL FROM:<evil@example.org>\r\n.", "QUIT");
        sink.Received.ShouldHaveSingleItem().Text.ShouldContain("evil@example.org");
    }

    [Fact]
    public async Task It_can_go_down_and_come_back_on_its_port()
    {
        var port = sink.Port;
        await Send("before");
        await sink.DisposeAsync();
        await Should.ThrowAsync<SocketException>(() => Send("while down"));
        sink = SmtpSink.Start(new SmtpSinkOptions(port, folder.FullName));
        await Send("after");
        sink.Received.ShouldHaveSingleItem().Subject.ShouldBe("after");
    }

    private async Task Send(string subject, string text = "Hello")
    {
        using var message = new MimeMessage();
        message.From.Add(new MailboxAddress("PeerSupport", "peersupport@example.org"));
        message.To.Add(new MailboxAddress("Rivera", "rivera@example.org"));
        message.Subject = subject;
        message.Body = new TextPart("plain") { Text = text };
        using var client = new SmtpClient();
        await client.ConnectAsync("127.0.0.1", sink.Port, SecureSocketOptions.None, Token);
        await client.SendAsync(message, Token);
        await client.DisconnectAsync(quit: true, Token);
    }

    /// <summary>Says all lines at once, as pipelining allows, and returns the codes of the last line of each reply.</summary>
    private async Task<string[]> Talk(params string[] lines)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", sink.Port, Token);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(string.Join("\r\n", lines) + "\r\n"), Token);
        using var reader = new StreamReader(stream);
        var replies = await reader.ReadToEndAsync(Token);
        return [.. replies.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(reply => reply[..3])];
    }
}
