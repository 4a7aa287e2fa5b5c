using System.Net;
using System.Web;
using PeerSupport.DevKit;
using PeerSupport.DevKit.Demonstration;
using PeerSupport.Services.People;

namespace PeerSupport.IntegrationTests.People;

/// <summary>The running app, as strict as in production, and the department's own provider beside it.</summary>
public sealed class ProviderFixture(TestServer server) : IAsyncLifetime
{
    private OidcProvider provider = null!;

    public RunningApp App { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var port = LoopbackPort.Free();
        App = await RunningApp.StartAsync(server.Postgres, settings => settings with { Demonstration = false, Extra = OidcProvider.Settings(port) });
        provider = await OidcProvider.StartAsync(port, App.Settings.PublicOrigin, Path.Combine(App.Folder, "provider.log"),
        [
            new("s-peer1", "peer1@demo.test"),
            new("s-peer2", "peer2@demo.test", Mfa: false),
            new("s-peer3", "peer3@demo.test", Verified: false),
            new("s-peer4", "peer4@demo.test", Forged: true),
            new("s-peer5", "peer5@demo.test", WrongNonce: true),
            new("s-peer6", "peer6@demo.test"),
            new("s-peer7", "peer7@demo.test"),
            new("s-peer7-again", "peer7@demo.test"),
            new("s-peer8", "peer8@demo.test"),
            new("s-peer9", "peer9@demo.test"),
            new("s-peer10", "peer10@demo.test"),
            new("s-peer12", "peer12@demo.test"),
            new("s-mixed", "psychologist1@demo.test", Verified: null, InfoEmail: "stranger@elsewhere.test"),
            new("s-clinician1", "not.theirs@elsewhere.test", Verified: null, InfoEmail: "clinician1@demo.test"),
            new("s-nobody", "nobody@elsewhere.test"),
        ], CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await provider.DisposeAsync();
        await App.DisposeAsync();
    }

    /// <summary>Goes to the provider, says who one is, and is sent back: the callback's address, not opened yet.</summary>
    public static async Task<Uri> AnswerAsync(PageClient client, string user, CancellationToken cancellationToken)
    {
        var signIn = await client.GetAsync("/sign-in", cancellationToken);
        var link = signIn.Document.QuerySelectorAll("a").Single(a => a.TextContent.Contains("Sign in with Harlan Bay ID", StringComparison.Ordinal));
        var away = await client.GetAsync(link.GetAttribute("href")!, cancellationToken);
        var choice = await client.GetAsync(away.Location.ShouldNotBeNull(away.Text).AbsoluteUri, cancellationToken);
        return (await client.PressAsync(choice, user, cancellationToken: cancellationToken)).Location.ShouldNotBeNull();
    }

    /// <summary>The whole way, to the page it leads to.</summary>
    public static async Task<Page> ComeAsync(PageClient client, string user, CancellationToken cancellationToken) =>
        await client.FollowAsync(await client.GetAsync((await AnswerAsync(client, user, cancellationToken)).AbsoluteUri, cancellationToken), cancellationToken);
}

/// <summary>Single sign-on, against a real provider.</summary>
public sealed class ProviderTests(ProviderFixture web) : IClassFixture<ProviderFixture>
{
    private const string Refused = "That sign-in opens no account here.";
    private const string Failed = "Signing in with Harlan Bay ID did not work. Nothing was done.";
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Somebody_with_an_account_comes_in_and_is_known_by_subject_from_then_on()
    {
        using var client = web.App.Visitor();
        (await ProviderFixture.ComeAsync(client, "s-peer1", Token)).Address.AbsolutePath.ShouldBe("/notices");
        (await LinksOf("peer1")).ShouldBe(1L);
        (await web.App.SqlAsync("select strong from sessions where person_id = $1", Id("peer1"))).ShouldBe(true);
        (await client.GetAsync("/account/log", Token)).Text.ShouldContain("Linked to single sign-on");

        // The address at the provider no longer matters; and no token was kept anywhere.
        await web.App.SqlAsync("update accounts set email = 'other@demo.test', normalized_email = 'OTHER@DEMO.TEST' where id = $1", Id("peer1"));
        using var again = web.App.Visitor();
        (await ProviderFixture.ComeAsync(again, "s-peer1", Token)).Address.AbsolutePath.ShouldBe("/notices");
        (await LinksOf("peer1")).ShouldBe(1L);
        (await web.App.SqlAsync("select count(*) from account_tokens")).ShouldBe(0L);
    }

    [Fact]
    public async Task Without_a_second_factor_at_the_provider_one_is_set_up_here_first()
    {
        using var client = web.App.Visitor();
        (await ProviderFixture.ComeAsync(client, "s-peer2", Token)).Address.AbsolutePath.ShouldBe("/account/second-factor");
        (await client.GetAsync("/notices", Token)).Location!.OriginalString.ShouldBe("/account/second-factor");
        (await client.GetAsync("/account", Token)).Location!.OriginalString.ShouldBe("/account/second-factor");
    }

    [Fact]
    public async Task Unknown_unverified_and_disabled_read_the_same_and_make_nothing()
    {
        await web.App.SqlAsync("update people set active = false where id = $1", Id("peer6"));
        var before = await web.App.SqlAsync("select (select count(*) from people) + (select count(*) from accounts)");
        var texts = new List<string>();
        foreach (var user in new[] { "s-nobody", "s-peer3", "s-peer6" })
        {
            using var client = web.App.Visitor();
            var page = await ProviderFixture.ComeAsync(client, user, Token);
            page.Text.ShouldContain(Refused, customMessage: user);
            texts.Add(page.Text);
            (await client.GetAsync("/account", Token)).Location!.OriginalString.ShouldStartWith("/sign-in", customMessage: user);
        }

        texts.Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
        (await web.App.SqlAsync("select (select count(*) from people) + (select count(*) from accounts)")).ShouldBe(before);
        (await web.App.SqlAsync("select count(*) from account_logins where user_id = any($1)", new[] { Id("peer3"), Id("peer6") })).ShouldBe(0L);
    }

    [Fact]
    public async Task Somebody_disabled_after_they_were_linked_is_refused()
    {
        using var client = web.App.Visitor();
        (await ProviderFixture.ComeAsync(client, "s-peer8", Token)).Address.AbsolutePath.ShouldBe("/notices");
        await web.App.SqlAsync("update people set active = false where id = $1", Id("peer8"));
        using var again = web.App.Visitor();
        (await ProviderFixture.ComeAsync(again, "s-peer8", Token)).Text.ShouldContain(Refused);
        (await client.GetAsync("/notices", Token)).Location!.OriginalString.ShouldStartWith("/sign-in");
    }

    [Fact]
    public async Task Another_account_at_the_provider_with_the_same_address_is_refused()
    {
        using var client = web.App.Visitor();
        (await ProviderFixture.ComeAsync(client, "s-peer7", Token)).Address.AbsolutePath.ShouldBe("/notices");
        using var other = web.App.Visitor();
        (await ProviderFixture.ComeAsync(other, "s-peer7-again", Token)).Text.ShouldContain(Refused);
        (await LinksOf("peer7")).ShouldBe(1L);
    }

    [Fact]
    public async Task An_address_and_the_word_that_it_is_verified_come_from_one_document()
    {
        using var client = web.App.Visitor();
        (await ProviderFixture.ComeAsync(client, "s-mixed", Token)).Text.ShouldContain(Refused, customMessage: "the token's address, and another document's word for another one");
        (await LinksOf("psychologist1")).ShouldBe(0L);
        using var whole = web.App.Visitor();
        (await ProviderFixture.ComeAsync(whole, "s-clinician1", Token)).Address.AbsolutePath.ShouldBe("/tracks", "the other document is whole");
        (await LinksOf("clinician1")).ShouldBe(1L);
    }

    [Fact]
    public async Task A_link_that_was_taken_away_does_not_come_back_by_itself()
    {
        using var client = web.App.Visitor();
        (await ProviderFixture.ComeAsync(client, "s-peer12", Token)).Address.AbsolutePath.ShouldBe("/notices");
        await web.App.SqlAsync("delete from account_logins where user_id = $1", Id("peer12"));
        using var again = web.App.Visitor();
        (await ProviderFixture.ComeAsync(again, "s-peer12", Token)).Text.ShouldContain(Refused);
        (await LinksOf("peer12")).ShouldBe(0L);
    }

    [Fact]
    public async Task Somebody_invited_is_enrolled_by_it_and_the_invitation_is_spent()
    {
        await web.App.SqlAsync("update people set active = false where id = $1", Id("peer10"));
        await web.App.SqlAsync("insert into invitations (id, person_id, created_by, created_at, expires_at) values (gen_random_uuid(), $1, $1, now(), now() + interval '7 days')", Id("peer10"));
        using var client = web.App.Visitor();
        (await ProviderFixture.ComeAsync(client, "s-peer10", Token)).Address.AbsolutePath.ShouldBe("/notices");
        (await web.App.SqlAsync("select count(*) from invitations where person_id = $1 and spent_at is null", Id("peer10"))).ShouldBe(0L);
        (await web.App.SqlAsync("select password_hash is null from accounts where id = $1", Id("peer10"))).ShouldBe(true, "what there was before is gone");
    }

    [Theory]
    [InlineData("s-peer4", "a token signed by another key")]
    [InlineData("s-peer5", "a token made for another browser")]
    public async Task A_token_that_is_not_for_us_is_refused(string user, string why)
    {
        using var client = web.App.Visitor();
        (await ProviderFixture.ComeAsync(client, user, Token)).Text.ShouldContain(Failed, customMessage: why);
        (await client.GetAsync("/account", Token)).Location!.OriginalString.ShouldStartWith("/sign-in", customMessage: why);
        (await web.App.SqlAsync("select count(*) from account_logins where provider_key = $1", user)).ShouldBe(0L, why);
    }

    [Fact]
    public async Task A_wrong_foreign_or_repeated_callback_is_refused()
    {
        using var client = web.App.Visitor();
        var callback = await ProviderFixture.AnswerAsync(client, "s-peer9", Token);
        callback.AbsolutePath.ShouldBe("/sign-in/provider/callback");

        // Another browser gets somebody's callback: it has not begun this.
        using var victim = web.App.Visitor();
        await ShouldFail(victim, callback.AbsoluteUri);

        // A changed state, none, and no code.
        var query = HttpUtility.ParseQueryString(callback.Query);
        await ShouldFail(client, $"{callback.AbsolutePath}?code={query["code"]}&state={query["state"]}x");
        await ShouldFail(client, $"{callback.AbsolutePath}?code={query["code"]}");
        await ShouldFail(client, callback.AbsolutePath);

        // The right one once; then its cookie is spent, also for a copy that is as old.
        var cookies = client.Cookies.GetAllCookies().ToList();
        (await client.FollowAsync(await client.GetAsync(callback.AbsoluteUri, Token), Token)).Address.AbsolutePath.ShouldBe("/notices");
        cookies.ShouldContain(cookie => cookie.Name.Contains("-Provider-", StringComparison.Ordinal));
        await ShouldFail(client, callback.AbsoluteUri);
    }

    [Fact]
    public async Task S19_Nobody_is_sent_to_another_site_after_it()
    {
        using var client = web.App.Visitor();
        var away = await client.GetAsync("/sign-in/provider?return=" + Uri.EscapeDataString("//evil.example/"), Token);
        var choice = await client.GetAsync(away.Location!.AbsoluteUri, Token);
        var callback = (await client.PressAsync(choice, "s-peer9", cancellationToken: Token)).Location!;
        (await client.GetAsync(callback.AbsoluteUri, Token)).Location!.OriginalString.ShouldBe("/");
    }

    [Fact]
    public async Task When_the_provider_is_down_the_page_says_so_and_the_other_ways_still_work()
    {
        var port = LoopbackPort.Free();
        var settings = web.App.Settings with { Port = port, PublicOrigin = new Uri($"http://localhost:{port}"), Demonstration = true, Extra = OidcProvider.Settings(LoopbackPort.Free()) };
        await using var node = await AppProcess.StartAsync(settings, Path.Combine(web.App.Folder, "alone.log"), Token);
        using var client = new PageClient(node.Url);
        var page = await client.FollowAsync(await client.GetAsync("/sign-in/provider", Token), Token);
        page.Text.ShouldContain("Harlan Bay ID cannot be reached right now. Sign in with a passkey or a password, or try again later.");
        (await client.SignInAsync("peer11@demo.test", DemonstrationPeople.Password, Token)).Address.AbsolutePath.ShouldBe("/notices");
    }

    [Fact]
    public async Task S51_Nothing_of_the_way_there_and_back_stands_in_a_log()
    {
        using var client = web.App.Visitor();
        var callback = await ProviderFixture.AnswerAsync(client, "s-peer9", Token);
        await client.FollowAsync(await client.GetAsync(callback.AbsoluteUri, Token), Token);
        var query = HttpUtility.ParseQueryString(callback.Query);
        foreach (var file in web.App.LogFiles)
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var lines = await new StreamReader(stream).ReadToEndAsync(Token);
            lines.ShouldNotContain(query["code"]!);
            lines.ShouldNotContain(query["state"]!);
            lines.ShouldNotContain("peer9@demo.test");
        }
    }

    private static async Task ShouldFail(PageClient client, string address) =>
        (await client.FollowAsync(await client.GetAsync(address, Token), Token)).Text.ShouldContain(Failed, customMessage: address);

    private Task<object?> LinksOf(string login) => web.App.SqlAsync("select count(*) from account_logins where user_id = $1", Id(login));

    private static Guid Id(string login) => DemonstrationPeople.All.Single(person => person.Login == login).Id;
}
