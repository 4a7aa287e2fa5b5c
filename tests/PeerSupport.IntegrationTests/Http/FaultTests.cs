using System.Net;
using Npgsql;
using PeerSupport.DevKit;

namespace PeerSupport.IntegrationTests.Http;

/// <summary>Killed apps, killed servers: no half state, and nothing that was confirmed is lost.</summary>
public sealed class FaultTests : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private PostgresForTests postgres = null!;
    private RunningApp app = null!;

    public async ValueTask InitializeAsync()
    {
        postgres = await PostgresForTests.StartOwnAsync(CancellationToken.None);
        app = await RunningApp.StartAsync(postgres);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await postgres.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task S66_Killing_the_app_or_the_server_in_the_middle_leaves_no_half_state_and_no_stray_mail(bool killApp)
    {
        var confirmed = new List<Guid>();
        var committed = new HashSet<string>(StringComparer.Ordinal);
        var (succeeded, interrupted) = (0, 0);
        for (var round = 0; round < 4; round++)
        {
            using var psychologist = await app.SignedInAsync("psychologist1");
            var peers = new List<PageClient>();
            foreach (var n in Enumerable.Range(1, 4))
                peers.Add(await app.SignedInAsync($"peer{n}"));
            var id = await app.GivenPostedCaseAsync(psychologist);
            var notices = new List<(PageClient Client, Page Notice)>();
            foreach (var peer in peers)
                notices.Add((peer, await peer.GetAsync($"/notices/{id}")));
            using var closer = await app.SignedInAsync("peer5");
            var closing = await app.GivenPostedCaseAsync(psychologist);
            await closer.AcceptAsync(closing);
            await app.GivenTalkAsync(closing);
            committed.UnionWith(await MailIdsAsync()); // the closed case takes its rows along
            var end = await closer.GetAsync($"/my-case/{closing}/close");
            var forms = new List<Page>();
            for (var n = 0; n < 4; n++)
                forms.Add(await psychologist.GetAsync("/cases/new"));

            // Everything at once, and the kill in the middle of it: two answers later in every round. In every second one
            // somebody else has this peer's row, so the close is half done when it happens, however fast the rest goes.
            await using var inTheWay = round % 2 == 0 ? await InTheWayOfAsync("peer5") : null;
            var posts = forms.Select(form => SendAsync(psychologist, form.Press("Post to peers",
                [.. form.FirstChoices("Post to peers"), new("name", "Some Body"), new("reach", "206-555-0100"), new("type", "103")]))).ToList();
            var accepts = notices.Select(n => SendAsync(n.Client, n.Notice.Press("Accept"))).ToList();
            var close = SendAsync(closer, end.Press("Close", end.FirstChoices("Close")));
            await AnsweredAsync([.. posts, .. accepts, close], 2 * round);
            await (killApp ? app.Process.KillAsync(Token) : postgres.Cluster!.KillAsync(Token));
            var postedNow = (await Task.WhenAll(posts)).Count(answer => answer == HttpStatusCode.SeeOther);
            var closed = await close == HttpStatusCode.SeeOther;
            var won = (await Task.WhenAll(accepts)).Count(answer => answer == HttpStatusCode.SeeOther);
            succeeded += postedNow + won + (closed ? 1 : 0);
            interrupted += (await Task.WhenAll([.. posts, .. accepts, close])).Count(answer => answer is not (HttpStatusCode.SeeOther or HttpStatusCode.Conflict));
            await (inTheWay?.CloseAsync() ?? Task.CompletedTask);
            if (killApp)
                await app.StartAgainAsync(cancellationToken: Token);
            else
                await BackAsync();

            won.ShouldBeLessThanOrEqualTo(1);
            if (won == 1)
                (await app.SqlAsync("select count(*) from support_cases where id = $1 and status = 2", id)).ShouldBe(1L, "an accept that was confirmed is kept");
            if (closed)
                (await app.SqlAsync("select count(*) from support_cases where id = $1", closing)).ShouldBe(0L, "a close that was confirmed is final");
            ((long)(await app.SqlAsync("select count(*) from support_cases"))!).ShouldBeGreaterThanOrEqualTo(6 + confirmed.Count + 1 + postedNow);
            confirmed.Add(id);
            await NoHalfStateAsync();
            peers.ForEach(peer => peer.Dispose());
            await app.SqlAsync("delete from support_cases where id = $1", closing);
            await app.SqlAsync("update support_cases set status = 1, holder_id = null, accepted_at = null");
            await app.SqlAsync("update peers set held = 0");
        }

        // Of six answers at most three say "another peer has it": something was done before a kill. And in two rounds a
        // close was not.
        succeeded.ShouldBeGreaterThan(0);
        interrupted.ShouldBeGreaterThan(1);

        // A dead node's claims lapse after minutes; here they lapse now.
        await app.SqlAsync("update deliveries set claimed_until = now() - interval '1 second', due_at = now() where state in (1, 2)");

        // Whatever was committed is mailed in the end, to everybody once or with the same id; nothing else ever is.
        await UntilAsync(async () => (long)(await app.SqlAsync("select count(*) from deliveries where channel = 2 and state in (1, 2)"))! == 0);
        var ids = app.Mail.Received.Select(mail => mail.Message.MessageId!.Split('-', '@')[0]).ToHashSet(StringComparer.Ordinal);
        committed.UnionWith(await MailIdsAsync());
        committed.UnionWith(((string)(await app.SqlAsync("select coalesce(string_agg(replace(id::text, '-', ''), ','), '') from messages"))!).Split(',')); // about hand-offs
        ids.Except(committed, StringComparer.Ordinal).ShouldBeEmpty("a mail for a post that was rolled back");
        var sent = await MailIdsAsync("and state = 3");
        sent.ShouldAllBe(id => ids.Contains(id));
    }

    [Fact]
    public async Task S68_With_the_database_down_pages_say_so_nothing_is_lost_and_it_recovers_by_itself()
    {
        using var psychologist = await app.SignedInAsync("psychologist1");
        using var peer = await app.SignedInAsync("peer1");
        var id = await app.GivenPostedCaseAsync(psychologist);
        var notice = await peer.GetAsync($"/notices/{id}");
        var form = await psychologist.GetAsync("/cases/new");
        await postgres.Cluster!.KillAsync(Token);

        foreach (var page in new[] { await peer.GetAsync("/notices"), await peer.GetAsync($"/notices/{id}"), await peer.PressAsync(notice, "Accept"), await psychologist.GetAsync("/cases") })
        {
            page.Status.ShouldBe(HttpStatusCode.ServiceUnavailable, page.Address.AbsolutePath);
            page.Text.ShouldContain("cannot reach our records");
            page.Html.ShouldContain("tel:988");
        }

        var posted = await psychologist.PressAsync(form, "Post to peers",
            [.. form.FirstChoices("Post to peers"), new("name", "Typed Name"), new("reach", "206-555-0100"), new("spec", "typed words"), new("type", "103")]);
        posted.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        posted.Text.ShouldContain("cannot reach our records");
        posted.Html.ShouldContain("Typed Name");
        posted.Html.ShouldContain("typed words");
        using (var probe = app.Visitor())
        {
            (await probe.GetAsync("/healthz/ready")).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
            (await probe.GetAsync("/healthz/live")).Status.ShouldBe(HttpStatusCode.OK);
        }

        await BackAsync();
        (await peer.AcceptAsync(id)).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await psychologist.PressAsync(posted, "Post to peers")).Status.ShouldBe(HttpStatusCode.SeeOther, "what was kept on the page can be sent as it stands");
    }

    /// <summary>The server starts again, and the app, which was never restarted, finds it.</summary>
    private async Task BackAsync()
    {
        await postgres.Cluster!.RestartAsync(Token);
        using var visitor = app.Visitor();
        await UntilAsync(async () => (await visitor.GetAsync("/healthz/ready")).Status == HttpStatusCode.OK);
    }

    /// <summary>Keeps a peer's seat locked for as long as the connection lives: giving it back has to wait.</summary>
    private async Task<NpgsqlConnection> InTheWayOfAsync(string login)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(postgres.AdminConnectionString(app.Database)) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(
            $"begin; select 1 from peers where person_id = (select id from accounts where email = '{login}@demo.test') for no key update", connection);
        (await command.ExecuteScalarAsync(Token)).ShouldBe(1);
        return connection;
    }

    /// <summary>Done when so many have been answered.</summary>
    private static async Task AnsweredAsync(List<Task<HttpStatusCode?>> sent, int answers)
    {
        for (var n = 0; n < answers; n++)
            sent.Remove(await Task.WhenAny(sent));
    }

    private static async Task<HttpStatusCode?> SendAsync(PageClient client, HttpRequestMessage request)
    {
        try
        {
            using var answer = await client.Http.SendAsync(request);
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null; // the connection died with the process: the sender knows that it does not know
        }
    }

    /// <summary>Ids of the mails that stand in committed delivery rows.</summary>
    private async Task<string[]> MailIdsAsync(string which = "") =>
        ((string)(await app.SqlAsync($"select coalesce(string_agg(replace(id::text, '-', ''), ','), '') from deliveries where channel = 2 {which}"))!).Split(',');

    private async Task NoHalfStateAsync()
    {
        (await app.SqlAsync("select count(*) from peers p where p.held <> (select count(*) from support_cases c where c.holder_id = p.person_id)")).ShouldBe(0L, "seats match held cases");
        (await app.SqlAsync("select count(*) from support_cases c where not exists (select from sealed_identities s where s.case_id = c.id)")).ShouldBe(0L, "no case without its identity");
        (await app.SqlAsync("select count(*) from support_cases c where (select count(*) from deliveries d where d.case_id = c.id and d.channel = 1) <> 12")).ShouldBe(0L, "no case without all its notices");
        (await app.SqlAsync("select count(*) from support_cases c where not exists (select from deliveries d where d.case_id = c.id and d.channel = 2)")).ShouldBe(0L, "no case without its first alerts");
        (await app.SqlAsync("select count(*) from support_cases c where c.status = 1 and c.next_wave_at is not null and not exists (select from errands e where e.case_id = c.id)")).ShouldBe(0L, "no ladder without its next step");
        (await app.SqlAsync("select count(*) from sealed_identities s where not exists (select from support_cases c where c.id = s.case_id)")).ShouldBe(0L, "no identity without its case");
        (await app.SqlAsync("select count(*) from support_cases c where c.status = 2 and exists (select from deliveries d where d.case_id = c.id and d.peer_id <> c.holder_id and d.covered_at is null)")).ShouldBe(0L, "covered for everybody else");
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while (!await condition())
            await Task.Delay(TimeSpan.FromMilliseconds(100), limit.Token);
    }
}
