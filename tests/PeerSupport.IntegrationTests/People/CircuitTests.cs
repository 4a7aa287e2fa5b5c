using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services;
using PeerSupport.Services.Cases;
using PeerSupport.Services.People.Administration;
using PeerSupport.Web.Account;

namespace PeerSupport.IntegrationTests.People;

/// <summary>Who is asking in a circuit, which outlives the request that began it.</summary>
public sealed class CircuitTests(TestServer server) : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;
    private ServiceProvider web = null!;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync(server);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ConnectionStrings:Accounts"] = app.Connections.Accounts,
            ["ConnectionStrings:Board"] = app.Connections.Board,
            ["ConnectionStrings:Reveal"] = app.Connections.Reveal,
            ["ConnectionStrings:Jobs"] = app.Connections.Jobs,
            ["ConnectionStrings:Tracks"] = app.Connections.Tracks,
            ["ConnectionStrings:Stats"] = app.Connections.Stats,
            ["PeerSupport:KeyDirectory"] = app.KeyDirectory,
            ["PeerSupport:PublicOrigin"] = "http://localhost:5080",
        }).Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration).AddLogging();
        services.AddPeerSupport(configuration, new HostingEnvironment { EnvironmentName = Environments.Development });
        services.AddAccountPages(configuration);
        services.Replace(ServiceDescriptor.Singleton<TimeProvider>(app.Clock));
        web = services.BuildServiceProvider(validateScopes: true);
    }

    public async ValueTask DisposeAsync()
    {
        await web.DisposeAsync();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task S20_An_open_circuit_sees_a_removed_role_at_the_next_click()
    {
        await using var circuit = Circuit(await app.SignIn("peer1"));
        var current = circuit.ServiceProvider.GetRequiredService<CurrentActor>();
        (await current.GetAsync(Token)).ShouldNotBeNull().Is(Role.Peer).ShouldBeTrue();
        await app.Owner("delete from role_grants where person_id = $1", TestPeople.Ids["peer1"]);
        (await current.GetAsync(Token)).ShouldNotBeNull().Is(Role.Peer).ShouldBeFalse();
    }

    [Fact]
    public async Task S20_A_role_that_an_administrator_removes_is_denied_at_the_next_operation_of_the_circuit()
    {
        await using var circuit = Circuit(await app.SignIn("peer1"));
        var current = circuit.ServiceProvider.GetRequiredService<CurrentActor>();
        var before = (await current.GetAsync(Token)).ShouldNotBeNull();
        var id = await app.GivenOpenCase();
        (await app.Get<RoleRequests>().RemoveAsync(await app.As("administrator"), before.PersonId, Role.Peer, Token)).Refusal.ShouldBeNull();

        // Not even with what the circuit has read before.
        (await app.Get<AcceptCase>().AcceptAsync(before, id, Token)).Refusal.ShouldBe(CaseRefusals.NotFound);
        (await app.Get<PeerBoards>().ReadAsync(before, 1, Token)).Succeeded.ShouldBeFalse();
        (await current.GetAsync(Token)).ShouldBeNull("the session ended with the role");
    }

    [Fact]
    public async Task S21_A_disabled_account_is_nobody_at_the_next_click_and_the_circuit_is_signed_out_by_itself()
    {
        await using var circuit = Circuit(await app.SignIn("peer1"));
        var states = circuit.ServiceProvider.GetRequiredService<AuthenticationStateProvider>();
        var signedOut = new TaskCompletionSource<ClaimsPrincipal>(TaskCreationOptions.RunContinuationsAsynchronously);
        states.AuthenticationStateChanged += async state => signedOut.TrySetResult((await state).User);
        await app.Owner("update people set active = false where id = $1", TestPeople.Ids["peer1"]);
        (await circuit.ServiceProvider.GetRequiredService<CurrentActor>().GetAsync(Token)).ShouldBeNull();
        (await signedOut.Task.WaitAsync(TimeSpan.FromMinutes(1), Token)).Identity?.IsAuthenticated.ShouldNotBe(true);
    }

    [Fact]
    public async Task S31_A_circuit_that_only_refreshes_itself_falls_asleep_and_one_that_is_used_does_not()
    {
        await using var watched = Circuit(await app.SignIn("peer1"));
        await using var used = Circuit(await app.SignIn("peer2"));
        for (var minute = 0; minute < 20; minute++)
        {
            await watched.ServiceProvider.GetRequiredService<CurrentActor>().GetAsync(Token, touch: false);
            (await used.ServiceProvider.GetRequiredService<CurrentActor>().GetAsync(Token)).ShouldNotBeNull();
            app.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        (await watched.ServiceProvider.GetRequiredService<CurrentActor>().GetAsync(Token)).ShouldBeNull();
    }

    [Fact]
    public async Task A_circuit_never_takes_the_actor_of_the_request_that_happens_to_be_around()
    {
        await using var circuit = Circuit(await app.SignIn("peer1"));
        await using var request = web.CreateAsyncScope();
        web.GetRequiredService<IHttpContextAccessor>().HttpContext = new DefaultHttpContext { RequestServices = request.ServiceProvider };
        (await circuit.ServiceProvider.GetRequiredService<CurrentActor>().GetAsync(Token)).ShouldNotBeNull().PersonId.ShouldBe(TestPeople.Ids["peer1"]);
        (await request.ServiceProvider.GetRequiredService<CurrentActor>().GetAsync(Token)).ShouldBeNull("nobody signed in with this request");
    }

    private AsyncServiceScope Circuit(ClaimsPrincipal principal)
    {
        var scope = web.CreateAsyncScope();
        var states = scope.ServiceProvider.GetRequiredService<AuthenticationStateProvider>();
        ((IHostEnvironmentAuthenticationStateProvider)states).SetAuthenticationState(Task.FromResult(new AuthenticationState(principal)));
        return scope;
    }
}
