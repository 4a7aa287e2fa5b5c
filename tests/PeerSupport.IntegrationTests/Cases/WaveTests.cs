using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.IntegrationTests.Notices;
using PeerSupport.IntegrationTests.Persistence;
using PeerSupport.Services.Cases;
using PeerSupport.Services.Notices;

namespace PeerSupport.IntegrationTests.Cases;

/// <summary>The ladder of an open case on a real database: whom it alerts when, and when it stops.</summary>
public sealed partial class WaveTests(TestServer server) : IAsyncLifetime
{
    private static readonly Guid Next = Guid.NewGuid();
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;
    private MailRoom mail = null!;

    /// <summary>Four peers of the agency and two of the agency next door; everybody else is off duty. It is evening in the agency: 18:11.</summary>
    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync(server);
        mail = new MailRoom(app);
        await app.Owner("update peers set on_duty = false");
        await app.Owner("insert into agencies (id, region_id, name) values ($1, $2, 'Next Door')", Next, TestPeople.Region);
        foreach (var n in Enumerable.Range(1, 6))
            await app.Owner("update peers set on_duty = true where person_id = $1", Id(n));
        foreach (var n in new[] { 5, 6 })
            await app.Owner("update people set agency_id = $2 where id = $1", Id(n), Next);
        await app.Owner("update peers set tags = '{3}' where person_id = $1", Id(1));
    }

    public async ValueTask DisposeAsync()
    {
        await mail.DisposeAsync();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task Everybody_finds_it_on_the_board_at_once_and_few_are_alerted_first()
    {
        var id = await Post();
        (await app.Superuser("select count(*) from deliveries where channel = 1")).ShouldBe(6L);
        foreach (var n in new[] { 2, 5 })
            (await Board(n)).ShouldHaveSingleItem().CaseId.ShouldBe(id);
        await Mailed(1);
        await After(4);
        await Mailed(1);
        await After(1);
        await Mailed(1, 2, 3, 4);
        await After(10);
        await Mailed(1, 2, 3, 4, 5, 6);
        (await MailTo("okafor")).ShouldBe(0);
        await After(15);
        (await MailTo("okafor")).ShouldBe(1, "told that nobody has it");
        (await app.Superuser("select wave from support_cases")).ShouldBe(Waves.Told);
    }

    [Fact]
    public async Task By_night_it_widens_more_slowly_and_by_the_clock_of_the_agency()
    {
        await app.Owner("update agencies set time_zone = 'Etc/UTC' where id = $1", TestPeople.Agency); // 02:11
        await Post();
        await After(9);
        await Mailed(1);
        await After(1);
        await Mailed(1, 2, 3, 4);
        await After(20);
        await Mailed(1, 2, 3, 4, 5, 6);
        await After(29);
        (await MailTo("okafor")).ShouldBe(0);
        await After(1);
        (await MailTo("okafor")).ShouldBe(1);
    }

    [Fact]
    public async Task An_agency_may_have_a_plan_of_its_own()
    {
        await app.Owner("insert into alert_plans values ($1, 1, 2, 3, 1, 2, 3, '22:00', '06:00')", TestPeople.Agency);
        await Post();
        await After(1);
        await Mailed(1, 2, 3, 4);
        await After(1);
        await Mailed(1, 2, 3, 4, 5, 6);
        await After(1);
        (await MailTo("okafor")).ShouldBe(1);
    }

    [Theory]
    [InlineData("accept")]
    [InlineData("withdraw")]
    public async Task It_stops_when_somebody_accepts_or_it_is_withdrawn(string end)
    {
        var id = await Post();
        await Mailed(1);
        if (end == "accept")
            await Accept(1, id);
        else
            (await app.Get<WithdrawCase>().WithdrawAsync(await app.As("okafor"), id, Token)).Refusal.ShouldBeNull();
        await After(60);
        await Mailed(1);
        (await MailTo("okafor")).ShouldBe(0);
        (await app.Superuser("select count(*) from errands where kind = 7")).ShouldBe(0L);
    }

    [Fact]
    public async Task A_hand_back_starts_the_ladder_anew_without_the_one_who_handed_back()
    {
        var id = await Post();
        await Mailed(1);
        await After(5);
        await Mailed(1, 2, 3, 4);
        await Accept(1, id);
        await HandBack(1, id);
        // Nobody fulfils the wish any more, so the first wave is the group.
        await After(0);
        (await MailTo("peer1")).ShouldBe(1);
        (await MailTo("peer2")).ShouldBe(2);
        (await MailTo("peer5")).ShouldBe(0);
        mail.Received.Select(received => received.Message.MessageId).Distinct(StringComparer.Ordinal).Count().ShouldBe(mail.Received.Count, "a new round is no copy");
        await After(5); // the group has nobody new, so the region is next at once
        (await MailTo("peer5")).ShouldBe(1);
        (await MailTo("peer1")).ShouldBe(1);
    }

    [Fact]
    public async Task Whoever_comes_on_duty_later_or_wanted_quiet_is_alerted_with_a_later_wave_and_nobody_is_lost()
    {
        await app.Owner("update peers set on_duty = false where person_id = $1", Id(2));
        await app.Owner("update peers set quiet_from = '00:00', quiet_until = '02:40' where person_id = $1", Id(3)); // it is 02:11 for them
        await app.Owner("update peers set quiet_from = '00:00', quiet_until = '03:10' where person_id = $1", Id(4));
        await Post();
        await After(5); // nobody of the group is free, so the region is next at once
        await Mailed(1, 5, 6);
        await app.Owner("update peers set on_duty = true where person_id = $1", Id(2));
        await After(15); // 02:31, told
        await Mailed(1, 2, 5, 6);
        await After(30); // 03:01
        await Mailed(1, 2, 3, 5, 6);
        await After(30); // 03:31
        await Mailed(1, 2, 3, 4, 5, 6);
    }

    [Fact]
    public async Task Who_is_put_to_bed_between_the_claim_and_the_sending_is_not_woken_and_alerted_later()
    {
        await Post();
        await app.Owner("update peers set quiet_from = '02:00', quiet_until = '02:15' where person_id = $1", Id(1));
        await Mailed();
        await After(5);
        await Mailed(1, 2, 3, 4);
    }

    [Theory]
    [InlineData("update peers set on_duty = false where person_id = $1")]
    [InlineData("update peers set paused_until = '2027-01-01' where person_id = $1")]
    [InlineData("update peers set trained_until = '2026-11-01' where person_id = $1")]
    [InlineData("update peers set held = 2 where person_id = $1")]
    [InlineData("update people set active = false where id = $1")]
    [InlineData("delete from role_grants where person_id = $1")]
    [InlineData("update peers set hand_backs = array['2026-11-09 01:00Z', '2026-11-09 01:10Z', '2026-11-09 01:20Z']::timestamptz[] where person_id = $1")]
    public async Task Whoever_cannot_take_it_any_more_when_the_alert_would_leave_is_not_alerted(string change)
    {
        await Post();
        await app.Owner(change, Id(1));
        await Mailed();
    }

    [Fact]
    public async Task Where_nobody_can_be_alerted_the_psychologist_is_told_at_once()
    {
        await app.Owner("update peers set on_duty = false");
        await Post();
        await After(0);
        (await MailTo("okafor")).ShouldBe(1);
        await app.Owner("update peers set on_duty = true where person_id = $1", Id(2));
        await After(30);
        await Mailed(2);
    }

    [Fact]
    public async Task Where_every_alert_failed_nobody_was_alerted_and_the_psychologist_is_told_with_the_next_wave()
    {
        await app.Owner("update peers set on_duty = person_id = $1", Id(1));
        mail.Fault = line => line.Contains("peer1@", StringComparison.Ordinal) && line.StartsWith("RCPT", StringComparison.Ordinal) ? "550 No such box" : null;
        await Post();
        await After(4);
        (await MailTo("okafor")).ShouldBe(0);
        await After(1);
        (await MailTo("okafor")).ShouldBe(1, "nobody is left who could answer");
        await After(60);
        (await app.Superuser("select state from deliveries where channel = 2")).ShouldBe((int)DeliveryState.Failed, "what is refused for good is not tried again");
    }

    [Fact]
    public async Task She_is_reminded_calmly_until_somebody_has_it()
    {
        var id = await Post();
        await After(30);
        (await MailTo("okafor")).ShouldBe(1);
        for (var half = 0; half < 14; half++)
            await After(30);
        (await MailTo("okafor")).ShouldBe(4, "after one, three and seven hours");
        await Accept(6, id);
        await After(24 * 60);
        (await MailTo("okafor")).ShouldBe(4);
    }

    [Fact]
    public async Task Widening_by_hand_does_the_next_wave_now_once_and_the_ladder_goes_on_from_there()
    {
        var id = await Post();
        var psychologist = await app.As("okafor");
        (await app.Get<WidenNow>().WidenAsync(await app.As("lindgren"), id, Waves.BestMatch, Token)).Refusal.ShouldBe(CaseRefusals.NotFound);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => app.Get<WidenNow>().WidenAsync(psychologist, id, Waves.BestMatch, Token))));
        await Mailed(1, 2, 3, 4);
        await After(9);
        await Mailed(1, 2, 3, 4);
        await After(1);
        await Mailed(1, 2, 3, 4, 5, 6);
        await Accept(5, id);
        (await app.Get<WidenNow>().WidenAsync(psychologist, id, Waves.Region, Token)).Refusal.ShouldBe(CaseRefusals.AcceptedAlready);
    }

    [Fact]
    public async Task Agencies_that_do_not_share_keep_to_their_own_peers_and_the_database_says_so_too()
    {
        await app.Owner("update agencies set shares_peers = false where id = $1", Next);
        var id = await Post();
        (await Board(5)).ShouldBeEmpty();
        (await app.Get<AcceptCase>().AcceptAsync(await app.As("peer5"), id, Token)).Refusal.ShouldBe(CaseRefusals.NotFound);
        await app.Get<PeerBoards>().ReadNoticeAsync(await app.As("peer2"), id, Token);
        (await app.Connections.Board.CountWith("app.actor", Id(5).ToString(), "support_cases")).ShouldBe(0);
        (await app.Connections.Board.CountWith("app.actor", Id(2).ToString(), "support_cases")).ShouldBe(1);
        await After(60);
        await Mailed(1, 2, 3, 4);
    }

    [Fact]
    public async Task S06_A_recused_peer_is_never_alerted_in_any_wave_on_any_channel_nor_after_a_hand_back()
    {
        await app.Owner("insert into alert_channels (id, person_id, kind, target, name, added_at) select gen_random_uuid(), id, kind, 'https://push.example/' || id, 'Phone', now() from people, unnest(array[3, 4]) kind where id = any($1)", new[] { Id(2), Id(3) });
        var id = await Post(keptAway: "peer3");
        await After(60);
        (await app.Superuser("select count(*) from deliveries where peer_id = $1", Id(2))).ShouldBe(4L, "board, mail, push and gateway");
        await Accept(2, id);
        await HandBack(2, id);
        await After(60);
        (await app.Superuser("select count(*) from deliveries where peer_id = $1", Id(3))).ShouldBe(0L);
        (await MailTo("peer3")).ShouldBe(0);
        (await app.Superuser("select count(*) from deliveries where peer_id = $1 and state = 1", Id(2))).ShouldBe(0L, "who handed it back is kept away, too");
        (await Board(3)).ShouldBeEmpty();
        (await app.Get<AcceptCase>().AcceptAsync(await app.As("peer3"), id, Token)).Refusal.ShouldBe(CaseRefusals.NotFound);
    }

    [Fact]
    public async Task S39_After_the_close_nothing_of_its_ladder_is_left()
    {
        var id = await Post();
        await After(60);
        (await app.Superuser("select count(*) from messages where case_id = $1", id)).ShouldBe(1L);
        await Accept(6, id);
        (await app.Get<CloseCase>().CloseAsync(await app.As("peer6"), id, CaseOutcome.Supported, Token)).Refusal.ShouldBeNull();
        foreach (var table in new[] { "errands where case_id = $1 or subject_id = $1", "messages where case_id = $1", "deliveries where case_id = $1", "recusals where case_id = $1" })
            (await app.Superuser($"select count(*) from {table}", id)).ShouldBe(0L, table);
    }
}
