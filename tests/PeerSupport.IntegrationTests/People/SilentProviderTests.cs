using PeerSupport.DevKit;
using PeerSupport.DevKit.Demonstration;

namespace PeerSupport.IntegrationTests.People;

/// <summary>
/// A provider that says neither that an address is verified nor how somebody signed in, as Entra ID does: what it does not
/// say counts only where the installation's two settings say that it holds.
/// </summary>
public sealed class SilentProviderTests(TestServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, false, "/sign-in", null)]
    [InlineData(false, true, "/sign-in", null)]
    [InlineData(true, false, "/account/second-factor", false)]
    [InlineData(true, true, "/notices", true)]
    public async Task What_it_does_not_say_counts_only_by_setting(bool trustEmail, bool alwaysSecondFactor, string leadsTo, bool? strong)
    {
        var port = LoopbackPort.Free();
        var extra = new Dictionary<string, string>(OidcProvider.Settings(port), StringComparer.Ordinal)
        {
            ["PeerSupport__Oidc__TrustEmail"] = trustEmail ? "true" : "false",
            ["PeerSupport__Oidc__AlwaysSecondFactor"] = alwaysSecondFactor ? "true" : "false",
        };
        await using var app = await RunningApp.StartAsync(server.Postgres, settings => settings with { Demonstration = false, Extra = extra });
        await using var provider = await OidcProvider.StartAsync(
            port, app.Settings.PublicOrigin, Path.Combine(app.Folder, "provider.log"), [new("s-silent", "peer1@demo.test", Verified: null, Mfa: false)], Token);

        using var client = app.Visitor();
        (await ProviderFixture.ComeAsync(client, "s-silent", Token)).Address.AbsolutePath.ShouldBe(leadsTo);
        var person = DemonstrationPeople.All.Single(one => one.Login == "peer1").Id;
        (await app.SqlAsync("select strong from sessions where person_id = $1", person)).ShouldBe(strong);
        (await app.SqlAsync("select count(*) from account_logins where user_id = $1", person)).ShouldBe(trustEmail ? 1L : 0L);
    }
}
