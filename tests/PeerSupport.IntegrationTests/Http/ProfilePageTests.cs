using System.Net;
using AngleSharp.Dom;
using PeerSupport.DevKit;
using PeerSupport.IntegrationTests.Notices;

namespace PeerSupport.IntegrationTests.Http;

/// <summary>One's own page, the page after closing, and the choice of language: through pages and forms only.</summary>
public sealed class ProfilePageTests(WebFixture web) : IClassFixture<WebFixture>
{
    private const string Everything =
        """
        select string_agg(table_name || md5(query_to_xml(format('select * from %I', table_name), true, true, '')::text), ',' order by table_name)
        from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' and table_name not in ('sessions', 'deliveries', 'alert_channels', 'security_log', 'known_devices')
        """;

    [Fact]
    public async Task A_peer_takes_a_break_and_comes_back()
    {
        using var peer = await web.App.SignedInAsync("peer9");
        var done = await peer.PressAsync(await peer.GetAsync("/me"), "Begin the break", [new("length", "Fortnight")]);
        done.Status.ShouldBe(HttpStatusCode.SeeOther);
        var page = await peer.FollowAsync(done);
        page.Text.ShouldContain("You are on a break until");
        (await web.App.SqlAsync("select paused_until > now() + interval '13 days' from peers p join accounts a on a.id = p.person_id where a.email = 'peer9@demo.test'")).ShouldBe(true);
        page = await peer.FollowAsync(await peer.PressAsync(page, "I am back"));
        page.Text.ShouldContain("Welcome back");
        page.HasButton("Begin the break").ShouldBeTrue();
    }

    [Fact]
    public async Task Quiet_hours_with_one_time_missing_come_back_with_what_was_typed()
    {
        using var peer = await web.App.SignedInAsync("peer10");
        var page = await peer.PressAsync(await peer.GetAsync("/me"), "Save quiet hours", [new("from", "22:00"), new("until", "")]);
        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.Document.QuerySelector("#problem a")!.TextContent.ShouldBe("Give both times, or leave both empty.");
        page.Document.QuerySelector("#from")!.GetAttribute("value").ShouldBe("22:00");
        page = await peer.FollowAsync(await peer.PressAsync(page, "Save quiet hours", [new("from", "22:00"), new("until", "06:00")]));
        page.Document.QuerySelector("#until")!.GetAttribute("value").ShouldBe("06:00");
        await peer.PressAsync(page, "Save quiet hours", [new("from", ""), new("until", "")]);
    }

    [Fact]
    public async Task S50_A_browser_registers_is_tested_with_an_empty_push_and_says_that_it_arrived()
    {
        await using var service = new FarEnd();
        using var peer = await web.App.SignedInAsync("peer11");
        var page = await peer.GetAsync("/me");
        page.Document.QuerySelector("[data-push]")!.GetAttribute("data-push")!.Length.ShouldBe(87);
        var refused = await peer.PressAsync(page, "Turn on in this browser", [new("endpoint", "https://evil.example/x")]);
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);

        page = await peer.FollowAsync(await peer.PressAsync(page, "Turn on in this browser", [new("endpoint", $"{service.Url}wpush/secret-address")]));
        page.Html.ShouldNotContain("secret-address");
        page.Text.ShouldContain("not tried yet");
        using var test = page.Press("Send a test", [new("channel", (await IdAsync())!)]);
        (await peer.Http.SendAsync(test)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var call = service.Calls.ShouldHaveSingleItem();
        (call.PathAndQuery, call.Body.Length).ShouldBe(("/wpush/secret-address", 0));
        page = await peer.GetAsync("/me");
        page.Text.ShouldContain("works: last alert taken");
        using var arrived = page.Press("It arrived", [new("channel", (await IdAsync())!)]);
        (await peer.Http.SendAsync(arrived)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await peer.GetAsync("/me")).Text.ShouldContain("You said that a test arrived");

        service.Answer = _ => 410;
        using var gone = page.Press("Send a test", [new("channel", (await IdAsync())!)]);
        (await peer.Http.SendAsync(gone)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await IdAsync()).ShouldBeNull("a browser that is gone is forgotten");

        async Task<string?> IdAsync() => (await web.App.SqlAsync("select c.id from alert_channels c join accounts a on a.id = c.person_id where c.kind = 3 and a.email = 'peer11@demo.test'"))?.ToString();
    }

    [Fact]
    public async Task S50_A_worker_tells_another_address_with_a_form_token_of_its_own_peer_and_nobody_else_can()
    {
        using var peer = await web.App.SignedInAsync("peer8");
        using var other = await web.App.SignedInAsync("peer7");
        await peer.PressAsync(await peer.GetAsync("/me"), "Turn on in this browser", [new("endpoint", "http://127.0.0.1:9/wpush/old")]);
        var page = await peer.GetAsync("/me");
        page.Document.QuerySelector("[data-push]")!.GetAttribute("data-push-known")!.Length.ShouldBe(22);
        var read = await peer.GetAsync("/me/push");
        read.Answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        read.Answer.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse("no other site reads the token");
        var (key, field, token) = Answer(read);
        key.ShouldBe(page.Document.QuerySelector("[data-push]")!.GetAttribute("data-push"));

        (await TellAsync(peer, field, "")).ShouldBe(HttpStatusCode.BadRequest, "without a token");
        (await TellAsync(other, field, token)).ShouldBe(HttpStatusCode.BadRequest, "with somebody else's");
        (await TellAsync(peer, field, token, "https://evil.example")).ShouldBe(HttpStatusCode.Forbidden);
        (await TellAsync(other, field, Answer(await other.GetAsync("/me/push")).Token)).ShouldBe(HttpStatusCode.NotFound, "it is not theirs");
        (await TargetAsync()).ShouldBe("http://127.0.0.1:9/wpush/old");

        (await TellAsync(peer, field, token)).ShouldBe(HttpStatusCode.NoContent);
        (await TargetAsync()).ShouldBe("http://127.0.0.1:9/wpush/new");

        async Task<object?> TargetAsync() => await web.App.SqlAsync("select string_agg(target, ',') from alert_channels where kind = 3 and target like '%127.0.0.1:9/%'");
        static (string Key, string Field, string Token) Answer(Page page)
        {
            var json = System.Text.Json.JsonDocument.Parse(page.Body).RootElement;
            return (json.GetProperty("key").GetString()!, json.GetProperty("field").GetString()!, json.GetProperty("token").GetString()!);
        }

        static async Task<HttpStatusCode> TellAsync(PageClient client, string field, string token, string? origin = null)
        {
            using var told = new HttpRequestMessage(HttpMethod.Post, "/me/push")
            {
                Content = new FormUrlEncodedContent([new(field, token), new("old", "http://127.0.0.1:9/wpush/old"), new("new", "http://127.0.0.1:9/wpush/new")]),
            };
            if (origin is not null)
                told.Headers.Add("Origin", origin);
            return (await client.Http.SendAsync(told)).StatusCode;
        }
    }

    [Fact]
    public async Task A_number_that_is_none_comes_back_with_a_sentence_and_what_was_typed()
    {
        using var peer = await web.App.SignedInAsync("peer5");
        var page = await peer.PressAsync(await peer.GetAsync("/account/settings"), "Save the number", [new("phone", "ring me")]);
        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.Document.QuerySelector("#problem a")!.TextContent.ShouldBe("Enter a phone number such as 206-555-0150, or leave it empty.");
        page.Document.QuerySelector("#phone")!.GetAttribute("value").ShouldBe("ring me");
        page = await peer.FollowAsync(await peer.PressAsync(page, "Save the number", [new("phone", "206-555-0162")]));
        page.Text.ShouldContain("Your number is saved.");
        page.Document.QuerySelector("#phone")!.GetAttribute("value").ShouldBe("206-555-0162");
    }

    [Fact]
    public async Task S50_A_device_that_is_woken_too_late_says_covered_and_one_that_is_signed_out_learns_nothing()
    {
        using var peer = await web.App.SignedInAsync("peer6");
        using var other = await web.App.SignedInAsync("peer7");
        await web.App.SqlAsync("delete from support_cases");
        await web.App.SqlAsync("update peers set held = 0");
        (await peer.GetAsync("/me/woken")).Html.ShouldBe("covered");
        var id = await web.App.GivenOpenCaseAsync();
        (await peer.GetAsync("/me/woken")).Html.ShouldBe("notice");
        await other.PressAsync(await other.GetAsync($"/notices/{id}"), "Accept");
        (await peer.GetAsync("/me/woken")).Html.ShouldBe("covered");
        using var visitor = web.App.Visitor();
        (await visitor.GetAsync("/me/woken")).Html.ShouldNotContain("covered");
    }

    [Fact]
    public async Task Practice_leads_from_the_start_page_to_an_accept_and_a_number_of_seconds()
    {
        using var peer = await web.App.SignedInAsync("peer12");
        ((await peer.GetAsync("/me/woken")).Html == "practice").ShouldBeFalse();
        var page = await peer.FollowAsync(await peer.PressAsync(await peer.GetAsync("/me"), "Start a practice alert"));
        page.Text.ShouldContain("This is practice.");
        (await peer.GetAsync("/me/woken")).Html.ShouldBe("practice");
        (await peer.FollowAsync(await peer.GetAsync("/"))).Address.AbsolutePath.ShouldBe("/me/practice");
        page = await peer.FollowAsync(await peer.PressAsync(page, "Accept"));
        page.Text.ShouldContain("You took ");
        page.Text.ShouldContain("This was only practice.");
        (await web.App.SqlAsync("select count(*) from practice_alerts")).ShouldBe(0L);
        (await peer.FollowAsync(await peer.GetAsync("/"))).Address.AbsolutePath.ShouldBe("/notices");
    }

    [Fact]
    public async Task After_closing_a_peer_is_asked_how_they_are_and_nothing_is_written_but_a_break()
    {
        using var psychologist = await web.App.SignedInAsync("psychologist1");
        using var peer = await web.App.SignedInAsync("peer7");
        var id = await web.App.GivenPostedCaseAsync(psychologist);
        await peer.AcceptAsync(id);
        var closed = await peer.CloseAsync(id);
        closed.Location!.OriginalString.ShouldBe("/afterwards?closed=1");
        closed.Location.OriginalString.ShouldNotContain(id.ToString());

        var before = await web.App.SqlAsync(Everything);
        var page = await peer.FollowAsync(closed);
        page.Text.ShouldContain("Are you all right?");
        page.Document.QuerySelectorAll("main details").Length.ShouldBe(3, "the answers open on the page");
        page.Document.QuerySelectorAll("main form").ShouldHaveSingleItem().GetAttribute("action").ShouldBe("/me");
        page.Document.QuerySelectorAll("main script, main details [href]:not([href^='tel:']), main details button, main details input").ShouldBeEmpty("nothing in them is sent");
        foreach (var link in page.Document.QuerySelectorAll("main a[href^='/']"))
            (await peer.GetAsync(link.GetAttribute("href")!)).Status.ShouldBe(HttpStatusCode.OK);
        (await web.App.SqlAsync(Everything)).ShouldBe(before);

        (await peer.PressAsync(page, "Begin the break", [new("length", "Week")])).Location!.OriginalString.ShouldBe("/me?done=break");
        (await web.App.SqlAsync(Everything)).ShouldNotBe(before);
        await peer.PressAsync(await peer.GetAsync("/me"), "I am back");
    }

    [Fact]
    public async Task A_visitor_chooses_a_language_on_the_page_they_are_on_and_it_stays_on_the_device()
    {
        using var visitor = web.App.Visitor();
        var page = await visitor.GetAsync("/sign-in");
        visitor.Cookies.GetCookies(web.App.Url)["language"].ShouldBeNull("no cookie before they choose");
        var chosen = await visitor.PressAsync(page, "Español");
        chosen.Status.ShouldBe(HttpStatusCode.SeeOther);
        page = await visitor.FollowAsync(chosen);
        page.Address.AbsolutePath.ShouldBe("/sign-in");
        page.Document.DocumentElement.GetAttribute("lang").ShouldBe("es");
        visitor.Cookies.GetCookies(web.App.Url)["language"]!.Value.ShouldBe("es");
        page = await visitor.FollowAsync(await visitor.PressAsync(page, "English"));
        page.Document.DocumentElement.GetAttribute("lang").ShouldBe("en");
    }

    [Fact]
    public async Task Whoever_is_signed_in_keeps_their_language_and_time_zone_in_their_account()
    {
        using var coordinator = await web.App.SignedInAsync("coordinator1");
        var page = await coordinator.FollowAsync(await coordinator.PressAsync(await coordinator.GetAsync("/account/settings"), "Save", [new("language", "es"), new("zone", "America/Denver")]));
        page.Document.DocumentElement.GetAttribute("lang").ShouldBe("es");
        page.Document.QuerySelector("option[selected][value='America/Denver']").ShouldNotBeNull();
        using var elsewhere = await web.App.SignedInAsync("coordinator1");
        page = await elsewhere.GetAsync("/account/settings");
        page.Document.DocumentElement.GetAttribute("lang").ShouldBe("es");
        page = await elsewhere.FollowAsync(await elsewhere.PressAsync(page, "English"));
        (page.Address.AbsolutePath, page.Document.DocumentElement.GetAttribute("lang")).ShouldBe(("/account/settings", "en"));
        (await web.App.SqlAsync("select language || ' ' || time_zone from people p join accounts a on a.id = p.id where a.email = 'coordinator1@demo.test'")).ShouldBe("en America/Denver");
    }

    [Fact]
    public async Task S19_Another_site_cannot_choose_a_language()
    {
        using var peer = await web.App.SignedInAsync("peer1");
        using var forged = new HttpRequestMessage(HttpMethod.Post, "/notices") { Content = new FormUrlEncodedContent([new("tongue", "es")]) };
        forged.Headers.Add("Origin", "https://evil.example");
        (await peer.Http.SendAsync(forged)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_officers_unit_is_in_no_form_and_each_peers_unit_stands_beside_the_name()
    {
        using var psychologist = await web.App.SignedInAsync("psychologist1");
        var page = await psychologist.GetAsync("/cases/new");
        var unit = page.Document.QuerySelector("#officer-unit")!;
        unit.HasAttribute("name").ShouldBeFalse("what has no name is in no form");
        unit.QuerySelectorAll("option").Select(option => option.TextContent).ShouldContain("Patrol North", StringComparer.Ordinal);
        var north = unit.QuerySelectorAll("option").Single(option => option.TextContent == "Patrol North");
        north.GetAttribute("data-above")!.Split(' ').Length.ShouldBe(2);
        north.GetAttribute("data-below").ShouldBe("");
        page.Document.QuerySelectorAll("[data-without-script] fieldset legend").Select(legend => legend.TextContent).ShouldContain("Harlan Bay, Patrol North", StringComparer.Ordinal);
    }

    [Fact]
    public async Task The_app_can_be_installed_and_its_worker_serves_the_whole_site()
    {
        using var visitor = web.App.Visitor();
        var page = await visitor.GetAsync("/sign-in");
        var manifest = await visitor.GetAsync("/" + page.Document.QuerySelector("link[rel=manifest]")!.GetAttribute("href"));
        manifest.Answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/manifest+json");
        foreach (var icon in System.Text.Json.JsonDocument.Parse(manifest.Body).RootElement.GetProperty("icons").EnumerateArray())
        {
            var png = await visitor.GetAsync(icon.GetProperty("src").GetString()!);
            png.Answer.Content.Headers.ContentType!.MediaType.ShouldBe("image/png");
            var width = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.Body.AsSpan(16));
            icon.GetProperty("sizes").GetString().ShouldBe($"{width}x{width}");
        }

        var worker = await visitor.GetAsync("/sw.js");
        worker.Status.ShouldBe(HttpStatusCode.OK);
        worker.Answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldContain("connect-src 'self'");
        worker.Answer.Headers.CacheControl!.NoCache.ShouldBeTrue();
    }
}
