using System.Diagnostics;
using System.Globalization;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using PeerSupport.DevKit;
using PeerSupport.Domain.Cases;

namespace PeerSupport.Benchmarks;

/// <summary>
/// Five hundred alerts through a mail server that thinks 20 ms before each answer, says "later" to some and hangs up on
/// some: how long the outbox takes, beside a bare pipelined MailKit loop over as many connections that sends the same
/// mails to the same server and waits as long before it tries one again. None may be lost.
/// </summary>
internal static class MailRun
{
    private const double Limit = 1.5;
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(20);

    public static async Task<int> RunAsync(int mails)
    {
        var calm = await MeasureAsync(mails, faults: false);
        var rough = await MeasureAsync(mails, faults: true);
        return calm && rough ? 0 : 1;
    }

    private static async Task<bool> MeasureAsync(int mails, bool faults)
    {
        await using var postgres = await PostgresForTests.AcquireAsync(CancellationToken.None);
        await using var app = await RunningApp.StartAsync(postgres);
        await app.SqlAsync("delete from support_cases");
        await RaceCrowd.AddPeersAsync(app, mails);
        (app.Mail.Delay, app.Mail.Fault) = (Delay, faults ? Faults() : null);
        await using var bare = SmtpSink.Start();
        (bare.Delay, bare.Fault) = (Delay, faults ? Faults() : null);

        var theirs = await Timing.MillisecondsAsync(() => BareAsync(bare, mails));
        await AddAlertsAsync(app);
        var ours = await Timing.MillisecondsAsync(async () =>
        {
            await app.SqlAsync("notify peersupport_cases");
            while ((long)(await app.SqlAsync("select count(*) from deliveries where channel = 2 and state <> 3"))! > 0)
                await Task.Delay(20);
        });

        var ids = ((string)(await app.SqlAsync("select string_agg(replace(id::text, '-', ''), ',') from deliveries"))!).Split(',').ToHashSet(StringComparer.Ordinal);
        var (arrived, repeated) = Count(app.Mail.Received.Where(mail => ids.Contains(mail.Message.MessageId!.Split('-', '@')[0])));
        var ratio = ours / theirs;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{(faults ? "rough" : "calm"),-6} outbox {ours,7:0} ms, bare loop {theirs,7:0} ms over {Connections} connection(s): ratio {ratio:0.00} (limit {Limit:0.0}); {arrived} of {mails} arrived, {repeated} a second time with the same id; bare loop {Count(bare.Received).Arrived}"));
        return ratio <= Limit && arrived == mails;
    }

    /// <summary>As many as the app uses.</summary>
    private static int Connections => 1;

    /// <summary>One recipient in 25 is told "later" once; one mail in 100 is cut off before, and one in 250 after it was taken.</summary>
    private static Func<string, string?> Faults()
    {
        var (recipients, contents, kept) = (0, 0, 0);
        return line => line switch
        {
            _ when line.StartsWith("RCPT", StringComparison.OrdinalIgnoreCase) && Interlocked.Increment(ref recipients) % 25 == 0 => "451 try later",
            "." when Interlocked.Increment(ref contents) % 100 == 0 => SmtpSink.Drop,
            "KEPT" when Interlocked.Increment(ref kept) % 250 == 0 => SmtpSink.Drop,
            _ => null,
        };
    }

    private static (int Arrived, int Repeated) Count(IEnumerable<ReceivedMail> mails)
    {
        var ids = mails.Select(mail => mail.Message.MessageId).ToList();
        var different = ids.Distinct(StringComparer.Ordinal).Count();
        return (different, ids.Count - different);
    }

    /// <summary>One open case, a mail row for every peer.</summary>
    private static async Task AddAlertsAsync(RunningApp app)
    {
        await app.SqlAsync(
            """
            insert into support_cases (id, psychologist_id, agency_id, region_id, situation_type_id, level, urgency, wanted_tags, handle_first, handle_second, posted_at, status, contact_days)
            select gen_random_uuid(), p.id, p.agency_id, a.region_id, 103, 1, 1, '{}', 1, 1, now(), 1, '{}' from people p join agencies a on a.id = p.agency_id join role_grants g on g.person_id = p.id and g.role = 1 limit 1
            """);
        await app.SqlAsync(
            """
            insert into deliveries (id, case_id, peer_id, posted_by, channel, state, handle_first, handle_second, round, attempts, due_at)
            select gen_random_uuid(), c.id, p.person_id, c.psychologist_id, 2, 1, 1, 1, 0, 0, now() from support_cases c, peers p
            """);
    }

    private static async Task BareAsync(SmtpSink sink, int mails)
    {
        var due = new PriorityQueue<MimeMessage, long>();
        for (var n = 0; n < mails; n++)
            due.Enqueue(Mail(n), 0);
        SmtpClient? client = null;
        while (due.TryDequeue(out var mail, out var at))
        {
            if (at > Stopwatch.GetTimestamp())
                await Task.Delay(Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), at));
            try
            {
                client ??= await ConnectAsync(sink);
                await client.SendAsync(mail);
                mail.Dispose();
            }
            catch (Exception fault) when (fault is SmtpCommandException or SmtpProtocolException or IOException)
            {
                if (fault is not SmtpCommandException)
                {
                    client?.Dispose();
                    client = null;
                }

                due.Enqueue(mail, Stopwatch.GetTimestamp() + (long)(RetryRules.Backoff(1).TotalSeconds * Stopwatch.Frequency));
            }
        }

        client?.Dispose();
    }

    private static async Task<SmtpClient> ConnectAsync(SmtpSink sink)
    {
        var client = new SmtpClient();
        await client.ConnectAsync("127.0.0.1", sink.Port, SecureSocketOptions.None);
        return client;
    }

    private static MimeMessage Mail(int n)
    {
        var mail = new MimeMessage { Subject = "PeerSupport", MessageId = $"{Guid.NewGuid():N}@localhost", Body = new TextPart("plain") { Text = "A colleague could use a peer. Sign in to see it.\r\n\r\nhttp://localhost/\r\n" } };
        mail.From.Add(MailboxAddress.Parse("peersupport@localhost"));
        mail.To.Add(MailboxAddress.Parse($"peer{n}@demo.test"));
        return mail;
    }
}
