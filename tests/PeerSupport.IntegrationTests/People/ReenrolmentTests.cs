using PeerSupport.Domain;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.IntegrationTests.Notices;
using PeerSupport.IntegrationTests.People.Administration;
using PeerSupport.Services.People;
using PeerSupport.Services.People.Administration;
using PeerSupport.Services.Profile;

namespace PeerSupport.IntegrationTests.People;

/// <summary>A lost phone, a new letter, another address: what there was before is over, and stays so.</summary>
public sealed class ReenrolmentTests(TestServer server) : IAsyncLifetime
{
    private const string Issuer = "https://id.example";
    private static readonly Guid Peer = TestPeople.Ids["peer1"];
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;

    public async ValueTask InitializeAsync() => app = await TestApp.StartAsync(server);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task S22_Everything_there_was_before_is_gone_after_enrolling_anew()
    {
        using var old = await app.GivenPasskey("peer1");
        (await FromProvider("s-1")).Refusal.ShouldBeNull();
        var actor = await app.As("peer1");
        var confirm = await app.Get<PasskeyFactors>().BeginConfirmAsync(actor, Token);
        var app1 = (await app.Get<AuthenticatorFactor>().BeginAsync(actor, new(null, null, confirm.Challenge, old.Assert(confirm.OptionsJson)), Token)).Value;
        (await app.Get<AuthenticatorFactor>().ConfirmAsync(actor, app.CodeOf(app1), Token)).Value.ShouldBeNull();
        confirm = await app.Get<PasskeyFactors>().BeginConfirmAsync(actor, Token);
        var codes = (await app.Get<RecoveryCodes>().MakeAsync(actor, new(null, null, confirm.Challenge, old.Assert(confirm.OptionsJson)), Token)).Value.Codes;
        var elsewhere = await app.SignIn("peer1");

        var (_, device) = await app.Enrol(await app.GivenInvitation("peer1"));
        using var __ = device;
        (await app.Superuser(
            """
            select concat_ws('|', (select count(*) from account_passkeys where user_id = $1), (select count(*) from account_logins where user_id = $1),
                (select count(*) from account_tokens where user_id = $1), (select count(*) from recovery_codes where person_id = $1),
                (select count(*) from sessions where person_id = $1), (select count(*) from known_devices where person_id = $1), (select password_hash is null from accounts where id = $1))
            """, Peer)).ShouldBe("1|0|0|10|1|1|t", "one passkey, new codes, one session, one browser");
        (await app.Resolve(elsewhere)).ShouldBeNull();
        await app.GivenPassword("peer1"); // whatever the password, the old codes are nothing beside it
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        (await app.SignInWithPassword("peer1", code: codes[0])).ShouldBeNull();
        (await app.SignInWithPassword("peer1", code: app.CodeOf(app1))).ShouldBeNull();
    }

    [Fact]
    public async Task S22_A_lost_phone_is_woken_no_more_after_enrolling_anew_and_what_belongs_to_the_person_stays()
    {
        var actor = await app.As("peer1");
        var other = await app.As("peer2");
        var channels = app.Get<AlertChannels>();
        (await channels.AddBrowserAsync(actor, "https://fcm.googleapis.com/fcm/send/lost", "Safari on iPhone", Token)).Refusal.ShouldBeNull();
        (await channels.AddBrowserAsync(other, "https://fcm.googleapis.com/fcm/send/other", "Chrome on Android", Token)).Refusal.ShouldBeNull();
        await app.Superuser(
            """
            insert into alert_channels (id, person_id, kind, target, name, added_at)
            select gen_random_uuid(), $1, kind, '+12065550100', 'own', now() from unnest(array[$2, $3]) as kind
            """, Peer, (int)Channel.Mail, (int)Channel.Gateway);

        (await app.Enrol(await app.GivenInvitation("peer1"))).Device.Dispose();
        (await app.Superuser("select string_agg(kind::text, ',' order by kind) from alert_channels where person_id = $1", Peer)).ShouldBe($"{(int)Channel.Mail},{(int)Channel.Gateway}");
        (await app.Superuser("select count(*) from alert_channels where person_id = $1", TestPeople.Ids["peer2"])).ShouldBe(1L, "nobody else's");
    }

    [Fact]
    public async Task S22_A_link_that_was_ended_is_not_made_again_by_an_address()
    {
        (await FromProvider("s-1")).Refusal.ShouldBeNull();
        (await app.Enrol(await app.GivenInvitation("peer1"))).Device.Dispose();
        (await FromProvider("s-1")).Refusal.ShouldBe(SignInRefusals.ProviderNotMatched);
        (await FromProvider("s-2")).Refusal.ShouldBe(SignInRefusals.ProviderNotMatched);
        (await app.Superuser("select count(*) from account_logins")).ShouldBe(0L);
    }

    [Fact]
    public async Task A_new_letter_links_again_and_ends_what_there_was_like_any_other_way_of_setting_up()
    {
        (await FromProvider("s-1")).Refusal.ShouldBeNull();
        var (_, device) = await app.Enrol(await app.GivenInvitation("peer1"));
        using var __ = device;
        var letter = await app.GivenInvitation("peer1");
        (await FromProvider("s-2", verified: false)).Refusal.ShouldBe(SignInRefusals.ProviderNotMatched);
        (await FromProvider("s-2")).Refusal.ShouldBeNull();
        (await app.Superuser("select string_agg(provider_key, ',') from account_logins where user_id = $1", Peer)).ShouldBe("s-2");
        (await app.Superuser("select count(*) from account_passkeys where user_id = $1", Peer)).ShouldBe(0L, "the lost phone is out");
        (await app.Get<Enrolment>().StartAsync(letter, null, Token)).Refusal.ShouldBe(SignInRefusals.InvitationOver);
    }

    [Fact]
    public async Task Somebody_never_linked_is_linked_once_by_a_verified_address()
    {
        (await FromProvider("s-1", verified: false)).Refusal.ShouldBe(SignInRefusals.ProviderNotMatched);
        (await FromProvider("s-1")).Refusal.ShouldBeNull();
        (await FromProvider("s-1", verified: false)).Refusal.ShouldBeNull("known by subject from then on");
        (await FromProvider("s-2")).Refusal.ShouldBe(SignInRefusals.ProviderNotMatched);
        var other = new ProviderIdentity("https://another.example", "s-1", SigningIn.EmailOf("peer1"), EmailVerified: true, Strong: true);
        (await app.Get<ProviderSignIn>().EnterAsync(other, Caller.Unknown, Token)).Refusal.ShouldBe(SignInRefusals.ProviderNotMatched, "another provider is no second chance");
    }

    [Fact]
    public async Task The_old_address_hears_that_mail_goes_elsewhere_and_no_trace_of_it_stays()
    {
        await app.GivenPassword("peer1");
        var administrator = await app.As("administrator");
        (await app.Get<RoleRequests>().AskEmailAsync(administrator, Peer, "new@test.example", Token)).Refusal.ShouldBeNull();
        (await app.Superuser("select count(*) from messages where kind = 26")).ShouldBe(0L, "nothing has changed yet");
        (await app.Get<Approvals>().DecideAsync(await app.As("okafor"), await app.RequestFor(Peer), true, Token)).Refusal.ShouldBeNull();
        await app.Superuser("update people set active = false where id = $1", Peer); // whoever hides something would do this next
        await using var room = new MailRoom(app);
        await room.SendWhatIsDue();
        var mail = room.Received.Single(one => one.To.Contains(SigningIn.EmailOf("peer1"), StringComparer.Ordinal));
        mail.Text.ShouldContain("Mail for your PeerSupport account goes to another address from now on.");
        mail.Text.ShouldNotContain("new@test.example");
        (await app.Superuser("select count(*) from messages m where m::text like '%peer1@test.example%'")).ShouldBe(0L);
        (await app.Superuser("select count(*) from alert_channels where person_id = $1", Peer)).ShouldBe(0L, "what the old address takes says nothing of the new one");
        (await app.Superuser("select count(*) from messages where kind = 23 and person_id = $1", Peer)).ShouldBe(1L, "the new address is told, too");
        (await app.Logged(Peer, SecurityEvent.EmailChanged)).ShouldBe(1);
    }

    [Fact]
    public async Task An_address_that_was_mistyped_before_anybody_enrolled_is_told_nothing()
    {
        var person = await app.GivenPerson();
        (await app.Get<RoleRequests>().AskEmailAsync(await app.As("administrator"), person, "right@test.example", Token)).Refusal.ShouldBeNull();
        (await app.Get<Approvals>().DecideAsync(await app.As("okafor"), await app.RequestFor(person), true, Token)).Refusal.ShouldBeNull();
        (await app.Superuser("select count(*) from messages where kind = 26")).ShouldBe(0L);
    }

    private Task<Result<SignedIn>> FromProvider(string subject, bool verified = true) =>
        app.Get<ProviderSignIn>().EnterAsync(new ProviderIdentity(Issuer, subject, SigningIn.EmailOf("peer1"), verified, Strong: true), Caller.Unknown, Token);
}
