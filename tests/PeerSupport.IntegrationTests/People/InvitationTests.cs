using PeerSupport.Domain.People;
using PeerSupport.IntegrationTests.Notices;
using PeerSupport.Services.People;

namespace PeerSupport.IntegrationTests.People;

/// <summary>Invitations, and what becomes of them.</summary>
public sealed class InvitationTests(TestServer server) : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;
    private Enrolment Enrolment => app.Get<Enrolment>();

    public async ValueTask InitializeAsync() => app = await TestApp.StartAsync(server);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Somebody_new_sets_up_a_passkey_and_is_in()
    {
        await app.Owner("update people set active = false where id = $1", TestPeople.Ids["peer1"]);
        var token = await app.GivenInvitation("peer1");
        var (enrolled, device) = await app.Enrol(token);
        using var _ = device;
        enrolled.Codes.Count.ShouldBe(10);
        var actor = (await app.Resolve(enrolled.SignedIn.Principal)).ShouldNotBeNull();
        (actor.PersonId, actor.Strong, actor.Is(Role.Peer)).ShouldBe((TestPeople.Ids["peer1"], true, true));
        var ceremony = await app.Get<SignIn>().BeginPasskeyAsync(Token);
        (await app.Get<SignIn>().WithPasskeyAsync(ceremony.Challenge, device.Assert(ceremony.OptionsJson), Token)).Succeeded.ShouldBeTrue();
        (await app.Get<OwnSessions>().ListAsync(actor, Token)).Single(s => s.IsThis).Device.ShouldBe("Firefox on Android");
        (await app.Get<OwnSecurityLog>().ListAsync(actor, 1, Token)).Entries.Select(e => e.Event).Order()
            .ShouldBe([SecurityEvent.SignedIn, SecurityEvent.SignedIn, SecurityEvent.Enrolled, SecurityEvent.PasskeyAdded, SecurityEvent.RecoveryCodesMade, SecurityEvent.Invited]);
    }

    [Fact]
    public async Task Somebody_without_a_passkey_sets_up_a_password_and_an_app()
    {
        await app.Owner("update people set active = false where id = $1", TestPeople.Ids["peer1"]);
        var token = await app.GivenInvitation("peer1");
        var start = (await Enrolment.StartAsync(token, null, Token)).Value;
        var code = app.CodeOf(start.App);
        (await Enrolment.WithPasswordAsync(token, new("too short", start.KeptSecret, code), Inviting.Phone, Token)).Refusal.ShouldBe(SignInRefusals.PasswordTooShort);
        (await Enrolment.WithPasswordAsync(token, new(SigningIn.Password, start.KeptSecret, "000000"), Inviting.Phone, Token)).Refusal.ShouldBe(SignInRefusals.WrongNewCode);
        (await Enrolment.WithPasswordAsync(token, new(SigningIn.Password, "nonsense", code), Inviting.Phone, Token)).Refusal.ShouldBe(SignInRefusals.EnrolmentOver);
        // What was scanned the first time stays right; and until it is complete nothing has changed.
        (await Enrolment.StartAsync(token, start.KeptSecret, Token)).Value.App.ShouldBe(start.App);
        (await app.Owner("select active from people where id = $1", TestPeople.Ids["peer1"])).ShouldBe(false);

        (await Enrolment.WithPasswordAsync(token, new(SigningIn.Password, start.KeptSecret, code), Inviting.Phone, Token)).Refusal.ShouldBeNull();
        (await app.SignInWithPassword("peer1")).ShouldBeNull("the password alone is not enough");
        (await app.SignInWithPassword("peer1", code: code)).ShouldBeNull("that code was used to enrol");
        app.Clock.Advance(TimeSpan.FromSeconds(60));
        (await app.SignInWithPassword("peer1", code: app.CodeOf(start.App))).ShouldNotBeNull();
    }

    [Fact]
    public async Task S53_An_invitation_is_good_once_for_seven_days_and_only_the_newest()
    {
        var (older, newer) = (await app.GivenInvitation("peer1"), await app.GivenInvitation("peer1"));
        (await Enrolment.StartAsync(older, null, Token)).Refusal.ShouldBe(SignInRefusals.InvitationOver, "a newer one was made");
        (await app.Enrol(newer)).Device.Dispose();
        (await Enrolment.StartAsync(newer, null, Token)).Refusal.ShouldBe(SignInRefusals.InvitationOver, "it was used");

        var late = await app.GivenInvitation("peer2");
        var start = (await Enrolment.StartAsync(late, null, Token)).Value;
        app.Clock.Advance(TimeSpan.FromDays(7));
        (await Enrolment.StartAsync(late, null, Token)).Refusal.ShouldBe(SignInRefusals.InvitationOver, "it is too old");
        using var device = new SoftwareAuthenticator();
        (await Enrolment.WithPasskeyAsync(late, start.Passkey.Challenge, device.Create(start.Passkey.OptionsJson), Inviting.Phone, Token)).Refusal.ShouldBe(SignInRefusals.InvitationOver);

        foreach (var guess in new[] { null, "", "x", newer[..^1] + (newer[^1] == 'A' ? 'Q' : 'A'), app.Get<DeviceTokens>().TokenOf(Guid.NewGuid()), app.Get<InvitationTokens>().TokenOf(Guid.NewGuid()) })
            (await Enrolment.StartAsync(guess, null, Token)).Refusal.ShouldBe(SignInRefusals.InvitationOver);
    }

    [Fact]
    public async Task S53_Looking_at_it_and_beginning_change_nothing()
    {
        await app.GivenPassword("peer1");
        var before = await app.SignIn("peer1");
        var token = await app.GivenInvitation("peer1");
        for (var look = 0; look < 3; look++)
            (await Enrolment.StartAsync(token, null, Token)).Succeeded.ShouldBeTrue();
        (await app.Resolve(before)).ShouldNotBeNull();
        (await app.Owner("select password_hash is not null and not exists (select from account_tokens) from accounts where id = $1", TestPeople.Ids["peer1"])).ShouldBe(true);
        (await app.Owner("select spent_at is null from invitations")).ShouldBe(true);
    }

    [Fact]
    public async Task S53_Of_two_who_finish_at_once_one_wins()
    {
        for (var round = 0; round < 10; round++)
        {
            var name = $"peer{round + 1}";
            var token = await app.GivenInvitation(name);
            using var one = new SoftwareAuthenticator();
            using var two = new SoftwareAuthenticator();
            var answers = new List<(Guid Challenge, string Attestation)>();
            foreach (var device in new[] { one, two })
            {
                var start = (await Enrolment.StartAsync(token, null, Token)).Value;
                answers.Add((start.Passkey.Challenge, device.Create(start.Passkey.OptionsJson)));
            }

            var outcomes = await Task.WhenAll(answers.Select(answer => Enrolment.WithPasskeyAsync(token, answer.Challenge, answer.Attestation, Inviting.Phone, Token)));
            outcomes.Count(outcome => outcome.Succeeded).ShouldBe(1);
            outcomes.Single(outcome => !outcome.Succeeded).Refusal.ShouldBeOneOf(SignInRefusals.InvitationOver, SignInRefusals.PasskeyNotAdded);
            (await app.Owner("select count(*) from account_passkeys where user_id = $1", TestPeople.Ids[name])).ShouldBe(1L);
            (await app.Owner("select count(*) from sessions where person_id = $1", TestPeople.Ids[name])).ShouldBe(1L);
            (await app.Owner("select count(*) from recovery_codes where person_id = $1", TestPeople.Ids[name])).ShouldBe(10L);
        }
    }

    [Fact]
    public async Task Who_found_the_lost_phone_is_out_when_its_owner_has_set_up_the_new_one()
    {
        using var lost = await app.GivenPasskey("peer1");
        var thief = await app.SignIn("peer1");
        var (_, fresh) = await app.Enrol(await app.GivenInvitation("peer1"));
        using var __ = fresh;
        (await app.Resolve(thief)).ShouldBeNull();
        var ceremony = await app.Get<SignIn>().BeginPasskeyAsync(Token);
        (await app.Get<SignIn>().WithPasskeyAsync(ceremony.Challenge, lost.Assert(ceremony.OptionsJson), Token)).Refusal.ShouldBe(SignInRefusals.PasskeyNotMatched);
        (await app.SignInWithPassword("peer1")).ShouldBeNull();
    }

    [Fact]
    public async Task An_invitation_from_before_an_account_was_disabled_does_not_open_it_again()
    {
        var token = await app.GivenInvitation("peer1");
        await app.Owner("insert into security_log (id, person_id, event, at) values (gen_random_uuid(), $1, 17, $2)", TestPeople.Ids["peer1"], app.Clock.GetUtcNow());
        await app.Owner("update people set active = false where id = $1", TestPeople.Ids["peer1"]);
        (await Enrolment.StartAsync(token, null, Token)).Refusal.ShouldBe(SignInRefusals.InvitationOver);
    }

    [Fact]
    public async Task The_mail_goes_to_somebody_who_is_not_active_yet_and_carries_the_link_and_constant_words()
    {
        await app.Owner("update people set active = false where id = $1", TestPeople.Ids["peer1"]);
        var token = await app.GivenInvitation("peer1");
        await using var room = new MailRoom(app);
        await room.SendWhatIsDue();
        var mail = room.Received.ShouldHaveSingleItem();
        mail.To.ShouldBe([SigningIn.EmailOf("peer1")]);
        mail.Text.ShouldContain($"http://localhost:5080/invited/{token}");
        mail.Text.ShouldNotContain("peer1");
        (await app.Superuser("select count(*) from messages m where m::text like '%' || $1 || '%'", token)).ShouldBe(0L, "nobody stores it");
    }

    [Fact]
    public async Task S49_An_address_with_a_line_break_in_it_is_sent_no_mail()
    {
        await app.Owner("update accounts set email = $2 where id = $1", TestPeople.Ids["peer1"], "peer1@test.example\r\nBcc: thief@evil.example");
        await app.GivenInvitation("peer1");
        await app.GivenInvitation("peer2");
        await using var room = new MailRoom(app);
        await room.SendWhatIsDue();
        room.Received.SelectMany(mail => mail.To).ShouldBe([SigningIn.EmailOf("peer2")]);
        room.Received.ShouldAllBe(mail => !mail.Text.Contains("evil.example", StringComparison.Ordinal));
    }
}
