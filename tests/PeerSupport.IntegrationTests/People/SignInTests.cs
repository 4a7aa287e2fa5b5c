using System.Diagnostics;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services.Cases;
using PeerSupport.Services.People;

namespace PeerSupport.IntegrationTests.People;

/// <summary>Signing in with a password, and again for a reveal.</summary>
public sealed class SignInTests(TestServer server) : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;

    public async ValueTask InitializeAsync() => app = await TestApp.StartAsync(server, demonstration: true);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_right_password_begins_a_session_and_a_wrong_one_does_not()
    {
        await app.GivenPassword("peer1");
        (await app.SignInWithPassword("peer1", "something else")).ShouldBeNull();
        (await app.SignInWithPassword("peer1", "")).ShouldBeNull();
        (await app.SignInWithPassword("peer2")).ShouldBeNull(); // has no password
        (await app.Get<SignIn>().WithPasswordAsync("no\0body", null, null, Token)).Refusal.ShouldBe(SignInRefusals.NotMatched);
        var principal = (await app.SignInWithPassword("peer1")).ShouldNotBeNull();
        principal.IsInRole(nameof(Role.Peer)).ShouldBeTrue();
        (await app.Resolve(principal)).ShouldNotBeNull().PersonId.ShouldBe(TestPeople.Ids["peer1"]);
    }

    [Fact]
    public async Task S21_A_disabled_account_reads_like_a_wrong_password()
    {
        await app.GivenPassword("peer1");
        var before = (await app.SignInWithPassword("peer1")).ShouldNotBeNull();
        await app.Owner("update people set active = false where id = $1", TestPeople.Ids["peer1"]);
        (await app.Resolve(before)).ShouldBeNull();
        (await app.SignInWithPassword("peer1")).ShouldBeNull();
    }

    [Fact]
    public async Task Ten_wrong_tries_lock_the_password_for_five_minutes_however_many_come_at_once()
    {
        await app.GivenPassword("peer1");
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => app.SignInWithPassword("peer1", "a guess")));
        (await app.SignInWithPassword("peer1")).ShouldBeNull();
        app.Clock.Advance(TimeSpan.FromMinutes(4));
        (await app.SignInWithPassword("peer1")).ShouldBeNull();
        app.Clock.Advance(TimeSpan.FromMinutes(1.1));
        (await app.SignInWithPassword("peer1")).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_lock_made_by_somebody_else_does_not_keep_a_passkey_out()
    {
        using var device = await app.GivenPasskey("peer1");
        for (var guess = 0; guess < 10; guess++)
            await app.SignInWithPassword("peer1", "a guess");
        (await app.SignInWithPassword("peer1")).ShouldBeNull();
        var ceremony = await app.Get<SignIn>().BeginPasskeyAsync(Token);
        (await app.Get<SignIn>().WithPasskeyAsync(ceremony.Challenge, device.Assert(ceremony.OptionsJson), Token)).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task S14_A_reveal_needs_the_password_again_and_the_grant_opens_one_identity_once()
    {
        await app.GivenPassword("peer1");
        var id = await app.GivenHeldCase("peer1");
        var actor = await app.As("peer1");
        (await app.Get<StepUp>().WithPasswordAsync(actor, "a guess", null, Token)).Refusal.ShouldBe(CaseRefusals.SignInAgain);
        (await app.Get<StepUp>().WithPasswordAsync(actor, null, null, Token)).Refusal.ShouldBe(CaseRefusals.SignInAgain);

        var grant = (await app.Get<StepUp>().WithPasswordAsync(actor, SigningIn.Password, null, Token)).Value;
        (await app.Get<RevealIdentity>().RevealAsync(await app.As("peer2"), id, grant, true, Token)).Refusal.ShouldBe(CaseRefusals.SignInAgain);
        (await app.Get<RevealIdentity>().RevealAsync(actor, id, grant, true, Token)).Succeeded.ShouldBeTrue();
        (await app.Get<RevealIdentity>().RevealAsync(actor, id, grant, true, Token)).Refusal.ShouldBe(CaseRefusals.SignInAgain);
    }

    [Fact]
    public async Task S14_Nobody_disabled_or_signed_out_meanwhile_steps_up_and_wrong_tries_lock()
    {
        await app.GivenPassword("peer1");
        await app.GivenPassword("peer2");
        await app.GivenPassword("peer3");
        var (disabled, gone, guessing) = (await app.As("peer1"), await app.As("peer2"), await app.As("peer3"));
        await app.Owner("update people set active = false where id = $1", disabled.PersonId);
        (await app.Get<StepUp>().WithPasswordAsync(disabled, SigningIn.Password, null, Token)).Refusal.ShouldBe(CaseRefusals.SignInAgain);

        await app.Owner("delete from sessions where id = $1", gone.SessionId);
        (await app.Get<StepUp>().WithPasswordAsync(gone, SigningIn.Password, null, Token)).Refusal.ShouldBe(CaseRefusals.SignInAgain);

        for (var guess = 0; guess < 10; guess++)
            await app.Get<StepUp>().WithPasswordAsync(guessing, "a guess", null, Token);
        (await app.Get<StepUp>().WithPasswordAsync(guessing, SigningIn.Password, null, Token)).Refusal.ShouldBe(CaseRefusals.SignInAgain);
    }

    [Fact]
    public async Task S52_An_unknown_address_takes_as_long_as_a_known_one()
    {
        await app.GivenPassword("peer1");
        async Task<double> Milliseconds(string name)
        {
            var started = Stopwatch.GetTimestamp();
            await app.SignInWithPassword(name, "a guess");
            app.Clock.Advance(TimeSpan.FromHours(1)); // no lock in the way
            return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }

        await Milliseconds("peer1");
        await Milliseconds("nobody");
        // The fastest of each: the machine's other work only ever adds, so more rounds bring the two together where they
        // belong together. Without the work for an unknown address it is some fifty times faster, in any number of rounds.
        var (known, unknown) = (double.MaxValue, double.MaxValue);
        for (var round = 0; round < 5 || (round < 60 && unknown / known is < 0.7 or > 1.4); round++)
        {
            known = Math.Min(known, await Milliseconds("peer1"));
            unknown = Math.Min(unknown, await Milliseconds("nobody"));
        }

        (unknown / known).ShouldBeInRange(0.7, 1.4);
    }
}
