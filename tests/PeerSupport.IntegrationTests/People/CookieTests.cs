using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using PeerSupport.DevKit;
using PeerSupport.DevKit.Demonstration;

namespace PeerSupport.IntegrationTests.People;

/// <summary>The running app, on http and on https with a certificate of its own.</summary>
public sealed class CookieFixture(TestServer server) : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("peersupport-https-").FullName;
    public RunningApp App { get; private set; } = null!;

    /// <summary>Where people come by https.</summary>
    public Uri Secure { get; } = new($"https://localhost:{LoopbackPort.Free()}");

    public async ValueTask InitializeAsync()
    {
        var certificate = Path.Combine(folder, "localhost.pfx");
        using (var key = RSA.Create(2048))
        {
            var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            using var made = request.CreateSelfSigned(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2120, 1, 1, 0, 0, 0, TimeSpan.Zero));
            await File.WriteAllBytesAsync(certificate, made.Export(X509ContentType.Pfx));
        }

        App = await RunningApp.StartAsync(server.Postgres, settings => settings with
        {
            PublicOrigin = Secure,
            Extra = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["ASPNETCORE_URLS"] = $"{LoopbackPort.Urls(settings.Port)};{Secure.GetLeftPart(UriPartial.Authority)}",
                ["Kestrel__Certificates__Default__Path"] = certificate,
            },
        });
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Somebody signed in over https.</summary>
    public async Task<PageClient> SignedInAsync(string login)
    {
        var client = new PageClient(Secure);
        await client.SignInAsync($"{login}@demo.test", DemonstrationPeople.Password);
        return client;
    }
}

/// <summary>Cookies and sessions as a browser sees them, over https.</summary>
public sealed partial class CookieTests(CookieFixture web) : IClassFixture<CookieFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task S29_Every_cookie_is_bound_to_this_host_and_out_of_reach_of_scripts()
    {
        using var client = new PageClient(web.Secure);
        var form = await client.GetAsync("/sign-in", Token);
        var entered = await client.PressAsync(form, "Sign in with a password", [new("mail", "peer1@demo.test"), new("pw", DemonstrationPeople.Password)], Token);
        entered.Location!.OriginalString.ShouldBe("/");
        string[] cookies = [.. form.Answer.Headers.GetValues("Set-Cookie"), .. entered.Answer.Headers.GetValues("Set-Cookie")];
        cookies.Select(cookie => cookie.Split('=')[0]).ShouldBe(["__Host-PeerSupport-Form", "__Host-PeerSupport", "__Host-PeerSupport-Device"]);
        // No domain; and nothing that keeps it after the browser is closed, but for the one that signs nobody in.
        foreach (var cookie in cookies)
        {
            var attributes = cookie.ToLowerInvariant().Split("; ").Skip(1).Where(one => !(cookie.StartsWith("__Host-PeerSupport-Device=", StringComparison.Ordinal) && one == "max-age=15552000"));
            attributes.Order(StringComparer.Ordinal).ShouldBe(["httponly", "path=/", "samesite=lax", "secure"]);
        }
    }

    [Fact]
    public async Task S22_A_cookie_replayed_after_sign_out_is_nobody()
    {
        using var client = await web.SignedInAsync("peer1");
        var copy = Copy(client);
        using var thief = With(copy);
        (await thief.GetAsync("/account", Token)).Status.ShouldBe(HttpStatusCode.OK);
        var left = await client.PressAsync(await client.GetAsync("/account", Token), "Sign out", cancellationToken: Token);
        left.Answer.Headers.GetValues("Clear-Site-Data").Single().ShouldBe("\"cache\", \"storage\"");
        (await client.FollowAsync(left, Token)).Text.ShouldContain("You are signed out.");
        using var replayed = With(copy);
        (await replayed.GetAsync("/account", Token)).Location!.OriginalString.ShouldBe("/sign-in?return=%2Faccount&note=ended");
    }

    [Fact]
    public async Task S20_A_removed_role_takes_its_pages_away_at_the_next_request()
    {
        using var client = await web.SignedInAsync("peer9");
        (await client.GetAsync("/notices", Token)).Status.ShouldBe(HttpStatusCode.OK);
        await web.App.SqlAsync("delete from role_grants where person_id = $1", Id("peer9"));
        var refused = await client.GetAsync("/notices", Token);
        refused.Status.ShouldBe(HttpStatusCode.NotFound);
        refused.Body.ShouldBe((await client.GetAsync($"/notices/{Guid.NewGuid()}", Token)).Body);
    }

    [Fact]
    public async Task S21_A_disabled_accounts_cookie_dies_at_the_next_request()
    {
        using var client = await web.SignedInAsync("peer10");
        await web.App.SqlAsync("update people set active = false where id = $1", Id("peer10"));
        (await client.GetAsync("/notices", Token)).Location!.OriginalString.ShouldStartWith("/sign-in");
        await web.App.SqlAsync("update people set active = true where id = $1", Id("peer10"));
        (await client.GetAsync("/notices", Token)).Location.ShouldNotBeNull("its cookie was taken back");
    }

    [Fact]
    public async Task S31_The_server_ends_an_idle_session_whatever_the_browser_keeps()
    {
        using var client = await web.SignedInAsync("peer11");
        await web.App.SqlAsync("update sessions set last_seen_at = now() - interval '15 minutes' where person_id = $1", Id("peer11"));
        var page = await client.FollowAsync(await client.GetAsync("/notices", Token), Token);
        page.Text.ShouldContain("You were signed out. Sign in again to go on.");
    }

    [Fact]
    public async Task S52_Unknown_and_known_addresses_read_the_same()
    {
        async Task<string> Refused(string email)
        {
            using var client = new PageClient(web.Secure);
            var page = await client.PressAsync(await client.GetAsync("/sign-in", Token), "Sign in with a password", [new("mail", email), new("pw", "a guess that is wrong")], Token);
            page.Status.ShouldBe(HttpStatusCode.OK);
            page.Text.ShouldContain("That did not match. Check email, password and code.");
            page.Html.ShouldNotContain("a guess that is wrong");
            page.Document.GetElementById("mail")!.GetAttribute("value").ShouldBe(email);
            return Changing().Replace(page.Html, "").Replace($"value=\"{email}\" required", "", StringComparison.Ordinal);
        }

        (await Refused("peer2@demo.test")).ShouldBe(await Refused("nobody@demo.test"));
    }

    [Fact]
    public async Task Signing_in_never_leads_to_another_site()
    {
        foreach (var path in new[] { "//evil.example", "/%5Cevil.example", "https://evil.example/" })
        {
            using var client = new PageClient(web.Secure);
            var entered = await client.PressAsync(await client.GetAsync($"/sign-in?return={path}", Token), "Sign in with a password", [new("mail", "peer3@demo.test"), new("pw", DemonstrationPeople.Password)], Token);
            entered.Location!.OriginalString.ShouldBe("/");
        }
    }

    [Fact]
    public async Task A_script_is_told_that_the_session_is_over_and_not_sent_to_a_page()
    {
        using var visitor = new PageClient(web.Secure);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/account/challenge", UriKind.Relative));
        request.Headers.Add("Sec-Fetch-Mode", "cors");
        using var answer = await visitor.Http.SendAsync(request, Token);
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Another_site_cannot_sign_anybody_out()
    {
        using var client = await web.SignedInAsync("peer4");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/sign-out", UriKind.Relative));
        request.Headers.Add("Origin", "https://evil.example");
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var answer = await client.Http.SendAsync(request, Token);
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await client.GetAsync("/account", Token)).Status.ShouldBe(HttpStatusCode.OK);
    }

    private static Guid Id(string login) => DemonstrationPeople.All.Single(person => person.Login == login).Id;

    private string Copy(PageClient client) => client.Cookies.GetCookies(web.Secure)["__Host-PeerSupport"]!.Value;

    private PageClient With(string cookie)
    {
        var client = new PageClient(web.Secure);
        client.Cookies.Add(new Cookie("__Host-PeerSupport", cookie, "/", "localhost") { Secure = true });
        return client;
    }

    [GeneratedRegex("CfDJ8[A-Za-z0-9_+/=%-]+", RegexOptions.None, 1000)]
    private static partial Regex Changing();
}
