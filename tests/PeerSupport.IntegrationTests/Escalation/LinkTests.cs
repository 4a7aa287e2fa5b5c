using PeerSupport.Domain;
using PeerSupport.Domain.Escalation;
using PeerSupport.Services.Escalation;
using PeerSupport.Services.Sealing;

namespace PeerSupport.IntegrationTests.Escalation;

/// <summary>A clinician without an account: link by mail, code by phone.</summary>
public sealed class LinkTests(TestServer server) : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;
    private Guid track;
    private Guid link;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync(server);
        track = await app.GivenTrack("carver");
        link = await NewestLink();
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task S53_The_facts_are_shown_once_and_the_reading_is_in_the_record()
    {
        var first = (await Open()).Value;
        first.Facts!.Name.ReadWith(first.Read!).ShouldBe("Marisol Vann");
        first.StewardName.ShouldBe("okafor");
        var second = (await Open()).Value;
        second.Facts.ShouldBeNull();
        second.Read.ShouldBeNull();
        second.ShownAt.ShouldBe(first.ShownAt, TimeSpan.FromMilliseconds(1));

        var view = (await app.Get<Tracks>().ReadAsync(await app.As("okafor"), track, Token)).Value;
        view.Entries.Where(e => e.Kind == TrackEventKind.Read).Select(e => (e.By, e.Reason)).ShouldBe([("the clinician, by link", ReadReason.OpenedByLink)]);
        view.Fault.ShouldBeNull();
    }

    [Fact]
    public async Task S53_Of_many_who_open_at_once_one_sees_the_facts()
    {
        var seen = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Open()));
        seen.Count(one => one.Value.Facts is not null).ShouldBe(1);
        (await app.Superuser("select count(*) from track_events where kind = 15")).ShouldBe(1L);
    }

    [Fact]
    public async Task S53_Five_wrong_codes_lock_the_link_and_the_right_one_comes_too_late()
    {
        for (var attempt = 0; attempt < LinkRules.MostWrongCodes; attempt++)
            (await Open(code: Wrong)).Refusal.ShouldBe(EscalationRefusals.LinkRefused);
        (await Open()).Refusal.ShouldBe(EscalationRefusals.LinkRefused);
        (await Answer(true)).Refusal.ShouldBe(EscalationRefusals.LinkRefused);
        (await Standing()).ShouldBe(LinkStanding.Locked);
        (await app.Superuser("select count(*) from track_events where kind = 15")).ShouldBe(0L);
    }

    [Fact]
    public async Task S53_Guessing_in_parallel_is_no_way_around_the_lock()
    {
        var guesses = await Task.WhenAll(Enumerable.Range(0, 40).Select(n => Open(code: n.ToString("D8", null))));
        guesses.ShouldAllBe(guess => guess.Refusal == EscalationRefusals.LinkRefused);
        (await app.Superuser("select wrong_codes from hand_off_links")).ShouldBe(LinkRules.MostWrongCodes);
    }

    [Fact]
    public async Task S53_After_seven_days_it_opens_nothing()
    {
        app.Clock.Advance(LinkRules.Lasts - TimeSpan.FromSeconds(1));
        (await Standing()).ShouldBe(LinkStanding.Open);
        app.Clock.Advance(TimeSpan.FromSeconds(2));
        (await Open()).Refusal.ShouldBe(EscalationRefusals.LinkRefused);
        (await Answer(true)).Refusal.ShouldBe(EscalationRefusals.LinkRefused);
        (await Standing()).ShouldBe(LinkStanding.Expired);
    }

    [Theory]
    [InlineData(true, TrackState.Acknowledged)]
    [InlineData(false, TrackState.Declined)]
    public async Task S53_The_answer_spends_it_and_sending_the_answer_again_is_harmless(bool acknowledge, TrackState state)
    {
        await Open();
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Answer(acknowledge)));
        answers.ShouldAllBe(answer => answer.Value.Acknowledged == acknowledge);
        (await Answer(!acknowledge)).Refusal.ShouldBe(EscalationRefusals.LinkRefused);
        (await Open()).Refusal.ShouldBe(EscalationRefusals.LinkRefused);

        var view = (await app.Get<Tracks>().ReadAsync(await app.As("okafor"), track, Token)).Value;
        view.Row.State.ShouldBe(state);
        view.Entries.Count(e => e.Kind is TrackEventKind.Acknowledged or TrackEventKind.Declined).ShouldBe(1);
        view.Entries[^1].By.ShouldBe("the clinician, by link");
        view.Fault.ShouldBeNull();
        (await Standing()).ShouldBe(LinkStanding.Spent);
    }

    [Fact]
    public async Task Of_acknowledge_and_decline_at_once_one_is_recorded()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(n => Answer(n % 2 == 0)));
        answers.Where(answer => answer.Succeeded).Select(answer => answer.Value.Acknowledged).Distinct().Count().ShouldBe(1);
        (await app.Superuser("select count(*) from track_events where kind in (3, 4)")).ShouldBe(1L);
    }

    [Fact]
    public async Task A_decline_tells_the_psychologist_and_the_peer_who_handed_on()
    {
        await Answer(false);
        (await app.Superuser("select string_agg(p.display_name, ',' order by p.display_name) from messages m join people p on p.id = m.person_id where m.kind = 3")).ShouldBe("okafor,peer1");
        var handedOn = (await app.Get<HandOnReceipts>().ListAsync(await app.As("peer1"), Token)).Single();
        (handedOn.Declined, handedOn.AcknowledgedAt).ShouldBe((true, null));
    }

    [Fact]
    public async Task S53_A_new_link_makes_the_old_one_worthless()
    {
        var (oldToken, oldCode) = (TokenOf(link), CodeOf(link));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        (await app.Get<HandOffLinks>().RenewAsync(await app.As("okafor"), track, Token)).Refusal.ShouldBeNull();
        (await app.Get<AnswerByLink>().OpenAsync(oldToken, oldCode, Token)).Refusal.ShouldBe(EscalationRefusals.LinkRefused);
        link = await NewestLink();
        CodeOf(link).ShouldNotBe(oldCode, StringComparer.Ordinal);
        (await Open()).Value.Facts.ShouldNotBeNull();
        (await app.Superuser("select count(*) from messages where kind = 2")).ShouldBe(2L);
    }

    [Fact]
    public async Task S53_A_link_of_an_earlier_hand_off_to_the_same_clinician_opens_nothing()
    {
        await app.Step("okafor", track, TrackStep.Decline); // on the clinician's word
        await app.Step("okafor", track, TrackStep.Refer, new StepDetails(NextClinicianId: TestClinicians.Ids["abara"], ConsentGiven: true));
        await app.Step("clinician", track, TrackStep.Decline);
        app.Clock.Advance(TimeSpan.FromHours(1));
        await app.Step("okafor", track, TrackStep.Refer, new StepDetails(NextClinicianId: TestClinicians.Ids["carver"], ConsentGiven: true));
        (await Open()).Refusal.ShouldBe(EscalationRefusals.LinkRefused);
        link = await NewestLink();
        (await Open()).Value.Facts.ShouldNotBeNull();
    }

    [Fact]
    public async Task After_the_officer_withdrew_the_link_opens_nothing()
    {
        (await app.Get<MyReferral>().WithdrawAsync(await app.GivenOwnCode(track), Token)).Refusal.ShouldBeNull();
        (await Open()).Refusal.ShouldBe(EscalationRefusals.LinkRefused);
        (await Answer(true)).Refusal.ShouldBe(EscalationRefusals.LinkRefused);
    }

    [Theory]
    [InlineData("peer1")]
    [InlineData("lindgren")]
    [InlineData("clinician")]
    [InlineData("administrator")]
    public async Task Only_her_psychologist_reads_the_code_or_makes_a_new_link(string name)
    {
        var actor = await app.As(name);
        (await app.Get<HandOffLinks>().FindAsync(actor, track, Token)).Refusal.ShouldBe(EscalationRefusals.NotFound);
        (await app.Get<HandOffLinks>().RenewAsync(actor, track, Token)).Refusal.ShouldBe(EscalationRefusals.NotFound);
        var own = (await app.Get<HandOffLinks>().FindAsync(await app.As("okafor"), track, Token)).Value;
        own.Code.ShouldBe(CodeOf(link));
        own.ToString().ShouldNotContain(own.Code, Case.Sensitive);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("made-up")]
    [InlineData("a b")]
    [InlineData("=====")]
    [InlineData("ñ%00<script>")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task S53_Whatever_stands_in_the_address_gets_the_one_reply(string? token) =>
        (await app.Get<AnswerByLink>().OpenAsync(token, "12345678", Token)).Refusal.ShouldBe(EscalationRefusals.LinkRefused);

    [Fact]
    public async Task A_link_of_one_track_opens_no_other()
    {
        var other = await app.GivenTrack("carver", "peer2", HandOffs.Form("carver", "Somebody Else"));
        var (otherLink, otherCode) = ((Guid)(await app.Superuser("select id from hand_off_links where track_id = $1", other))!, "");
        otherCode = CodeOf(otherLink);
        (await app.Get<AnswerByLink>().OpenAsync(TokenOf(link), otherCode, Token)).Refusal.ShouldBe(EscalationRefusals.LinkRefused);
        var opened = (await app.Get<AnswerByLink>().OpenAsync(TokenOf(otherLink), otherCode, Token)).Value;
        opened.Facts!.Name.ReadWith(opened.Read!).ShouldBe("Somebody Else");
    }

    [Fact]
    public async Task S61_Whoever_has_the_database_alone_makes_neither_token_nor_code()
    {
        var rows = await AllRows();
        rows.ShouldNotContain(TokenOf(link), Case.Sensitive);
        rows.ShouldNotContain(CodeOf(link), Case.Sensitive);
        rows.ShouldContain(link.ToString()); // else the search looks at nothing

        // With another installation's secret and the very same rows.
        var elsewhere = new LinkSecrets(new InstallationSecret(Directory.CreateTempSubdirectory("peersupport-other-").FullName));
        elsewhere.TokenOf(link).ShouldNotBe(TokenOf(link), StringComparer.Ordinal);
        elsewhere.CodeOf(link).ShouldNotBe(CodeOf(link), StringComparer.Ordinal);
        (await app.Get<AnswerByLink>().OpenAsync(elsewhere.TokenOf(link), elsewhere.CodeOf(link), Token)).Refusal.ShouldBe(EscalationRefusals.LinkRefused);
        (await app.Superuser("select wrong_codes from hand_off_links")).ShouldBe(0, "a token we never made is not even looked up");
    }

    [Fact]
    public async Task S62_Too_many_tries_wait_and_made_up_tokens_keep_nobody_out()
    {
        foreach (var _ in Enumerable.Range(0, 1000))
            (await app.Get<AnswerByLink>().OpenAsync("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "12345678", Token)).Refusal.ShouldBe(EscalationRefusals.LinkRefused);
        foreach (var _ in Enumerable.Range(0, TryLimit.Burst))
            (await Open(code: Wrong)).Refusal.ShouldBe(EscalationRefusals.LinkRefused);
        (await Open(code: Wrong)).Refusal.ShouldBe(EscalationRefusals.TooManyTries);
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        (await Open(code: Wrong)).Refusal.ShouldBe(EscalationRefusals.LinkRefused);
    }

    private string Wrong => CodeOf(link) == "00000000" ? "00000001" : "00000000";

    private Task<Result<HandedFile>> Open(string? code = null) => app.Get<AnswerByLink>().OpenAsync(TokenOf(link), code ?? CodeOf(link), Token);

    private Task<Result<LinkAnswered>> Answer(bool acknowledge) => app.Get<AnswerByLink>().AnswerAsync(TokenOf(link), CodeOf(link), acknowledge, Token);

    private async Task<LinkStanding> Standing() => (await app.Get<HandOffLinks>().FindAsync(await app.As("okafor"), track, Token)).Value.Standing;

    private string TokenOf(Guid id) => app.Get<LinkSecrets>().TokenOf(id);

    private string CodeOf(Guid id) => app.Get<LinkSecrets>().CodeOf(id);

    private async Task<Guid> NewestLink() => (Guid)(await app.Superuser("select id from hand_off_links where track_id = $1 order by issued_at desc limit 1", track))!;

    private async Task<string> AllRows()
    {
        var rows = new List<string>();
        foreach (var table in new[] { "hand_off_links", "formal_tracks", "track_events", "track_facts", "messages", "errands", "clinicians" })
            rows.Add((string)(await app.Superuser($"select coalesce(string_agg(t::text, ' '), '') from {table} t"))!);
        return string.Join('\n', rows);
    }
}
