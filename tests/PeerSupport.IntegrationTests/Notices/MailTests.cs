using Microsoft.EntityFrameworkCore;
using PeerSupport.DevKit;
using PeerSupport.Services.Cases;
using PeerSupport.Services.Notices;
using PeerSupport.Services.Persistence;

namespace PeerSupport.IntegrationTests.Notices;

/// <summary>The mail about a notice: what it says, and that it comes exactly when it should, whatever the mail server does.</summary>
public sealed class MailTests(TestServer server) : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private static readonly string[] AddedByTheSink = ["Return-Path", "Delivered-To"];
    private TestApp app = null!;
    private MailRoom mail = null!;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync(server);
        mail = new MailRoom(app);
    }

    public async ValueTask DisposeAsync()
    {
        await mail.DisposeAsync();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task S49_Every_mail_says_the_same_to_one_person()
    {
        await app.Owner("update people set language = 'es' where id = $1", TestPeople.Ids["peer2"]);
        await app.GivenOpenCase();
        await mail.SendAll();

        mail.Received.Count.ShouldBe(100);
        mail.Received.ShouldAllBe(received => received.To.Count == 1 && received.Message.To.Count == 1 && received.Message.Cc.Count == 0);
        mail.Received.Select(received => received.To[0]).Distinct(StringComparer.Ordinal).Count().ShouldBe(100);
        mail.Received.Select(received => received.Subject).Distinct(StringComparer.Ordinal).ShouldBe(["PeerSupport"]);
        var english = mail.Received.Where(received => !received.IsTo("peer2@test.example")).ToList();
        english.Select(received => received.Text.ReplaceLineEndings("\n")).Distinct(StringComparer.Ordinal)
            .ShouldBe(["A colleague could use a peer. Sign in to see it.\n\nhttp://localhost:5080/\n"]);
        mail.Received.Single(received => received.IsTo("peer2@test.example")).Text.ShouldStartWith("A un colega le vendría bien");
        foreach (var received in english)
        {
            received.Message.Headers.Select(header => header.Field).Except(AddedByTheSink, StringComparer.Ordinal)
                .ShouldBe(["From", "Date", "Subject", "Message-Id", "To", "Auto-Submitted", "MIME-Version"], ignoreOrder: true);
            received.Message.MessageId.ShouldNotBeNull().ShouldMatch("^[0-9a-f]{32}-0@localhost$");
        }
    }

    [Fact]
    public async Task S49_An_address_cannot_smuggle_in_a_header_or_a_recipient()
    {
        await SetAddress("peer1", "peer1@test.example\r\nBcc: press@evil.example");
        await SetAddress("peer2", "peer2@test.example, press@evil.example");
        await SetAddress("peer3", "peer3@test.example>\r\nRCPT TO:<press@evil.example");
        await SetAddress("peer4", "");
        await app.GivenOpenCase();
        await mail.SendAll();
        mail.Received.Count.ShouldBe(96);
        mail.Received.ShouldAllBe(received => !received.Message.ToString().Contains("evil", StringComparison.Ordinal));
        mail.Received.SelectMany(received => received.To).ShouldNotContain(address => address.Contains("evil", StringComparison.Ordinal));
        (await mail.CountOf("failed")).ShouldBe(4);
    }

    [Fact]
    public async Task S67_Down_for_an_hour_then_everything_arrives_once_and_nothing_was_called_sent_before()
    {
        await mail.ServerGoesDown();
        await app.GivenOpenCase();
        for (var minute = 0; minute < 60; minute++)
        {
            await mail.SendDue(Token);
            (await mail.CountOf("sent")).ShouldBe(0);
            app.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        mail.ServerComesBack();
        await mail.SendAll();
        mail.Received.Count.ShouldBe(100);
        mail.Received.SelectMany(received => received.To).Distinct(StringComparer.Ordinal).Count().ShouldBe(100);
        (await mail.CountOf("sent")).ShouldBe(100);
    }

    [Fact]
    public async Task S67_A_server_that_says_later_is_asked_later()
    {
        var greeted = new HashSet<string>(StringComparer.Ordinal);
        mail.Fault = line => line.StartsWith("RCPT", StringComparison.Ordinal) && greeted.Add(line) ? "451 4.7.1 Greylisted, try later" : null;
        await app.GivenOpenCase();
        await mail.SendDue(Token);
        (await mail.CountOf("sent")).ShouldBe(0);
        await mail.SendAll();
        mail.Received.Count.ShouldBe(100);
        (await mail.CountOf("sent")).ShouldBe(100);
    }

    [Fact]
    public async Task A_recipient_refused_for_good_is_unreachable_and_the_others_get_theirs()
    {
        mail.Fault = line => line.Contains("peer7@", StringComparison.Ordinal) && line.StartsWith("RCPT", StringComparison.Ordinal) ? "550 5.1.1 No such box" : null;
        await app.GivenOpenCase();
        await mail.SendAll();
        mail.Received.Count.ShouldBe(99);
        (await mail.CountOf("failed")).ShouldBe(1);
    }

    [Fact]
    public async Task S67_A_server_that_hangs_up_after_taking_a_mail_gets_it_again_under_the_same_id()
    {
        var hungUp = 0;
        mail.Fault = word => word == "KEPT" && Interlocked.Increment(ref hungUp) == 10 ? SmtpSink.Drop : null;
        await app.GivenOpenCase();
        await mail.SendAll();
        mail.Received.Count.ShouldBe(101);
        mail.Received.Select(received => received.Message.MessageId).Distinct(StringComparer.Ordinal).Count().ShouldBe(100);
        (await mail.CountOf("sent")).ShouldBe(100);
    }

    [Fact]
    public async Task S67_A_slow_server_does_not_hold_up_a_stop_and_what_was_claimed_goes_back()
    {
        await app.GivenOpenCase();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        // Told to stop once it has called the server, so with its rows claimed; from then on the server only thinks.
        mail.Fault = line =>
        {
            mail.Delay = TimeSpan.FromMinutes(2);
            stop.Cancel();
            return null;
        };
        var sending = mail.SendDue(stop.Token);
        await Should.NotThrowAsync(() => sending.WaitAsync(TimeSpan.FromSeconds(30), Token));
        stop.IsCancellationRequested.ShouldBeTrue();
        mail.Fault = null;
        (await mail.CountOf("sending")).ShouldBe(0);
        (await mail.CountOf("waiting")).ShouldBe(100);
        mail.Delay = TimeSpan.Zero;
        await mail.SendAll();
        (await mail.CountOf("sent")).ShouldBe(100);
    }

    [Fact]
    public async Task Two_nodes_send_each_mail_once()
    {
        await app.GivenOpenCase();
        await app.GivenOpenCase(form: TestApp.Form("Somebody Else"));
        await Task.WhenAll(mail.SendWhatIsDue(), mail.SendWhatIsDue(), mail.SendWhatIsDue());
        mail.Received.Count.ShouldBe(200);
        mail.Received.Select(received => received.Message.MessageId).Distinct(StringComparer.Ordinal).Count().ShouldBe(200);
    }

    [Fact]
    public async Task After_an_accept_nobody_else_is_mailed()
    {
        var id = await app.GivenOpenCase();
        mail.Fault = line => line.StartsWith("RCPT", StringComparison.Ordinal) && mail.Received.Count == 10 ? Accept(id) : null;
        await mail.SendAll();
        mail.Received.Count.ShouldBe(11); // the one on its way when it was accepted
        (await mail.CountOf("waiting")).ShouldBe(0);
        (await mail.CountOf("covered")).ShouldBe(100 - (await mail.CountOf("sent")));
    }

    [Fact]
    public async Task Who_lost_the_role_or_said_no_is_not_mailed()
    {
        var id = await app.GivenOpenCase();
        await app.Owner("delete from role_grants where person_id = $1", TestPeople.Ids["peer1"]);
        await app.Owner("update people set active = false where id = $1", TestPeople.Ids["peer2"]);
        await app.Get<PeerBoards>().DeclineAsync(await app.As("peer3"), id, Token);
        await mail.SendAll();
        mail.Received.Count.ShouldBe(97);
    }

    [Fact]
    public async Task A_claim_whose_node_died_lapses_and_another_sends_it()
    {
        await app.GivenOpenCase();
        await app.Superuser("update deliveries set state = 2, attempts = 1, claimed_until = $1 where channel = 2", app.Clock.GetUtcNow() + TimeSpan.FromMinutes(2));
        await mail.SendDue(Token);
        mail.Received.Count.ShouldBe(0);
        app.Clock.Advance(TimeSpan.FromMinutes(2) + TimeSpan.FromSeconds(1));
        await mail.SendAll();
        mail.Received.Count.ShouldBe(100);
    }

    [Fact]
    public async Task Giving_claims_back_waits_for_nobody_who_is_changing_a_row()
    {
        await app.GivenOpenCase();
        var queue = app.Get<IEnumerable<IMailQueue>>().OfType<DeliveryQueue>().Single();
        var claimed = await queue.ClaimAsync(app.Clock.GetUtcNow(), Token);
        await using (var elsewhere = await app.Get<Database>().BeginJobAsync("mail", Token))
        {
            await elsewhere.Context.Database.ExecuteSqlAsync($"update deliveries set covered_at = now() where id = {claimed[1].Id}", Token);
            await queue.ReleaseAsync(claimed, TimeSpan.Zero, app.Clock.GetUtcNow());
            await elsewhere.CommitAsync(Token);
        }

        (await mail.CountOf("sending")).ShouldBe(1, "that one lapses by itself");
        (await mail.CountOf("waiting")).ShouldBe(99);
        (await app.Superuser("select max(attempts) from deliveries where state = 1")).ShouldBe(0);
        app.Clock.Advance(TimeSpan.FromMinutes(2) + TimeSpan.FromSeconds(1));
        await mail.SendAll();
        mail.Received.Count.ShouldBe(99);
        (await mail.CountOf("covered")).ShouldBe(1);
    }

    private string? Accept(Guid id)
    {
        // On the sink's own thread, while the client waits for its answer.
        Task.Run(async () => await app.Get<AcceptCase>().AcceptAsync(await app.As("peer50"), id, Token), Token).GetAwaiter().GetResult();
        return null;
    }

    private Task<object?> SetAddress(string name, string address) => app.Owner("update accounts set email = $2 where id = $1", TestPeople.Ids[name], address);
}
