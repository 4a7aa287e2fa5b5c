using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using PeerSupport.DevKit;
using PeerSupport.DevKit.Demonstration;
using PeerSupport.Domain.People;
using PeerSupport.Services.People;
using PeerSupport.Services.Sealing;

namespace PeerSupport.IntegrationTests.People;

/// <summary>The running app, as strict as in production.</summary>
public sealed class StrictFixture(TestServer server) : IAsyncLifetime
{
    public RunningApp App { get; private set; } = null!;

    public async ValueTask InitializeAsync() => App = await RunningApp.StartAsync(server.Postgres, settings => settings with { Demonstration = false });

    public ValueTask DisposeAsync() => App.DisposeAsync();

    public static Guid Id(string login) => DemonstrationPeople.All.Single(person => person.Login == login).Id;

    /// <summary>The address in the mail of an open invitation.</summary>
    public async Task<string> GivenInvitationAsync(string login, string lasts = "7 days")
    {
        var id = Guid.NewGuid();
        await App.SqlAsync("update invitations set spent_at = now() where person_id = $1 and spent_at is null", Id(login));
        await App.SqlAsync($"insert into invitations (id, person_id, created_by, created_at, expires_at) values ($1, $2, $2, now(), now() + interval '{lasts}')", id, Id(login));
        return $"/invited/{new InvitationTokens(new InstallationSecret(App.Settings.KeyDirectory)).TokenOf(id)}";
    }

    /// <summary>Everything that is written anywhere, in the order of the tables: to see that nothing changed.</summary>
    public async Task<string> StandingAsync() => (string)(await App.SqlAsync(
        """
        select concat_ws('|', (select string_agg(i::text, ',' order by id) from invitations i), (select string_agg(a::text, ',' order by id) from accounts a),
            (select string_agg(p::text, ',' order by id) from people p), (select count(*) from sessions), (select count(*) from passkey_challenges),
            (select count(*) from account_tokens), (select count(*) from security_log), (select count(*) from recovery_codes), (select count(*) from messages))
        """))!;
}

/// <summary>Invitations and strict sign-in, as browsers without scripts see them.</summary>
public sealed partial class EnrolmentPageTests(StrictFixture web) : IClassFixture<StrictFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task S53_A_mail_scanner_that_opens_the_link_learns_and_changes_nothing()
    {
        var address = await web.GivenInvitationAsync("peer1");
        using var scanner = web.App.Visitor();
        var before = await web.StandingAsync();
        var real = await scanner.GetAsync(address, Token);
        using var head = new HttpRequestMessage(HttpMethod.Head, new Uri(address, UriKind.Relative));
        await scanner.Http.SendAsync(head, Token);
        (await web.StandingAsync()).ShouldBe(before);
        var guess = await scanner.GetAsync("/invited/made-up", Token);
        Plain(guess.Html).Replace("made-up", "*", StringComparison.Ordinal).ShouldBe(Plain(real.Html).Replace(address["/invited/".Length..], "*", StringComparison.Ordinal));
        real.Text.ShouldNotContain("Castellano");
    }

    [Fact]
    public async Task S53_Wrong_spent_and_expired_links_read_the_same()
    {
        var spent = await web.GivenInvitationAsync("peer2");
        var replaced = spent;
        spent = await web.GivenInvitationAsync("peer2");
        await web.App.SqlAsync("update invitations set spent_at = now() where person_id = $1", StrictFixture.Id("peer2"));
        var expired = await web.GivenInvitationAsync("peer3", "-1 second");
        var pages = new List<string>();
        foreach (var address in new[] { "/invited/made-up", replaced, spent, expired })
        {
            using var client = web.App.Visitor();
            var page = await client.PressAsync(await client.GetAsync(address, Token), "Start", cancellationToken: Token);
            page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
            page.Text.ShouldContain(SignInRefusals.InvitationOver.English);
            pages.Add(Plain(page.Html).Replace(address["/invited/".Length..], "*", StringComparison.Ordinal));
        }

        pages.Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
    }

    [Fact]
    public async Task Somebody_enrols_with_a_password_and_an_app_and_their_old_device_is_out()
    {
        await web.App.SqlAsync("update people set active = false where id = $1", StrictFixture.Id("peer4"));
        var address = await web.GivenInvitationAsync("peer4");
        using var client = web.App.Visitor();
        var setUp = await client.PressAsync(await client.GetAsync(address, Token), "Start", cancellationToken: Token);
        setUp.Text.ShouldContain("Welcome, M. Abara");
        var wrong = await client.PressAsync(setUp, "Finish", [new("pw", SigningIn.Password), new("code", "000000")], Token);
        wrong.Text.ShouldContain(SignInRefusals.WrongNewCode.English);
        wrong.Html.ShouldNotContain(SigningIn.Password);
        KeyOf(wrong).ShouldBe(KeyOf(setUp));

        var done = await client.PressAsync(wrong, "Finish", [new("pw", SigningIn.Password), new("code", CodeOf(KeyOf(setUp)))], Token);
        done.Text.ShouldContain("You are in");
        Codes().Count(done.Text).ShouldBe(10);
        (await client.FollowAsync(await client.GetAsync("/", Token), Token)).Address.AbsolutePath.ShouldBe("/notices");

        // Sent again by a reload: it was a stranger's form, nothing is done, and who is in stays in. For others the link is spent.
        (await client.PressAsync(wrong, "Finish", [new("pw", SigningIn.Password), new("code", CodeOf(KeyOf(setUp)))], Token)).Text.ShouldContain("This page was open too long");
        using (var other = web.App.Visitor())
            (await other.PressAsync(await other.GetAsync(address, Token), "Start", cancellationToken: Token)).Text.ShouldContain(SignInRefusals.InvitationOver.English);
        (await client.GetAsync("/account/recovery-codes", Token)).Text.ShouldContain("10 of 10 are left.");

        // On another day, without the phone.
        using var elsewhere = web.App.Visitor();
        var form = await elsewhere.GetAsync("/sign-in", Token);
        var entered = await elsewhere.PressAsync(form, "Sign in with a password", [new("mail", "peer4@demo.test"), new("pw", SigningIn.Password), new("code", Codes().Match(done.Text).Value)], Token);
        (await elsewhere.FollowAsync(entered, Token)).Address.AbsolutePath.ShouldBe("/notices");
        (await elsewhere.GetAsync("/account/log", Token)).Text.ShouldContain("A recovery code was used");

        // Seen at the first browser, and signed out from there.
        var sessions = await client.GetAsync("/account/sessions", Token);
        sessions.Text.ShouldContain("(this device)");
        (await client.FollowAsync(await client.PressAsync(sessions, "Sign out there", cancellationToken: Token), Token)).Text.ShouldContain("Signed out there.");
        (await elsewhere.GetAsync("/notices", Token)).Location!.OriginalString.ShouldStartWith("/sign-in");
    }

    [Fact]
    public async Task Somebody_changes_their_password_and_every_other_browser_is_out()
    {
        using var here = web.App.Visitor();
        using var there = web.App.Visitor();
        foreach (var client in new[] { here, there })
            await client.SignInAsync("coordinator1@demo.test", DemonstrationPeople.Password, Token);
        var account = await here.GetAsync("/account", Token);
        account.Document.QuerySelectorAll("a").ShouldContain(a => a.GetAttribute("href") == "/account/password");
        var form = await here.GetAsync("/account/password", Token);
        var wrong = await here.PressAsync(form, "Change it", [new("password", "a guess"), new("new", SigningIn.Password)], Token);
        wrong.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        wrong.Text.ShouldContain(SignInRefusals.FactorNotMatched.English);
        wrong.Html.ShouldNotContain(SigningIn.Password);
        var tooShort = await here.PressAsync(wrong, "Change it", [new("password", DemonstrationPeople.Password), new("new", "short")], Token);
        tooShort.Text.ShouldContain(SignInRefusals.PasswordTooShort.English);

        var done = await here.PressAsync(tooShort, "Change it", [new("password", DemonstrationPeople.Password), new("new", SigningIn.Password)], Token);
        done.Status.ShouldBe(HttpStatusCode.SeeOther);
        (await here.FollowAsync(done, Token)).Text.ShouldContain("You have a new password.");
        (await here.GetAsync("/account/log", Token)).Text.ShouldContain("The password was set");
        (await there.GetAsync("/account", Token)).Location!.OriginalString.ShouldStartWith("/sign-in");
        using var elsewhere = web.App.Visitor();
        (await elsewhere.SignInAsync("coordinator1@demo.test", SigningIn.Password, Token)).Address.AbsolutePath.ShouldBe("/report");
    }

    [Fact]
    public async Task The_sign_in_page_says_to_sign_in_again_when_an_account_was_changed_on_the_way()
    {
        using var client = web.App.Visitor();
        (await client.GetAsync("/sign-in?note=again", Token)).Text.ShouldContain("Something about this account was changed in the meantime. Sign in again.");
    }

    [Fact]
    public async Task A_password_alone_opens_the_page_that_sets_up_a_second_factor_and_no_other()
    {
        using var client = web.App.Visitor();
        (await client.SignInAsync("peer5@demo.test", DemonstrationPeople.Password, Token)).Address.AbsolutePath.ShouldBe("/account/second-factor");
        foreach (var path in new[] { "/", "/notices", "/my-case", "/account", "/account/log", "/account/sessions", "/account/recovery-codes", "/home", "/operations", "/reveal" })
        {
            var page = await client.GetAsync(path, Token);
            page.Status.ShouldBe(HttpStatusCode.SeeOther, path);
            page.Location!.OriginalString.ShouldBe("/account/second-factor", path);
        }

        (await client.GetAsync("/_blazor", Token)).Status.ShouldBe(HttpStatusCode.Unauthorized, "a script is told plainly");
        using var challenge = new HttpRequestMessage(HttpMethod.Post, new Uri("/account/challenge", UriKind.Relative));
        challenge.Headers.Add("Sec-Fetch-Mode", "cors");
        (await client.Http.SendAsync(challenge, Token)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        // The way on.
        var begun = await client.PressAsync(await client.GetAsync("/account/authenticator", Token), "Go on", [new("password", DemonstrationPeople.Password)], Token);
        var done = await client.PressAsync(begun, "Turn it on", [new("code", CodeOf(KeyOf(begun)))], Token);
        (await client.FollowAsync(done, Token)).Address.AbsolutePath.ShouldBe("/account");
        (await client.GetAsync("/notices", Token)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task S32_Every_page_that_changes_a_factor_asks_for_a_full_sign_in_in_the_same_form()
    {
        using var client = web.App.Visitor();
        await client.SignInAsync("peer9@demo.test", DemonstrationPeople.Password, Token);
        await web.App.SqlAsync("update sessions set strong = true where person_id = $1", StrictFixture.Id("peer9"));
        var before = await web.App.SqlAsync("select count(*) from account_tokens");
        foreach (var (path, button) in new[] { ("/account/authenticator", "Go on"), ("/account/passkeys/new", "Go on"), ("/account/recovery-codes", "Make new codes") })
        {
            var refused = await client.PressAsync(await client.GetAsync(path, Token), button, [new("password", "a guess"), new("name", "x")], Token);
            refused.Text.ShouldContain(SignInRefusals.FactorNotMatched.English, customMessage: path);
        }

        (await web.App.SqlAsync("select count(*) from account_tokens")).ShouldBe(before);
    }

    [Fact]
    public async Task S48_What_is_typed_at_the_sign_in_forges_no_line_of_the_log()
    {
        const string forged = "peer1@demo.test\r\n{\"@l\":\"Error\",\"@mt\":\"forged-by-sign-in\"}";
        using var client = web.App.Visitor();
        var form = await client.GetAsync("/sign-in", Token);
        (await client.PressAsync(form, "Sign in with a password", [new("mail", forged), new("pw", forged), new("code", forged)], Token)).Text.ShouldContain("That did not match.");
        foreach (var lines in await LogsAsync())
            lines.ShouldNotContain("forged-by-sign-in");
    }

    [Fact]
    public async Task S51_No_invitation_password_or_code_stands_in_an_address_or_a_log()
    {
        var address = await web.GivenInvitationAsync("peer7");
        using var client = web.App.Visitor();
        var setUp = await client.PressAsync(await client.GetAsync(address, Token), "Start", cancellationToken: Token);
        var done = await client.PressAsync(setUp, "Finish", [new("pw", "a sentence for S51 only"), new("code", CodeOf(KeyOf(setUp)))], Token);
        done.Text.ShouldContain("You are in");
        done.Address.Query.ShouldBe("");
        done.Document.QuerySelectorAll("[href],[src],[action]").Select(e => e.GetAttribute("href") ?? e.GetAttribute("src") ?? e.GetAttribute("action"))
            .ShouldAllBe(link => !link!.Contains('?') && !Codes().IsMatch(link));
        done.Answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await client.GetAsync("/sign-in?mail=x&pw=y", Token)).Html.ShouldNotContain("value=\"x\"");
        foreach (var lines in await LogsAsync())
        {
            lines.ShouldNotContain(address["/invited/".Length..]);
            lines.ShouldNotContain("S51 only");
            lines.ShouldNotContain(KeyOf(setUp).Replace(" ", "", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task S52_An_unknown_a_known_and_a_locked_address_read_the_same_and_take_as_long()
    {
        async Task<(string Html, double Milliseconds)> Try(string email)
        {
            using var client = web.App.Visitor();
            var form = await client.GetAsync("/sign-in", Token);
            var started = Stopwatch.GetTimestamp();
            var page = await client.PressAsync(form, "Sign in with a password", [new("mail", email), new("pw", "a guess that is wrong")], Token);
            return (Plain(page.Html).Replace(email, "*", StringComparison.Ordinal), Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        await Try("peer8@demo.test");
        await Try("no-one@demo.test");
        var (known, unknown) = (new List<double>(), new List<double>());
        // Interleaved, so that whatever else the machine does falls on both; fewer than the throttle lets through. The known
        // one is locked after ten, and nothing tells.
        for (var round = 0; round < 18; round++)
        {
            var (one, other) = (await Try("peer8@demo.test"), await Try("no-one@demo.test"));
            one.Html.ShouldContain("That did not match.");
            one.Html.ShouldBe(other.Html);
            known.Add(one.Milliseconds);
            unknown.Add(other.Milliseconds);
        }

        (await web.App.SqlAsync("select lockout_end > now() from accounts where id = $1", StrictFixture.Id("peer8"))).ShouldBe(true);
        var ratio = Median(unknown) / Median(known);
        ratio.ShouldBeInRange(0.5, 2, $"known {Median(known):0} ms, unknown {Median(unknown):0} ms");
        known.Min().ShouldBeLessThan(unknown.Max(), "the two overlap");
        unknown.Min().ShouldBeLessThan(known.Max(), "the two overlap");
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    private async Task<List<string>> LogsAsync()
    {
        var all = new List<string>();
        foreach (var file in web.App.LogFiles)
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            all.Add(await new StreamReader(stream).ReadToEndAsync(Token));
        }

        return all;
    }

    private static string KeyOf(Page page) => page.Document.QuerySelectorAll("code").First(code => code.TextContent.Length > 30).TextContent;

    private static string CodeOf(string key)
    {
        var bits = string.Concat(key.Replace(" ", "", StringComparison.Ordinal).Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        byte[] secret = [.. bits.Chunk(8).Where(octet => octet.Length == 8).Select(octet => Convert.ToByte(new string(octet), 2))];
        return AuthenticatorCode.At(secret, TimeProvider.System.GetUtcNow());
    }

    private static string Plain(string html) => Changing().Replace(html, "");

    [GeneratedRegex("CfDJ8[A-Za-z0-9_+/=%-]+", RegexOptions.None, 1000)]
    private static partial Regex Changing();

    [GeneratedRegex(@"\d{4}-\d{4}-\d{4}", RegexOptions.None, 1000)]
    private static partial Regex Codes();
}
