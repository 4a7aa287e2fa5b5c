using PeerSupport.Domain.People;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.IntegrationTests.People;

/// <summary>How sessions end.</summary>
public sealed class SessionTests(TestServer server) : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;

    public async ValueTask InitializeAsync() => app = await TestApp.StartAsync(server);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Theory]
    [InlineData("peer1", 15)]
    [InlineData("okafor", 15)]
    [InlineData("clinician", 15)]
    [InlineData("administrator", 60)]
    public async Task S31_An_idle_session_ends_and_refreshes_of_a_page_do_not_keep_it(string name, int minutes)
    {
        var principal = await app.SignIn(name);
        app.Clock.Advance(TimeSpan.FromMinutes(minutes - 1));
        (await app.Resolve(principal, touch: false)).ShouldNotBeNull();
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        (await app.Resolve(principal, touch: false)).ShouldBeNull();
        (await app.Resolve(principal)).ShouldBeNull("it does not wake up again");
    }

    [Fact]
    public async Task S31_A_busy_session_goes_on_but_ends_after_a_shift()
    {
        var principal = await app.SignIn("peer1");
        for (var minutes = 0; minutes < SessionRules.Absolute.TotalMinutes - 10; minutes += 10)
        {
            (await app.Resolve(principal)).ShouldNotBeNull($"after {minutes} minutes");
            app.Clock.Advance(TimeSpan.FromMinutes(10));
        }

        app.Clock.Advance(TimeSpan.FromMinutes(10));
        (await app.Resolve(principal)).ShouldBeNull();
    }

    [Fact]
    public async Task S31_Sessions_that_are_over_are_swept_at_the_next_sign_in()
    {
        await app.GivenPassword("peer1");
        await app.SignIn("peer2");
        app.Clock.Advance(SessionRules.Absolute + TimeSpan.FromSeconds(1));
        await app.SignInWithPassword("peer1");
        (await app.Owner("select count(*) from sessions")).ShouldBe(1L);
    }

    [Fact]
    public async Task S22_Signing_out_ends_this_session_on_the_server_and_no_other()
    {
        await app.GivenPassword("peer1");
        var here = (await app.SignInWithPassword("peer1")).ShouldNotBeNull();
        var there = (await app.SignInWithPassword("peer1")).ShouldNotBeNull();
        await app.Get<SignIn>().EndAsync(here, Token);
        (await app.Resolve(here)).ShouldBeNull();
        (await app.Resolve(there)).ShouldNotBeNull();
        await app.Get<SignIn>().EndAsync(here, Token); // twice is harmless
    }

    [Fact]
    public async Task S20_A_removed_role_counts_at_the_next_operation_of_an_open_circuit()
    {
        var principal = await app.SignIn("peer1");
        (await app.Resolve(principal)).ShouldNotBeNull().Is(Role.Peer).ShouldBeTrue();
        var stale = (await app.Resolve(principal)).ShouldNotBeNull();
        await app.Owner("delete from role_grants where person_id = $1", TestPeople.Ids["peer1"]);
        (await app.Resolve(principal)).ShouldNotBeNull().Is(Role.Peer).ShouldBeFalse();
        // Even an actor resolved before the removal has the role no more inside the operation.
        await using var work = await app.Get<Database>().BeginAsync(DatabaseRole.Board, stale, Token);
        work.ActorIs(Role.Peer).ShouldBeFalse();
    }
}
