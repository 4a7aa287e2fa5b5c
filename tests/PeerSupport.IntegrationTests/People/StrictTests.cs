using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services.Cases;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.IntegrationTests.People;

/// <summary>Outside a demonstration: a password alone, recovery codes, known devices, and changing what one signs in with.</summary>
public sealed class StrictTests(TestServer server) : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;
    private SignIn SignIn => app.Get<SignIn>();

    public async ValueTask InitializeAsync() => app = await TestApp.StartAsync(server);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Theory]
    [InlineData("peer1")]
    [InlineData("okafor")]
    [InlineData("clinician")]
    [InlineData("administrator")]
    public async Task A_password_alone_gives_no_role_in_any_place(string name)
    {
        await app.GivenPassword(name);
        var principal = (await app.SignInWithPassword(name)).ShouldNotBeNull();
        principal.Claims.ShouldNotContain(claim => claim.Type == System.Security.Claims.ClaimTypes.Role);
        var actor = (await app.Resolve(principal)).ShouldNotBeNull();
        (actor.MustAddFactor, actor.Roles.Count).ShouldBe((true, 0));

        // Whoever forgets to ask is refused by the transaction and by the database.
        foreach (var role in Enum.GetValues<DatabaseRole>().Except([DatabaseRole.Jobs]))
        {
            await using var work = await app.Get<Database>().BeginAsync(role, actor, Token);
            Enum.GetValues<Role>().ShouldAllBe(one => !work.ActorIs(one));
        }
    }

    [Fact]
    public async Task An_app_is_set_up_beside_a_password_only_and_its_secret_is_shown_to_the_session_that_asked_for_it()
    {
        var factor = app.Get<AuthenticatorFactor>();
        (await factor.BeginAsync(await app.As("peer2"), new FreshSignIn(null, null), Token)).Refusal.ShouldBe(SignInRefusals.AppNeedsPassword, "came from a provider, and codes would be asked for nowhere");

        await app.GivenPassword("peer1");
        var (asked, other) = (await app.As("peer1"), await app.As("peer1"));
        (await factor.BeginAsync(asked, new FreshSignIn(SigningIn.Password, null), Token)).Refusal.ShouldBeNull();
        (await factor.ConfirmAsync(other, "000000", Token)).Refusal.ShouldBe(SignInRefusals.EnrolmentOver);
        (await factor.ConfirmAsync(asked, "000000", Token)).Value.ShouldNotBeNull("a wrong code: here is the secret again");
    }

    [Fact]
    public async Task A_peer_with_a_password_alone_accepts_nothing_and_reads_an_empty_board()
    {
        var id = await app.GivenOpenCase();
        await app.GivenPassword("peer1");
        var actor = (await app.Resolve((await app.SignInWithPassword("peer1"))!)).ShouldNotBeNull();
        (await app.Get<AcceptCase>().AcceptAsync(actor, id, Token)).Succeeded.ShouldBeFalse();
        (await app.Owner("select count(*) from support_cases where holder_id is not null")).ShouldBe(0L);
        (await app.Get<PeerBoards>().ReadAsync(actor, 1, Token)).Refusal.ShouldBe(CaseRefusals.NotFound);
        (await app.Get<CrowdBoards>().ReadAsync(actor, Token)).Refusal.ShouldBe(CaseRefusals.NotFound);
        (await app.Get<AcceptCase>().AcceptAsync(await app.As("peer1"), id, Token)).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task A_coordinator_needs_no_second_factor_until_a_role_asks_for_one()
    {
        await app.GivenPassword("coordinator");
        var actor = (await app.Resolve((await app.SignInWithPassword("coordinator"))!)).ShouldNotBeNull();
        actor.Is(Role.Coordinator).ShouldBeTrue();
        await app.Owner("insert into role_grants (person_id, role) values ($1, 5)", actor.PersonId);
        // Even resolved before: the transaction asks again.
        await using var work = await app.Get<Database>().BeginAsync(DatabaseRole.Accounts, actor, Token);
        (work.ActorIs(Role.Administrator), work.ActorIs(Role.Coordinator)).ShouldBe((false, false));
    }

    [Fact]
    public async Task A_stolen_password_is_of_no_use_where_there_is_a_passkey()
    {
        using var device = await app.GivenPasskey("peer1");
        (await app.SignInWithPassword("peer1")).ShouldBeNull();
        var actor = await app.As("peer1");
        (await app.Get<PasskeyFactors>().BeginAsync(actor, new(SigningIn.Password, null), Token)).Refusal.ShouldBe(SignInRefusals.FactorNotMatched);
        (await app.Get<StepUp>().WithPasswordAsync(actor, SigningIn.Password, null, Token)).Refusal.ShouldBe(CaseRefusals.SignInAgain);
    }

    [Fact]
    public async Task Whoever_adds_the_second_factor_goes_on_in_the_same_session()
    {
        await app.GivenPassword("peer1");
        var principal = (await app.SignInWithPassword("peer1")).ShouldNotBeNull();
        var actor = (await app.Resolve(principal)).ShouldNotBeNull();
        using var device = new SoftwareAuthenticator();
        var begun = (await app.Get<PasskeyFactors>().BeginAsync(actor, new(SigningIn.Password, null), Token)).Value;
        (await app.Get<PasskeyFactors>().AddAsync(actor, begun.Challenge, device.Create(begun.OptionsJson), "x", Token)).Succeeded.ShouldBeTrue();
        (await app.Resolve(principal)).ShouldNotBeNull().Is(Role.Peer).ShouldBeTrue();
        (await app.Superuser("select count(*) from messages where kind = 23 and person_id = $1", actor.PersonId)).ShouldBe(1L, "its owner is told");
    }

    [Fact]
    public async Task S32_Every_change_of_a_factor_needs_a_full_sign_in_in_the_same_form()
    {
        using var device = await app.GivenPasskey("peer1");
        var actor = await app.As("peer1");
        var (passkeys, app1, codes) = (app.Get<PasskeyFactors>(), app.Get<AuthenticatorFactor>(), app.Get<RecoveryCodes>());
        var id = (await passkeys.ListAsync(actor, Token)).Single().Id;
        var signIn = await SignIn.BeginPasskeyAsync(Token);
        var reveal = await app.Get<StepUp>().BeginPasskeyAsync(actor, Token);
        var others = await passkeys.BeginConfirmAsync(await app.As("peer2"), Token);
        FreshSignIn[] none =
        [
            new(null, null), new("", ""), new("a guess", null), new(SigningIn.Password, null), new(SigningIn.Password, "000000"),
            new(null, null, Guid.NewGuid(), "{}"), new(null, null, signIn.Challenge, device.Assert(signIn.OptionsJson)),
            new(null, null, reveal.Challenge, device.Assert(reveal.OptionsJson)), new(null, null, others.Challenge, device.Assert(others.OptionsJson)),
        ];
        foreach (var proof in none)
        {
            (await passkeys.BeginAsync(actor, proof, Token)).Refusal.ShouldBe(SignInRefusals.FactorNotMatched);
            (await passkeys.RemoveAsync(actor, id, proof, Token)).Refusal.ShouldBe(SignInRefusals.FactorNotMatched);
            (await app1.BeginAsync(actor, proof, Token)).Refusal.ShouldBe(SignInRefusals.FactorNotMatched);
            (await app1.RemoveAsync(actor, proof, Token)).Refusal.ShouldBe(SignInRefusals.FactorNotMatched);
            (await codes.MakeAsync(actor, proof, Token)).Refusal.ShouldBe(SignInRefusals.FactorNotMatched);
            (await app.Get<SecondFactor>().ShowAsync(actor, proof, Token)).Refusal.ShouldBe(SignInRefusals.FactorNotMatched);
            app.Clock.Advance(TimeSpan.FromMinutes(1)); // no lock in the way
        }

        async Task<FreshSignIn> Fresh()
        {
            var ceremony = await passkeys.BeginConfirmAsync(actor, Token);
            return new(null, null, ceremony.Challenge, device.Assert(ceremony.OptionsJson));
        }

        (await passkeys.RemoveAsync(actor, id, await Fresh(), Token)).Refusal.ShouldBe(SignInRefusals.LastFactor);
        (await codes.MakeAsync(actor, await Fresh(), Token)).Succeeded.ShouldBeTrue();
        (await passkeys.BeginAsync(actor, await Fresh(), Token)).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task A_recovery_code_stands_for_the_lost_phone_once_and_its_owner_is_told()
    {
        var (enrolled, device) = await app.Enrol(await app.GivenInvitation("peer1"));
        using var _ = device;
        await app.GivenPassword("peer1");
        var code = enrolled.Codes[3];
        (await app.SignInWithPassword("peer1", "a guess", code)).ShouldBeNull("the code alone is nothing, and is not spent by it");
        (await app.SignInWithPassword("peer2", code: code)).ShouldBeNull("it is peer1's");
        var told = (long)(await app.Superuser("select count(*) from messages where kind = 23"))!;
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => app.SignInWithPassword("peer1", code: code.Replace("-", " ", StringComparison.Ordinal))));
        var principal = outcomes.Where(outcome => outcome is not null).ShouldHaveSingleItem()!;
        var actor = (await app.Resolve(principal)).ShouldNotBeNull();
        actor.Is(Role.Peer).ShouldBeTrue();
        (await app.Get<RecoveryCodes>().LeftAsync(actor, Token)).ShouldBe(9);
        (await app.Superuser("select count(*) from messages where kind = 23")).ShouldBe(told + 1);
        (await app.Get<OwnSecurityLog>().ListAsync(actor, 1, Token)).Entries.Count(e => e.Event == SecurityEvent.RecoveryCodeUsed).ShouldBe(1);
        ((string)(await app.Superuser("select string_agg(encode(code_hash, 'hex'), ' ') from recovery_codes"))!)
            .ShouldNotContain(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(code.Replace("-", "", StringComparison.Ordinal)))));
    }

    [Fact]
    public async Task Strangers_who_guess_lock_strangers_out_and_never_a_colleague_at_their_own_device()
    {
        await app.GivenPassword("coordinator");
        await app.GivenPassword("peer1");
        Task<PeerSupport.Domain.Result<SignedIn>> Try(string? password, string? device) =>
            SignIn.WithPasswordAsync(SigningIn.EmailOf("coordinator"), password, null, Token, new Caller(device, null, null));
        var own = (await Try(SigningIn.Password, null)).Value.Device;
        for (var guess = 0; guess < 10; guess++)
            (await Try("a guess", guess % 2 == 0 ? null : "no.device")).Succeeded.ShouldBeFalse();
        (await Try(SigningIn.Password, null)).Succeeded.ShouldBeFalse("strangers are locked out");
        (await Try(SigningIn.Password, own)).Succeeded.ShouldBeTrue("their own browser is not");

        // A cookie of another person's, or a changed one, is a stranger's.
        var others = (await SignIn.WithPasswordAsync(SigningIn.EmailOf("peer1"), SigningIn.Password, null, Token)).Value.Device;
        (await Try(SigningIn.Password, others)).Succeeded.ShouldBeFalse();
        (await Try(SigningIn.Password, own[..^2] + (own[^2] == 'A' ? "QQ" : "AA"))).Succeeded.ShouldBeFalse();

        // Whoever sits at the own browser has ten tries there, too; and strangers are not locked by them.
        app.Clock.Advance(TimeSpan.FromMinutes(6));
        for (var guess = 0; guess < 10; guess++)
            (await Try("a guess", own)).Succeeded.ShouldBeFalse();
        (await Try(SigningIn.Password, own)).Succeeded.ShouldBeFalse();
        (await Try(SigningIn.Password, null)).Succeeded.ShouldBeTrue();
        app.Clock.Advance(TimeSpan.FromMinutes(6));
        (await Try(SigningIn.Password, own)).Succeeded.ShouldBeTrue();
        ((long)(await app.Owner("select count(*) from security_log where event = 2 and person_id = $1", TestPeople.Ids["coordinator"]))!).ShouldBeInRange(1L, 3L, "a flood fills no log");
    }

    [Fact]
    public async Task A_source_that_guesses_everywhere_is_slowed_and_a_known_browser_behind_it_is_not()
    {
        await app.GivenPassword("coordinator");
        var address = System.Net.IPAddress.Parse("192.0.2.7");
        var own = (await SignIn.WithPasswordAsync(SigningIn.EmailOf("coordinator"), SigningIn.Password, null, Token)).Value.Device;
        for (var guess = 0; guess < SourceThrottle.Burst; guess++)
            (await SignIn.WithPasswordAsync($"nobody{guess}@test.example", "a guess", null, Token, new Caller(null, null, address))).Refusal.ShouldBe(SignInRefusals.NotMatched);
        foreach (var email in new[] { "nobody@test.example", SigningIn.EmailOf("coordinator") })
            (await SignIn.WithPasswordAsync(email, SigningIn.Password, null, Token, new Caller(null, null, address))).Refusal.ShouldBe(SignInRefusals.TooManyTries);
        (await SignIn.WithPasswordAsync(SigningIn.EmailOf("coordinator"), SigningIn.Password, null, Token, new Caller(own, null, address))).Succeeded.ShouldBeTrue();
        (await SignIn.WithPasswordAsync(SigningIn.EmailOf("coordinator"), SigningIn.Password, null, Token, new Caller(null, null, System.Net.IPAddress.Parse("192.0.2.8")))).Succeeded.ShouldBeTrue();
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        (await SignIn.WithPasswordAsync(SigningIn.EmailOf("coordinator"), SigningIn.Password, null, Token, new Caller(null, null, address))).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task Somebody_signs_out_their_other_devices_and_nobody_elses()
    {
        var (here, there, elsewhere) = (await app.SignIn("peer1"), await app.SignIn("peer1"), await app.SignIn("peer1"));
        var other = await app.SignIn("peer2");
        var actor = (await app.Resolve(here)).ShouldNotBeNull();
        var sessions = app.Get<OwnSessions>();
        (await sessions.ListAsync(actor, Token)).Select(s => s.IsThis).ShouldBe([true, false, false]);
        (await sessions.EndAsync(actor, actor.SessionId, Token)).Refusal.ShouldBe(SignInRefusals.NoSuchSession, "for this one there is Sign out");
        var foreign = (await app.Resolve(other)).ShouldNotBeNull();
        (await sessions.EndAsync(actor, foreign.SessionId, Token)).Refusal.ShouldBe(SignInRefusals.NoSuchSession);
        (await sessions.EndAsync(actor, (await app.Resolve(there))!.SessionId, Token)).Succeeded.ShouldBeTrue();
        (await app.Resolve(there)).ShouldBeNull();
        (await sessions.EndOthersAsync(actor, Token)).ShouldBe(1);
        (await app.Resolve(elsewhere)).ShouldBeNull();
        (await app.Resolve(here)).ShouldNotBeNull();
        (await app.Resolve(other)).ShouldNotBeNull();
    }
}
