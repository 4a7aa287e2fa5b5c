using PeerSupport.Domain.People;
using PeerSupport.IntegrationTests.People.Administration;
using PeerSupport.Services.People;

namespace PeerSupport.IntegrationTests.People;

/// <summary>Changing one's own password.</summary>
public sealed class OwnPasswordTests(TestServer server) : IAsyncLifetime
{
    private const string Wanted = "another long sentence";
    private static readonly Guid Peer = TestPeople.Ids["peer1"];
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;
    private OwnPassword Own => app.Get<OwnPassword>();

    public async ValueTask InitializeAsync() => app = await TestApp.StartAsync(server);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task The_old_password_opens_nothing_and_every_other_session_ends_and_its_owner_is_told()
    {
        await app.GivenPassword("coordinator");
        var (here, there) = (await app.SignIn("coordinator"), await app.SignIn("coordinator"));
        var actor = (await app.Resolve(here)).ShouldNotBeNull();
        (await Own.ChangeAsync(actor, new(SigningIn.Password, null), Wanted, Token)).Refusal.ShouldBeNull();
        (await app.SignInWithPassword("coordinator")).ShouldBeNull();
        (await app.SignInWithPassword("coordinator", Wanted)).ShouldNotBeNull();
        (await app.Resolve(here)).ShouldNotBeNull();
        (await app.Resolve(there)).ShouldBeNull();
        (await app.Logged(actor.PersonId, SecurityEvent.PasswordChanged)).ShouldBe(1);
        (await app.Superuser("select count(*) from messages where kind = 23 and person_id = $1", actor.PersonId)).ShouldBe(1L);
    }

    [Fact]
    public async Task S32_It_takes_the_password_there_is_and_the_second_factor_where_there_is_one()
    {
        using var device = await app.GivenPasskey("peer1");
        using var others = await app.GivenPasskey("peer2");
        var actor = await app.As("peer1");
        var told = await app.Superuser("select count(*) from messages");
        async Task<FreshSignIn> Answered(SoftwareAuthenticator by, string? password)
        {
            var ceremony = await app.Get<PasskeyFactors>().BeginConfirmAsync(actor, Token);
            return new(password, null, ceremony.Challenge, by.Assert(ceremony.OptionsJson));
        }

        var reveal = await app.Get<StepUp>().BeginPasskeyAsync(actor, Token);
        FreshSignIn[] none =
        [
            new(null, null), new("a guess", null), new(SigningIn.Password, null), new(SigningIn.Password, "000000"), await Answered(device, null), await Answered(device, "a guess"),
            await Answered(others, SigningIn.Password), new(SigningIn.Password, null, reveal.Challenge, device.Assert(reveal.OptionsJson)),
        ];
        foreach (var proof in none)
            (await Own.ChangeAsync(actor, proof, Wanted, Token)).Refusal.ShouldBe(SignInRefusals.FactorNotMatched);
        (await app.Logged(Peer, SecurityEvent.PasswordChanged)).ShouldBe(0);
        (await app.Superuser("select count(*) from messages where kind = 23")).ShouldBe(told);

        (await Own.ChangeAsync(actor, await Answered(device, SigningIn.Password), Wanted, Token)).Refusal.ShouldBeNull();
        (await app.Logged(Peer, SecurityEvent.PasswordChanged)).ShouldBe(1);
    }

    [Fact]
    public async Task With_an_app_a_code_of_it_stands_beside_the_password()
    {
        await app.Owner("update people set active = false where id = $1", Peer);
        var letter = await app.GivenInvitation("peer1");
        var start = (await app.Get<Enrolment>().StartAsync(letter, null, Token)).Value;
        var enrolled = (await app.Get<Enrolment>().WithPasswordAsync(letter, new(SigningIn.Password, start.KeptSecret, app.CodeOf(start.App)), Inviting.Phone, Token)).Value;
        var actor = (await app.Resolve(enrolled.SignedIn.Principal)).ShouldNotBeNull();
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        (await Own.ChangeAsync(actor, new(SigningIn.Password, null), Wanted, Token)).Refusal.ShouldBe(SignInRefusals.FactorNotMatched);
        (await Own.ChangeAsync(actor, new(SigningIn.Password, app.CodeOf(start.App)), "too short", Token)).Refusal.ShouldBe(SignInRefusals.PasswordTooShort);
        (await Own.ChangeAsync(actor, new(SigningIn.Password, app.CodeOf(start.App)), Wanted, Token)).Refusal.ShouldBeNull("the code was not spent on a password that was refused");
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        (await app.SignInWithPassword("peer1", Wanted, app.CodeOf(start.App))).ShouldNotBeNull();
    }

    [Fact]
    public async Task The_same_one_again_and_one_where_there_is_none_are_refused()
    {
        await app.GivenPassword("coordinator");
        (await Own.ChangeAsync(await app.As("coordinator"), new(SigningIn.Password, null), SigningIn.Password, Token)).Refusal.ShouldBe(SignInRefusals.SamePassword);
        var without = await app.As("peer1");
        (await Own.ExistsAsync(without, Token)).ShouldBeFalse();
        (await Own.ChangeAsync(without, new(null, null), Wanted, Token)).Refusal.ShouldBe(SignInRefusals.NoPassword);
        (await app.Superuser("select password_hash is null from accounts where id = $1", Peer)).ShouldBe(true);
    }
}
