using PeerSupport.Domain;
using PeerSupport.Domain.People;
using PeerSupport.IntegrationTests.Notices;
using PeerSupport.IntegrationTests.People.Administration;
using PeerSupport.Services.People;

namespace PeerSupport.IntegrationTests.People;

/// <summary>Somebody knows a colleague's password and guesses the code.</summary>
public sealed class CodeTryTests(TestServer server) : IAsyncLifetime
{
    private static readonly Guid Peer = TestPeople.Ids["peer1"];
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;
    private IReadOnlyList<string> codes = [];

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync(server);
        var (enrolled, device) = await app.Enrol(await app.GivenInvitation("peer1"));
        device.Dispose();
        codes = enrolled.Codes;
        await app.GivenPassword("peer1");
        await app.Superuser("delete from known_devices");
        await app.Superuser("delete from messages");
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task S52_Guessing_codes_is_slowed_for_strangers_together_and_each_round_waits_longer()
    {
        await Miss(CodeTryRules.Round, null);
        (await Try(codes[0], null)).Refusal.ShouldBe(SignInRefusals.NotMatched, "a right code is not looked at now");
        app.Clock.Advance(TimeSpan.FromMinutes(14));
        (await Try(codes[0], null)).Succeeded.ShouldBeFalse();
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        await Miss(CodeTryRules.Round, null);
        app.Clock.Advance(TimeSpan.FromMinutes(16));
        (await Try(codes[0], null)).Succeeded.ShouldBeFalse("the second wait is longer");
        app.Clock.Advance(TimeSpan.FromMinutes(15));
        (await Try(codes[0], null)).Succeeded.ShouldBeTrue();
        await Miss(CodeTryRules.Round - 1, null);
        (await Try(codes[1], null)).Succeeded.ShouldBeTrue("a right code began the count anew");
    }

    [Fact]
    public async Task Many_codes_sent_at_once_are_no_more_tries_than_one_after_another()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Try("000000", null)));
        (await app.Superuser("select code_misses from accounts where id = $1", Peer)).ShouldBe(CodeTryRules.Round);
        (await app.Superuser("select count(*) from messages where kind = 25")).ShouldBe(1L);
    }

    [Fact]
    public async Task Who_guesses_codes_keeps_strangers_out_and_never_the_owner_at_their_own_device()
    {
        var own = (await Try(codes[0], null)).Value.Device;
        await Miss(CodeTryRules.Round, null);
        (await Try(codes[1], own)).Succeeded.ShouldBeTrue("their own browser is counted apart");
        await Miss(CodeTryRules.Round, own);
        (await Try(codes[2], own)).Succeeded.ShouldBeFalse("whoever sits there guesses no faster");
        app.Clock.Advance(TimeSpan.FromMinutes(16));
        (await Try(codes[2], null)).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task A_password_alone_is_not_forgiven_where_only_a_passkey_stands_beside_it()
    {
        // Nothing but a passkey and the codes of its enrolment: every one of these was once a free guess at a recovery code.
        await Miss(CodeTryRules.Round, null, "1234-5678-9012");
        (await Try(codes[0], null)).Succeeded.ShouldBeFalse();
        (await app.Superuser("select access_failed_count from accounts where id = $1", Peer)).ShouldBe(0, "a wrong password is another matter");
    }

    [Fact]
    public async Task Somebody_without_the_password_slows_nobodys_codes_and_alarms_nobody()
    {
        for (var guess = 0; guess < CodeTryRules.Round + 1; guess++)
            (await Try("000000", null, "a guess")).Succeeded.ShouldBeFalse();
        (await Try(codes[0], null)).Succeeded.ShouldBeTrue();
        (await app.Superuser("select count(*) from messages where kind = 25")).ShouldBe(0L);
        (await app.Logged(Peer, SecurityEvent.CodeFailed)).ShouldBe(0);
    }

    [Fact]
    public async Task S49_The_owner_is_told_once_for_each_episode_in_constant_words_and_in_their_log()
    {
        await Miss(4, null);
        await Told(1);
        await using var room = new MailRoom(app);
        await room.SendWhatIsDue();
        var mail = room.Received.ShouldHaveSingleItem();
        mail.To.ShouldBe([SigningIn.EmailOf("peer1")]);
        mail.Text.ShouldContain("Somebody entered your password for PeerSupport, but not the right code.");
        mail.Text.ShouldNotContain("peer1");

        app.Clock.Advance(CodeTryRules.Episode + TimeSpan.FromMinutes(1));
        await Miss(1, null);
        await Told(2);
    }

    [Fact]
    public async Task At_ones_own_device_a_slip_of_the_finger_is_no_alarm_and_the_third_is()
    {
        var own = (await Try(codes[0], null)).Value.Device;
        await Miss(CodeTryRules.ToldAtOwnDevice - 1, own);
        await Told(0);
        await Miss(1, own);
        await Told(1);
    }

    [Fact]
    public async Task A_reveal_and_a_change_are_no_way_around_it()
    {
        var actor = await app.As("peer1");
        for (var guess = 0; guess < CodeTryRules.Round; guess++)
        {
            if (guess % 2 == 0)
                (await app.Get<StepUp>().WithPasswordAsync(actor, SigningIn.Password, "000000", Token)).Succeeded.ShouldBeFalse();
            else
                (await app.Get<RecoveryCodes>().MakeAsync(actor, new(SigningIn.Password, "000000"), Token)).Succeeded.ShouldBeFalse();
        }

        (await app.Get<StepUp>().WithPasswordAsync(actor, SigningIn.Password, codes[0], Token)).Succeeded.ShouldBeFalse();
        await Told(1);
    }

    private async Task Miss(int times, string? device, string code = "000000")
    {
        for (var miss = 0; miss < times; miss++)
            (await Try(miss % 2 == 0 ? code : "", device)).Refusal.ShouldBe(SignInRefusals.NotMatched);
    }

    private Task<Result<SignedIn>> Try(string code, string? device, string password = SigningIn.Password) =>
        app.Get<SignIn>().WithPasswordAsync(SigningIn.EmailOf("peer1"), password, code, Token, new Caller(device, null, null));

    private async Task Told(long times)
    {
        (await app.Superuser("select count(*) from messages where kind = 25 and person_id = $1", Peer)).ShouldBe(times);
        (await app.Logged(Peer, SecurityEvent.CodeFailed)).ShouldBe(times);
    }
}
