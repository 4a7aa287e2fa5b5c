using System.Net;
using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using PeerSupport.DevKit;

namespace PeerSupport.IntegrationTests.Http;

/// <summary>Who may open what, asked of the running app.</summary>
public sealed class AuthorizationTests(WebFixture web) : IClassFixture<WebFixture>
{
    private static readonly string[] Logins = ["psychologist1", "peer1", "clinician1", "coordinator1", "admin1"];

    /// <summary>Pages by who may open them; "*" is anybody signed in. A page that is missing here fails the test.</summary>
    internal static readonly Dictionary<string, string[]> Readers = new(StringComparer.Ordinal)
    {
        ["/notices"] = ["peer1"],
        ["/notices/{Id:guid}"] = ["peer1"],
        ["/my-case"] = ["peer1"],
        ["/my-case/{Id:guid}"] = ["peer1"],
        ["/my-case/{Id:guid}/hand-back"] = ["peer1"],
        ["/my-case/{Id:guid}/close"] = ["peer1"],
        ["/me"] = ["peer1"],
        ["/me/phone"] = ["peer1"],
        ["/me/practice"] = ["peer1"],
        ["/afterwards"] = ["peer1"],
        ["/cases"] = ["psychologist1"],
        ["/cases/{Id:guid}"] = ["psychologist1"],
        ["/cases/new"] = ["psychologist1"],
        ["/cases/draft/open"] = ["psychologist1"],
        ["/cases/{Id:guid}/withdraw"] = ["psychologist1"],
        ["/tracks/{Id:guid}/referral"] = ["clinician1"],
        ["/tracks/{Id:guid}/officer-copy"] = ["clinician1", "psychologist1"],
        ["/tracks"] = ["clinician1", "psychologist1"],
        ["/tracks/{Id:guid}"] = ["clinician1", "psychologist1"],
        ["/tracks/{Id:guid}/refer"] = ["psychologist1"],
        ["/tracks/{Id:guid}/transfer"] = ["clinician1"],
        ["/tracks/retention"] = ["psychologist1"],
        ["/clinicians"] = ["psychologist1", "admin1"],
        ["/clinicians/new"] = ["psychologist1", "admin1"],
        ["/clinicians/{Id:guid}"] = ["psychologist1", "admin1"],
        ["/hand-on/{Id:guid}"] = ["peer1", "psychologist1"],
        ["/hand-on/{Id:guid}/consent"] = ["peer1", "psychologist1"],
        ["/on-call"] = ["psychologist1"],
        ["/operations"] = ["admin1"],
        ["/people"] = ["admin1"],
        ["/people/new"] = ["admin1"],
        ["/people/import"] = ["admin1"],
        ["/people/{Id:guid}"] = ["admin1"],
        ["/agencies"] = ["admin1"],
        ["/agencies/new"] = ["admin1"],
        ["/agencies/{Id:guid}"] = ["admin1"],
        ["/settings"] = ["admin1"],
        ["/settings/texts"] = ["admin1"],
        ["/settings/crisis-lines"] = ["admin1"],
        ["/settings/situations"] = ["admin1"],
        ["/settings/history"] = ["admin1"],
        ["/operations/channels"] = ["admin1"],
        ["/operations/work"] = ["admin1"],
        ["/approvals"] = ["psychologist1", "admin1"],
        ["/report"] = ["coordinator1"],
        ["/report/calendar"] = ["admin1"],
        ["/reveal"] = ["peer1", "psychologist1"],
        ["/account"] = Logins,
        ["/account/settings"] = Logins,
        ["/account/password"] = Logins,
        ["/account/passkeys"] = Logins,
        ["/account/passkeys/new"] = Logins,
        ["/account/authenticator"] = Logins,
        ["/account/second-factor"] = Logins,
        ["/account/recovery-codes"] = Logins,
        ["/account/sessions"] = Logins,
        ["/account/log"] = Logins,
        ["/home"] = Logins,
        ["/"] = Logins,
    };

    public static TheoryData<string> Routes() =>
        [.. typeof(global::PeerSupport.Web.Hosting.SecurityHeaders).Assembly.GetTypes()
            .Where(type => type.GetCustomAttribute<AllowAnonymousAttribute>() is null)
            .SelectMany(type => type.GetCustomAttributes<RouteAttribute>())
            .Select(route => route.Template)];

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task S3_Each_page_opens_for_its_readers_and_for_nobody_else(string route)
    {
        Readers.TryGetValue(route, out var readers).ShouldBeTrue($"{route} has no readers in this test: say who may open it");
        var held = await GivenCaseFor(web, route);
        var address = route.Replace("{Id:guid}", held.ToString(), StringComparison.Ordinal);

        using var visitor = web.App.Visitor();
        var anonymous = await visitor.GetAsync(address);
        anonymous.Status.ShouldBe(HttpStatusCode.Redirect);
        anonymous.Location!.OriginalString.ShouldContain("/sign-in");

        foreach (var login in Logins)
        {
            var client = await web.ReaderAsync(login);
            var page = await client.GetAsync(address);
            if (readers!.Contains(login, StringComparer.Ordinal))
            {
                ((int)page.Status).ShouldBeLessThan(400, $"{login} on {address}: {page.Text}");
                continue;
            }

            page.Status.ShouldBe(HttpStatusCode.NotFound, $"{login} on {address}");
            page.Body.ShouldBe((await client.GetAsync($"/there/is/no/{Guid.NewGuid()}")).Body);
        }
    }

    [Fact]
    public async Task S01_Another_peers_case_is_the_same_bytes_as_a_random_id()
    {
        using var psychologist = await web.App.SignedInAsync("psychologist1");
        using var holder = await web.App.SignedInAsync("peer2");
        using var other = await web.App.SignedInAsync("peer3");
        var id = await web.App.GivenPostedCaseAsync(psychologist);
        (await holder.AcceptAsync(id)).Location.ShouldNotBeNull();

        foreach (var path in new[] { "/notices/{0}", "/my-case/{0}", "/my-case/{0}/close", "/my-case/{0}/hand-back", "/my-case/{0}/held", "/cases/{0}", "/cases/{0}/withdraw", "/hand-on/{0}", "/hand-on/{0}/consent" })
        {
            var foreign = await other.GetAsync(string.Format(null, path, id));
            var random = await other.GetAsync(string.Format(null, path, Guid.NewGuid()));
            foreign.Status.ShouldBe(HttpStatusCode.NotFound, path);
            foreign.Body.ShouldBe(random.Body, path);
            foreign.Answer.Headers.Select(header => header.Key).Order(StringComparer.Ordinal).ShouldBe(random.Answer.Headers.Select(header => header.Key).Order(StringComparer.Ordinal), path);
        }

        (await holder.CloseAsync(id)).Location.ShouldNotBeNull();
    }

    [Fact]
    public async Task S07_A_forged_form_for_a_button_that_was_never_shown_is_denied()
    {
        using var psychologist = await web.App.SignedInAsync("psychologist1");
        using var other = await web.App.SignedInAsync("psychologist2");
        using var peer = await web.App.SignedInAsync("peer4");
        var id = await web.App.GivenPostedCaseAsync(psychologist);

        // The other psychologist presses her own Withdraw, sent to the address of somebody else's case; a peer sends the same.
        var own = await web.App.GivenPostedCaseAsync(other);
        using var forged = (await other.GetAsync($"/cases/{own}/withdraw")).Press("Withdraw");
        forged.RequestUri = new Uri(web.App.Url, $"/cases/{id}/withdraw");
        (await other.Http.SendAsync(forged)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var fromPeer = (await other.GetAsync($"/cases/{own}/withdraw")).Press("Withdraw");
        fromPeer.RequestUri = new Uri(web.App.Url, $"/cases/{id}/withdraw");
        ((int)(await peer.Http.SendAsync(fromPeer)).StatusCode).ShouldBeInRange(400, 404);

        // A peer who has not accepted presses Close of another case, sent to this one.
        var held = await web.App.GivenPostedCaseAsync(psychologist);
        await peer.AcceptAsync(held);
        var form = await peer.GetAsync($"/my-case/{held}/close");
        using var close = form.Press("Close", form.FirstChoices("Close"));
        close.RequestUri = new Uri(web.App.Url, $"/my-case/{id}/close");
        await peer.Http.SendAsync(close);

        (await web.App.SqlAsync("select count(*) from support_cases where id = any($1) and (id <> $2 or holder_id is null)", new[] { id, own, held }, id)).ShouldBe(3L);
        await peer.CloseAsync(held);
    }

    [Fact]
    public async Task S08_Posted_fields_that_the_form_does_not_have_are_ignored()
    {
        using var psychologist = await web.App.SignedInAsync("psychologist1");
        using var peer = await web.App.SignedInAsync("peer5");
        var id = await web.App.GivenPostedCaseAsync(psychologist);
        var victim = (Guid)(await web.App.SqlAsync("select id from accounts where email = 'peer6@demo.test'"))!;

        await peer.PressAsync(await peer.GetAsync($"/notices/{id}"), "Accept",
            [new("peer_id", $"{victim}"), new("PeerId", $"{victim}"), new("HolderId", $"{victim}"), new("status", "1"), new("Status", "Open")]);

        (await web.App.SqlAsync("select a.email from support_cases c join accounts a on a.id = c.holder_id where c.id = $1 and c.status = 2", id)).ShouldBe("peer5@demo.test");
        await peer.CloseAsync(id);
    }

    [Fact]
    public async Task S28_A_circuit_from_a_foreign_origin_is_refused()
    {
        using var peer = await web.App.SignedInAsync("peer1");
        foreach (var (origin, status) in new[] { ("https://evil.example", HttpStatusCode.Forbidden), (web.App.Settings.PublicOrigin.GetLeftPart(UriPartial.Authority), HttpStatusCode.OK) })
        {
            using var negotiate = new HttpRequestMessage(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1");
            negotiate.Headers.Add("Origin", origin);
            (await peer.Http.SendAsync(negotiate)).StatusCode.ShouldBe(status, origin);

            using var socket = new System.Net.WebSockets.ClientWebSocket();
            socket.Options.Cookies = peer.Cookies;
            socket.Options.SetRequestHeader("Origin", origin);
            var address = new UriBuilder(web.App.Url) { Scheme = "ws", Path = "/_blazor" }.Uri;
            var opened = Record.ExceptionAsync(() => socket.ConnectAsync(address, TestContext.Current.CancellationToken));
            ((await opened) is null).ShouldBe(status == HttpStatusCode.OK, origin);
        }
    }

    /// <summary>What the address of a page names: a case, a track or a clinician its readers may see.</summary>
    internal static async Task<Guid> GivenCaseFor(WebFixture web, string route)
    {
        if (!route.Contains("{Id", StringComparison.Ordinal))
            return Guid.Empty;
        if (route.StartsWith("/tracks/", StringComparison.Ordinal))
        {
            var track = await web.App.GivenTrackAsync();
            // The pages that pass a track on exist only from some states.
            if (route.EndsWith("/refer", StringComparison.Ordinal))
                await web.App.SqlAsync("update formal_tracks set state = 3 where id = $1", track);
            if (route.EndsWith("/transfer", StringComparison.Ordinal))
                await web.App.SqlAsync("update formal_tracks set state = 4 where id = $1", track);
            return track;
        }

        if (route.StartsWith("/clinicians", StringComparison.Ordinal))
            return (Guid)(await web.App.SqlAsync("select id from clinicians limit 1"))!;
        if (route.StartsWith("/people", StringComparison.Ordinal))
            return (Guid)(await web.App.SqlAsync("select id from accounts where email = 'peer12@demo.test'"))!;
        if (route.StartsWith("/agencies", StringComparison.Ordinal))
            return (Guid)(await web.App.SqlAsync("select id from agencies limit 1"))!;
        var id = await web.App.GivenPostedCaseAsync(await web.ReaderAsync("psychologist1"));
        if (route.StartsWith("/my-case", StringComparison.Ordinal) || route.StartsWith("/hand-on", StringComparison.Ordinal))
        {
            await web.App.SqlAsync("delete from support_cases where holder_id is not null");
            await web.App.SqlAsync("update peers set held = 0");
            (await (await web.ReaderAsync("peer1")).AcceptAsync(id)).Location.ShouldNotBeNull();
        }

        return id;
    }
}
