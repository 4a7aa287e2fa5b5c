using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.IntegrationTests.Notices;
using PeerSupport.Services.Cases;
using PeerSupport.Services.Notices;
using PeerSupport.Services.Profile;
using PeerSupport.Services.Reporting;

namespace PeerSupport.IntegrationTests.Profile;

/// <summary>What a peer says about themselves, what follows from it, and how their channels are.</summary>
public sealed class OwnProfileTests(TestServer server) : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
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
    public async Task Who_takes_a_break_is_offered_nothing_keeps_what_they_hold_and_is_back_by_themselves()
    {
        await app.GivenHeldCase("peer1");
        var peer = await app.As("peer1");
        (await app.Get<OwnProfile>().TakeBreakAsync(peer, BreakLength.Week, Token)).Refusal.ShouldBeNull();
        await app.GivenOpenCase(form: TestApp.Form("Somebody Else"));
        var during = (await app.Get<PeerBoards>().ReadAsync(peer, 1, Token)).Value;
        (during.Open.Count, during.Held.Count).ShouldBe((0, 1));
        (await app.Get<OwnProfile>().ReadAsync(peer, Token)).Value.PausedUntil.ShouldBe(app.Clock.GetUtcNow().AddDays(7));

        app.Clock.Advance(TimeSpan.FromDays(7) + TimeSpan.FromSeconds(1));
        peer = await app.As("peer1");
        (await app.Get<OwnProfile>().ReadAsync(peer, Token)).Value.PausedUntil.ShouldBeNull();
        (await app.Get<PeerBoards>().ReadAsync(peer, 1, Token)).Value.Open.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_break_without_an_end_is_over_when_the_peer_says_so()
    {
        var peer = await app.As("peer1");
        await app.Get<OwnProfile>().TakeBreakAsync(peer, BreakLength.Open, Token);
        app.Clock.Advance(TimeSpan.FromDays(400));
        peer = await app.As("peer1");
        (await app.Get<OwnProfile>().ReadAsync(peer, Token)).Value.PausedUntil.ShouldBe(BreakRules.NoEnd);
        (await app.Get<OwnProfile>().ComeBackAsync(peer, Token)).Refusal.ShouldBeNull();
        (await app.Get<OwnProfile>().ReadAsync(peer, Token)).Value.PausedUntil.ShouldBeNull();
    }

    [Fact]
    public async Task Quiet_hours_are_two_different_times_or_none()
    {
        var peer = await app.As("peer1");
        var own = app.Get<OwnProfile>();
        (await own.SetQuietHoursAsync(peer, new TimeOnly(22, 0), null, Token)).Refusal.ShouldBe(ProfileRefusals.BothTimes);
        (await own.SetQuietHoursAsync(peer, new TimeOnly(22, 0), new TimeOnly(22, 0), Token)).Refusal.ShouldBe(ProfileRefusals.SameTimes);
        (await own.SetQuietHoursAsync(peer, new TimeOnly(22, 0), new TimeOnly(6, 30), Token)).Refusal.ShouldBeNull();
        var read = (await own.ReadAsync(peer, Token)).Value;
        (read.QuietFrom, read.QuietUntil).ShouldBe((new TimeOnly(22, 0), new TimeOnly(6, 30)));
        (await own.SetQuietHoursAsync(peer, null, null, Token)).Refusal.ShouldBeNull();
        (await own.ReadAsync(peer, Token)).Value.QuietFrom.ShouldBeNull();
    }

    [Fact]
    public async Task Who_speaks_Spanish_is_found_by_the_wish_for_it_and_made_up_codes_are_refused()
    {
        var peer = await app.As("peer1");
        var own = app.Get<OwnProfile>();
        (await own.SetBringsAsync(peer, [PeerTag.Veteran], ["es", "en"], Token)).Refusal.ShouldBeNull();
        var read = (await own.ReadAsync(peer, Token)).Value;
        read.Tags.ShouldBe([PeerTag.SpeaksSpanish, PeerTag.Veteran]);
        read.Languages.ShouldBe(["en", "es"]);
        (await own.SetBringsAsync(peer, [PeerTag.OtherAgency], [], Token)).Refusal.ShouldBe(ProfileRefusals.FromTheList);
        (await own.SetBringsAsync(peer, [(PeerTag)0], [], Token)).Refusal.ShouldBe(ProfileRefusals.FromTheList);
        (await own.SetBringsAsync(peer, [], ["xx"], Token)).Refusal.ShouldBe(ProfileRefusals.FromTheList);
        (await own.SetBringsAsync(peer, [], [], Token)).Refusal.ShouldBeNull();
        (await own.ReadAsync(peer, Token)).Value.Tags.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_own_limit_goes_up_to_what_the_administrator_allows_and_not_below_what_is_held()
    {
        await app.Owner("update peers set caseload_most = 3 where person_id = $1", TestPeople.Ids["peer1"]);
        await app.GivenHeldCase("peer1");
        await app.GivenHeldCase("peer1", TestApp.Form("Somebody Else"));
        var peer = await app.As("peer1");
        var own = app.Get<OwnProfile>();
        (await own.SetLimitAsync(peer, 3, Token)).Refusal.ShouldBeNull();
        (await own.SetLimitAsync(peer, 4, Token)).Refusal.ShouldBe(ProfileRefusals.LimitOutside);
        (await own.SetLimitAsync(peer, 0, Token)).Refusal.ShouldBe(ProfileRefusals.LimitOutside);
        (await own.SetLimitAsync(peer, 1, Token)).Refusal.ShouldBe(ProfileRefusals.HoldsMore);
        (await own.ReadAsync(peer, Token)).Value.Limit.ShouldBe(3);
    }

    [Fact]
    public async Task Nobody_but_a_peer_has_any_of_it()
    {
        foreach (var name in new[] { "okafor", "clinician", "coordinator", "administrator" })
        {
            var actor = await app.As(name);
            (await app.Get<OwnProfile>().ReadAsync(actor, Token)).Refusal.ShouldBe(ProfileRefusals.NotFound);
            (await app.Get<OwnProfile>().TakeBreakAsync(actor, BreakLength.Week, Token)).Refusal.ShouldBe(ProfileRefusals.NotFound);
            (await app.Get<AlertChannels>().ListAsync(actor, Token)).Refusal.ShouldBe(ProfileRefusals.NotFound);
            (await app.Get<AlertChannels>().TestAsync(actor, Guid.Empty, Token)).Refusal.ShouldBe(ProfileRefusals.NotFound);
            (await app.Get<AlertChannels>().AddBrowserAsync(actor, "https://fcm.googleapis.com/fcm/send/x", "x", Token)).Refusal.ShouldBe(ProfileRefusals.NotFound);
            (await app.Get<Practice>().StartAsync(actor, Token)).Refusal.ShouldBe(ProfileRefusals.NotFound);
        }
    }

    [Fact]
    public async Task Another_peers_channel_is_nobodys()
    {
        var owner = await app.As("peer1");
        (await app.Get<AlertChannels>().AddBrowserAsync(owner, "https://fcm.googleapis.com/fcm/send/x", "Firefox", Token)).Refusal.ShouldBeNull();
        var id = (await app.Get<AlertChannels>().ListAsync(owner, Token)).Value.Channels[1].Id;
        var other = await app.As("peer2");
        (await app.Get<AlertChannels>().RemoveAsync(other, id, Token)).Refusal.ShouldBe(ProfileRefusals.NotFound);
        (await app.Get<AlertChannels>().TestAsync(other, id, Token)).Refusal.ShouldBe(ProfileRefusals.NotFound);
        (await app.Get<AlertChannels>().ConfirmAsync(other, id, Token)).Refusal.ShouldBe(ProfileRefusals.NotFound);
        (await app.Get<AlertChannels>().ListAsync(other, Token)).Value.Channels.ShouldHaveSingleItem().Kind.ShouldBe(Channel.Mail);
        (await app.Get<AlertChannels>().RemoveAsync(owner, id, Token)).Refusal.ShouldBeNull();
    }

    [Fact]
    public async Task What_the_mail_server_takes_or_refuses_is_the_health_of_that_persons_mail()
    {
        var peer = await app.As("peer7");
        mail.Fault = line => line.StartsWith("RCPT", StringComparison.Ordinal) && line.Contains("peer7@", StringComparison.Ordinal) ? "550 5.1.1 No such box" : null;
        await app.Get<AlertChannels>().TestAsync(peer, Guid.Empty, Token);
        await app.Get<AlertChannels>().TestAsync(await app.As("peer8"), Guid.Empty, Token);
        await mail.SendWhatIsDue();
        var refused = (await app.Get<AlertChannels>().ListAsync(peer, Token)).Value.Channels[0];
        (refused.State, refused.RefusedAt).ShouldBe((ChannelState.Refused, app.Clock.GetUtcNow()));
        (await app.Get<AlertChannels>().ListAsync(await app.As("peer8"), Token)).Value.Channels[0].TakenAt.ShouldBe(app.Clock.GetUtcNow());
        (await app.Superuser("select count(*) from messages")).ShouldBe(0L, "a test leaves no trace");

        app.Clock.Advance(TimeSpan.FromMinutes(1));
        mail.Fault = null;
        await app.Get<AlertChannels>().TestAsync(peer, Guid.Empty, Token);
        await mail.SendWhatIsDue();
        var works = (await app.Get<AlertChannels>().ListAsync(peer, Token)).Value.Channels[0];
        (works.State, works.TakenAt).ShouldBe((ChannelState.Works, app.Clock.GetUtcNow()));
        (await app.Get<AlertChannels>().ConfirmAsync(peer, Guid.Empty, Token)).Refusal.ShouldBeNull();
        (await app.Get<AlertChannels>().ListAsync(peer, Token)).Value.Channels[0].ConfirmedAt.ShouldBe(app.Clock.GetUtcNow());
        (await app.Superuser("select count(*) from alert_channels where person_id = $1", TestPeople.Ids["peer7"])).ShouldBe(1L);
    }

    [Fact]
    public async Task A_server_that_is_down_is_nobodys_health()
    {
        await app.Get<AlertChannels>().TestAsync(await app.As("peer1"), Guid.Empty, Token);
        await mail.ServerGoesDown();
        await mail.SendDue(Token);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await mail.SendDue(Token);
        (await app.Superuser("select count(*) from alert_channels")).ShouldBe(0L);
    }

    [Fact]
    public async Task Practice_goes_by_mail_is_accepted_and_leaves_nothing()
    {
        var peer = await app.As("peer1");
        (await app.Get<Practice>().StartAsync(peer, Token)).Refusal.ShouldBeNull();
        await mail.SendWhatIsDue();
        var received = mail.Received.ShouldHaveSingleItem();
        received.Subject.ShouldBe("PeerSupport");
        received.Text.ShouldStartWith("PRACTICE. Nobody is waiting.");
        app.Clock.Advance(TimeSpan.FromSeconds(38));
        (await app.Get<Practice>().AcceptAsync(peer, Token)).Value.ShouldBe(TimeSpan.FromSeconds(38));
        (await app.Get<Practice>().AcceptAsync(peer, Token)).Refusal.ShouldBe(ProfileRefusals.PracticeOver);
        (await app.Superuser("select (select count(*) from practice_alerts) + (select count(*) from messages)")).ShouldBe(0L);
    }

    [Fact]
    public async Task Practice_that_nobody_answers_is_over_after_a_while_and_forgotten()
    {
        var peer = await app.As("peer1");
        await app.Get<Practice>().StartAsync(peer, Token);
        app.Clock.Advance(PracticeRules.Lasts);
        peer = await app.As("peer1");
        (await app.Get<Practice>().WaitingSinceAsync(peer, Token)).ShouldBeNull();
        await mail.SendWhatIsDue();
        mail.Received.ShouldBeEmpty("a practice mail that comes late would only confuse");
        await app.Superuser("update errands set due_at = $1 where kind = 9", app.Clock.GetUtcNow());
        await app.Get<Errands>().RunDueAsync(Token);
        (await app.Superuser("select count(*) from practice_alerts")).ShouldBe(0L);
    }

    [Fact]
    public async Task Sixty_fourteen_and_no_days_before_the_end_a_peer_is_reminded_once_each()
    {
        app.Clock.Advance(TimeSpan.FromHours(14)); // reminders go out in the morning of America
        var ends = DateOnly.FromDateTime(app.Clock.GetUtcNow().UtcDateTime).AddDays(61);
        await app.Owner("update peers set trained_until = $2 where person_id = $1", TestPeople.Ids["peer1"], ends);
        await app.Superuser("update errands set due_at = $1 where kind = 9", app.Clock.GetUtcNow());
        await app.Superuser("delete from errands where kind <> 9");
        List<int> reminded = [];
        for (var day = 61; day >= -2; day--)
        {
            await app.Get<Errands>().RunDueAsync(Token);
            if ((long)(await app.Superuser("select count(*) from messages where kind = 19 and state = 1"))! > 0)
                reminded.Add(day);
            await mail.SendWhatIsDue();
            app.Clock.Advance(TimeSpan.FromDays(1));
        }

        reminded.ShouldBe([60, 14, 0]);
        mail.Received.Count.ShouldBe(3);
        mail.Received.ShouldAllBe(one => one.IsTo("peer1@test.example") && one.Text.StartsWith("The end of your training", StringComparison.Ordinal));
    }

    [Fact]
    public async Task When_somebody_handed_back_is_forgotten_when_it_counts_no_more()
    {
        app.Clock.Advance(TimeSpan.FromHours(14));
        var now = app.Clock.GetUtcNow();
        await app.Superuser("update peers set hand_backs = array[$2, $3]::timestamptz[] where person_id = $1", TestPeople.Ids["peer1"], now.AddDays(-40), now.AddHours(-1));
        await app.Superuser("update errands set due_at = $1 where kind = 9", now);
        await app.Get<Errands>().RunDueAsync(Token);
        (await app.Superuser("select hand_backs = array[$2]::timestamptz[] from peers where person_id = $1", TestPeople.Ids["peer1"], now.AddHours(-1))).ShouldBe(true);
    }

    [Fact]
    public async Task The_coordinator_counts_breaks_and_not_who_is_off_duty_tonight()
    {
        await app.Owner("update peers set on_duty = false where person_id = $1", TestPeople.Ids["peer1"]);
        await app.Get<OwnProfile>().TakeBreakAsync(await app.As("peer2"), BreakLength.Fortnight, Token);
        var programme = (await app.Get<Reports>().ReadAsync(await app.As("coordinator"), null, Token)).Value.Programme;
        programme.OnABreak.ShouldBe(1);
        programme.ActivePeers.ShouldBe(99);
    }

    [Fact]
    public async Task Somebody_keeps_the_own_number_and_the_log_says_that_it_changed_but_not_to_what()
    {
        var (settings, actor) = (app.Get<ReaderSettings>(), await app.As("peer1"));
        (await settings.SetNumberAsync(actor, " +1 206-555-0161 ", Token)).Refusal.ShouldBeNull();
        (await settings.SetNumberAsync(actor, "+1 206-555-0161", Token)).Refusal.ShouldBeNull();
        (await settings.NumberAsync(actor, Token)).ShouldBe("+1 206-555-0161");
        (await app.Superuser("select count(*) from security_log where person_id = $1 and event = 22 and by_person_id is null", actor.PersonId)).ShouldBe(1L, "the same number again is no change");
        (await settings.SetNumberAsync(actor, "call me", Token)).Refusal.ShouldBe(ProfileRefusals.BadNumber);
        (await settings.NumberAsync(actor, Token)).ShouldBe("+1 206-555-0161");
        (await settings.SetNumberAsync(actor, "", Token)).Refusal.ShouldBeNull();
        (await settings.NumberAsync(actor, Token)).ShouldBe("");
    }

    [Fact]
    public async Task Language_and_time_zone_hold_from_the_next_question_on()
    {
        foreach (var name in new[] { "okafor", "clinician", "coordinator", "administrator", "peer1" })
        {
            var settings = app.Get<ReaderSettings>();
            var actor = await app.As(name);
            (await settings.SaveAsync(actor, new OwnSettings("es", "America/Denver"), Token)).Refusal.ShouldBeNull();
            var again = await app.As(name);
            (again.Language, again.TimeZone.Id).ShouldBe(("es", "America/Denver"));
            (await settings.SaveAsync(actor, new OwnSettings("fr", "America/Denver"), Token)).Refusal.ShouldBe(ProfileRefusals.FromTheList);
            (await settings.SaveAsync(actor, new OwnSettings("es", "../../etc/passwd"), Token)).Refusal.ShouldBe(ProfileRefusals.FromTheList);
            (await settings.SaveAsync(actor, new OwnSettings("es", "Made/Up"), Token)).Refusal.ShouldBe(ProfileRefusals.FromTheList);
        }
    }
}
