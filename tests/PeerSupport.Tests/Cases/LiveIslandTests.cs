using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PeerSupport.Services.Notices;
using PeerSupport.Services.People;
using PeerSupport.Web.Account;
using PeerSupport.Web.Features.Cases;

namespace PeerSupport.Tests.Cases;

/// <summary>A list that keeps itself up to date, when something goes wrong that nobody thought of.</summary>
public sealed class LiveIslandTests : BunitContext
{
    [Fact]
    public async Task A_reading_that_fails_for_a_reason_nobody_knows_fails_the_circuit_instead_of_stopping_in_silence()
    {
        var signals = new CaseSignals();
        var records = new Records();
        Services.AddSingleton(signals).AddSingleton(TimeProvider.System).AddSingleton<AuthenticationStateProvider>(records).AddHttpContextAccessor();
        Services.AddSingleton(services => new CurrentActor(services, services.GetRequiredService<IHttpContextAccessor>(), null!));
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        Render<Island>();
        records.Fault = new InvalidOperationException("a defect");
        signals.Announce();
        var failed = await Renderer.UnhandledException.WaitAsync(TimeSpan.FromSeconds(20), Xunit.TestContext.Current.CancellationToken);
        failed.Message.ShouldBe("a defect");
    }

    /// <summary>Records that cannot be reached, and then worse.</summary>
    private sealed class Records : AuthenticationStateProvider
    {
        public Exception Fault { get; set; } = new TimeoutException();

        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromException<AuthenticationState>(Fault);
    }

    private sealed class Island : LiveIsland
    {
        protected override Task<bool> ReadAsync(Actor actor, CancellationToken cancellationToken) => Task.FromResult(true);
    }
}
