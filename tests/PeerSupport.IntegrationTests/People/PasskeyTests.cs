using PeerSupport.Domain.Cases;
using PeerSupport.Services.People;

namespace PeerSupport.IntegrationTests.People;

/// <summary>Passkeys, against a device that lies.</summary>
public sealed class PasskeyTests(TestServer server) : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;
    private SignIn SignIn => app.Get<SignIn>();
    private StepUp StepUp => app.Get<StepUp>();

    public async ValueTask InitializeAsync() => app = await TestApp.StartAsync(server, demonstration: true);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_passkey_signs_in_and_confirms_a_reveal()
    {
        using var device = await app.GivenPasskey("peer1");
        var ceremony = await SignIn.BeginPasskeyAsync(Token);
        var principal = (await SignIn.WithPasskeyAsync(ceremony.Challenge, device.Assert(ceremony.OptionsJson), Token)).Value.Principal;
        var actor = (await app.Resolve(principal)).ShouldNotBeNull();
        actor.PersonId.ShouldBe(TestPeople.Ids["peer1"]);

        var again = await StepUp.BeginPasskeyAsync(actor, Token);
        var grant = (await StepUp.WithPasskeyAsync(actor, again.Challenge, device.Assert(again.OptionsJson), Token)).Value;
        grant.PersonId.ShouldBe(actor.PersonId);
    }

    [Fact]
    public async Task S15_A_replayed_assertion_is_refused_even_when_the_sign_count_stays_zero()
    {
        using var device = await app.GivenPasskey("peer1");
        var ceremony = await SignIn.BeginPasskeyAsync(Token);
        var assertion = device.Assert(ceremony.OptionsJson);
        (await SignIn.WithPasskeyAsync(ceremony.Challenge, assertion, Token)).Succeeded.ShouldBeTrue();
        (await SignIn.WithPasskeyAsync(ceremony.Challenge, assertion, Token)).Refusal.ShouldBe(SignInRefusals.PasskeyNotMatched);
        var other = await SignIn.BeginPasskeyAsync(Token);
        (await SignIn.WithPasskeyAsync(other.Challenge, assertion, Token)).Refusal.ShouldBe(SignInRefusals.PasskeyNotMatched);

        var actor = await app.As("peer1");
        var reveal = await StepUp.BeginPasskeyAsync(actor, Token);
        var answer = device.Assert(reveal.OptionsJson);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => StepUp.WithPasskeyAsync(actor, reveal.Challenge, answer, Token)));
        outcomes.Count(outcome => outcome.Succeeded).ShouldBe(1);
        outcomes.Where(outcome => !outcome.Succeeded).ShouldAllBe(outcome => outcome.Refusal == CaseRefusals.SignInAgain);
    }

    [Fact]
    public async Task S15_A_passkey_whose_counter_goes_back_was_copied_and_is_refused()
    {
        using var device = await app.GivenPasskey("peer1");
        async Task<bool> SignsIn(uint count)
        {
            device.SignCount = count;
            var ceremony = await SignIn.BeginPasskeyAsync(Token);
            return (await SignIn.WithPasskeyAsync(ceremony.Challenge, device.Assert(ceremony.OptionsJson), Token)).Succeeded;
        }

        (await SignsIn(7)).ShouldBeTrue();
        (await SignsIn(7)).ShouldBeFalse();
        (await SignsIn(5)).ShouldBeFalse();
        (await SignsIn(8)).ShouldBeTrue();
    }

    [Fact]
    public async Task S16_Another_persons_passkey_is_refused()
    {
        using var own = await app.GivenPasskey("peer1");
        using var others = await app.GivenPasskey("peer2");
        var actor = await app.As("peer1");

        var reveal = await StepUp.BeginPasskeyAsync(actor, Token);
        (await StepUp.WithPasskeyAsync(actor, reveal.Challenge, others.Assert(reveal.OptionsJson), Token)).Refusal.ShouldBe(CaseRefusals.SignInAgain);

        // A challenge made for a sign-in, or for somebody else, is worth nothing for this reveal.
        var signIn = await SignIn.BeginPasskeyAsync(Token);
        (await StepUp.WithPasskeyAsync(actor, signIn.Challenge, own.Assert(signIn.OptionsJson), Token)).Refusal.ShouldBe(CaseRefusals.SignInAgain);
        var theirs = await StepUp.BeginPasskeyAsync(await app.As("peer2"), Token);
        (await StepUp.WithPasskeyAsync(actor, theirs.Challenge, own.Assert(theirs.OptionsJson), Token)).Refusal.ShouldBe(CaseRefusals.SignInAgain);
        (await StepUp.WithPasskeyAsync(actor, theirs.Challenge, others.Assert(theirs.OptionsJson), Token)).Refusal.ShouldBe(CaseRefusals.SignInAgain);
    }

    [Fact]
    public async Task S17_A_passkey_that_verified_nobody_is_refused()
    {
        using var device = await app.GivenPasskey("peer1");
        device.VerifiesUser = false;
        var signIn = await SignIn.BeginPasskeyAsync(Token);
        (await SignIn.WithPasskeyAsync(signIn.Challenge, device.Assert(signIn.OptionsJson), Token)).Refusal.ShouldBe(SignInRefusals.PasskeyNotMatched);

        var actor = await app.As("peer1");
        var reveal = await StepUp.BeginPasskeyAsync(actor, Token);
        (await StepUp.WithPasskeyAsync(actor, reveal.Challenge, device.Assert(reveal.OptionsJson), Token)).Refusal.ShouldBe(CaseRefusals.SignInAgain);

        using var fresh = new SoftwareAuthenticator { VerifiesUser = false };
        var begun = (await app.Get<PasskeyFactors>().BeginAsync(actor, new(SigningIn.Password, null), Token)).Value;
        (await app.Get<PasskeyFactors>().AddAsync(actor, begun.Challenge, fresh.Create(begun.OptionsJson), "x", Token)).Refusal.ShouldBe(SignInRefusals.PasskeyNotAdded);
    }

    [Fact]
    public async Task A_passkey_used_on_another_site_or_too_late_is_refused()
    {
        using var device = await app.GivenPasskey("peer1");
        device.Origin = "https://peersupport.example.net";
        var elsewhere = await SignIn.BeginPasskeyAsync(Token);
        (await SignIn.WithPasskeyAsync(elsewhere.Challenge, device.Assert(elsewhere.OptionsJson), Token)).Succeeded.ShouldBeFalse();

        device.Origin = "http://localhost:5080";
        var late = await SignIn.BeginPasskeyAsync(Token);
        app.Clock.Advance(TimeSpan.FromMinutes(5));
        (await SignIn.WithPasskeyAsync(late.Challenge, device.Assert(late.OptionsJson), Token)).Succeeded.ShouldBeFalse();
        (await SignIn.WithPasskeyAsync(Guid.NewGuid(), "{}", Token)).Succeeded.ShouldBeFalse();
        (await SignIn.WithPasskeyAsync((await SignIn.BeginPasskeyAsync(Token)).Challenge, "not json", Token)).Succeeded.ShouldBeFalse();
    }

    [Fact]
    public async Task S21_The_passkey_of_a_disabled_account_signs_nobody_in()
    {
        using var device = await app.GivenPasskey("peer1");
        await app.Owner("update people set active = false where id = $1", TestPeople.Ids["peer1"]);
        var ceremony = await SignIn.BeginPasskeyAsync(Token);
        (await SignIn.WithPasskeyAsync(ceremony.Challenge, device.Assert(ceremony.OptionsJson), Token)).Refusal.ShouldBe(SignInRefusals.PasskeyNotMatched);
    }

    [Fact]
    public async Task A_flood_of_sign_in_challenges_keeps_the_table_bounded()
    {
        await app.Owner(
            "insert into passkey_challenges (id, purpose, state, expires_at) select gen_random_uuid(), 'sign-in', '{}', $1 + n * interval '1 millisecond' from generate_series(1, 10500) n",
            app.Clock.GetUtcNow().AddMinutes(1));
        await SignIn.BeginPasskeyAsync(Token);
        ((long)(await app.Owner("select count(*) from passkey_challenges"))!).ShouldBeInRange(10_000, 10_002);
    }
}
