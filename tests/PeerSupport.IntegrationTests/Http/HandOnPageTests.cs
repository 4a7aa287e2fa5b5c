using System.Net;
using PeerSupport.DevKit;

namespace PeerSupport.IntegrationTests.Http;

/// <summary>Handing on, asked of the running app through its pages and forms, without any script.</summary>
public sealed class HandOnPageTests(WebFixture web) : IClassFixture<WebFixture>
{
    [Fact]
    public async Task S51_A_peer_hands_on_with_consent_and_no_address_ever_carries_what_was_shared()
    {
        var (id, peer) = await GivenHeldAsync("peer2");
        using var _ = peer;
        var marker = Journey.Marker.Plant();
        List<Page> seen = [await peer.GetAsync($"/my-case/{id}"), await peer.GetAsync($"/hand-on/{id}")];
        seen.Add(await peer.GetAsync($"/hand-on/{id}/consent"));
        var form = seen[^1];

        var narrowed = await peer.PressAsync(form, "Show who fits", [.. Fields(form, marker), new("f-language", "en")]);
        narrowed.Html.ShouldContain(marker.Name, customMessage: "narrowing the list loses nothing typed");
        var wrong = await peer.PressAsync(narrowed, "Go through it once more", [new("reach", "")]);
        wrong.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        wrong.Document.Title!.ShouldStartWith("Problem:");
        wrong.Html.ShouldContain(marker.Words);
        foreach (var link in wrong.Document.QuerySelectorAll(".problem a"))
            wrong.Document.GetElementById(link.GetAttribute("href")!.Split('#')[1]).ShouldNotBeNull(link.TextContent);

        var review = await peer.PressAsync(wrong, "Go through it once more", Fields(wrong, marker));
        review.Status.ShouldBe(HttpStatusCode.OK, review.Text);
        marker.All.ShouldAllBe(words => review.Text.Contains(words));
        var before = await CountAsync();
        var changed = await peer.PressAsync(review, "Change something");
        changed.Html.ShouldContain(marker.Words);
        (await CountAsync()).ShouldBe(before, "nothing is written before the last step");

        var done = await peer.PressAsync(review, "Hand on");
        done.Status.ShouldBe(HttpStatusCode.OK, done.Text);
        done.Text.ShouldContain("Handed on to");
        var care = done.Document.QuerySelectorAll("main a[href^='/afterwards']").ShouldHaveSingleItem("whoever handed on is asked how they are");
        (await peer.GetAsync(care.GetAttribute("href")!)).Text.ShouldContain("It is handed on");
        done.Text.ShouldContain(marker.Words);
        done.Answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        done.Answer.Content.Headers.ContentEncoding.ShouldBeEmpty();
        (await CountAsync()).ShouldBe(before + 1);
        (await web.App.SqlAsync("select count(*) from support_cases where id = $1", id)).ShouldBe(0L);
        var again = await peer.PressAsync(review, "Hand on");
        Code(again).ShouldBe(Code(done), "posting twice gives the same receipt");
        (await CountAsync()).ShouldBe(before + 1);
        (await peer.GetAsync($"/hand-on/{id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await peer.GetAsync("/my-case")).Text.ShouldContain("Handed on");

        seen.AddRange([narrowed, wrong, review, changed, done]);
        foreach (var page in seen)
        {
            var addresses = page.Document.QuerySelectorAll("[href],[action],[src]")
                .SelectMany(element => new[] { element.GetAttribute("href"), element.GetAttribute("action"), element.GetAttribute("src") })
                .Append(page.Address.ToString()).Append(page.Document.Title);
            foreach (var address in addresses)
                marker.All.ShouldAllBe(words => address == null || !Uri.UnescapeDataString(address).Contains(words, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task A_stale_form_gives_back_everything_and_can_be_sent_as_it_stands()
    {
        var (id, peer) = await GivenHeldAsync("peer3");
        using var _ = peer;
        var marker = Journey.Marker.Plant();
        var form = await peer.GetAsync($"/hand-on/{id}/consent");
        var token = form.Document.QuerySelector("main input[name*=RequestVerificationToken]")!.GetAttribute("name")!;
        var stale = await peer.PressAsync(form, "Go through it once more", [.. Fields(form, marker), new(token, "expired")]);
        stale.Status.ShouldBe(HttpStatusCode.BadRequest);
        stale.Html.ShouldContain(marker.Words);
        (await peer.PressAsync(stale, "Go through it once more")).Text.ShouldContain("Hand this on?");
        await peer.CloseAsync(id);
    }

    [Fact]
    public async Task S19_Opening_pages_hands_nothing_on_and_alerts_nobody()
    {
        var (id, peer) = await GivenHeldAsync("peer4");
        using var _ = peer;
        var (tracks, alarms) = (await CountAsync(), await web.App.SqlAsync("select count(*) from danger_alerts"));
        foreach (var path in new[] { "", "/consent", "/danger", "/danger?_handler=alert", "/danger?basis=Suicidal&step=final", "/consent?step=final" })
            await peer.GetAsync($"/hand-on/{id}{path}");
        (await CountAsync()).ShouldBe(tracks);
        (await web.App.SqlAsync("select count(*) from danger_alerts")).ShouldBe(alarms);
        await peer.CloseAsync(id);
    }

    [Fact]
    public async Task One_tap_alerts_another_is_harmless_and_the_exception_records_only_what_was_chosen()
    {
        var (id, peer) = await GivenHeldAsync("peer5");
        using var _ = peer;
        using var psychologist = await web.App.SignedInAsync("psychologist1");
        await psychologist.PressAsync(await psychologist.GetAsync("/on-call"), "Go on call", [new("phone", "206-555-0150")]);
        var page = await peer.GetAsync($"/hand-on/{id}/danger");
        page.Html.ShouldContain("tel:911");
        page.Html.ShouldContain("tel:988");
        page.Html.ShouldContain("tel:2065550150");
        await peer.PressAsync(page, "Alert the psychologist");
        await peer.PressAsync(page, "Alert the psychologist");
        (await web.App.SqlAsync("select count(*) from danger_alerts d join accounts a on a.id = d.raised_by where a.email = 'peer5@demo.test'")).ShouldBe(1L);
        var waiting = await peer.GetAsync($"/hand-on/{id}/danger");
        waiting.Text.ShouldContain("Not answered yet");
        (await peer.GetAsync("/hand-on/alarm")).Text.ShouldContain("\"answered\":false");

        await psychologist.PressAsync(await psychologist.GetAsync("/on-call"), "I have it");
        (await peer.GetAsync($"/hand-on/{id}/danger")).Text.ShouldContain("Okafor answered");

        (await peer.PressAsync(waiting, "Continue")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var confirm = await peer.PressAsync(waiting, "Continue", [new("basis", "Homicidal")]);
        confirm.Text.ShouldContain("They told you they are homicidal");
        var opened = await peer.PressAsync(confirm, "Open the formal record");
        opened.Text.ShouldContain("The formal record is open");
        (await web.App.SqlAsync("select count(*) from support_cases where id = $1", id)).ShouldBe(0L);
        (await web.App.SqlAsync("select basis from formal_tracks order by opened_at desc limit 1")).ShouldBe(3);
        await psychologist.PressAsync(await psychologist.GetAsync("/on-call"), "Go off call");
    }

    [Theory]
    [InlineData("peer10", "en", "Alert the psychologist")]
    [InlineData("peer11", "es", "Enviar la alerta")]
    public async Task The_danger_page_is_at_most_15_KB_on_the_wire_with_all_it_loads(string login, string language, string alert)
    {
        var (id, peer) = await GivenHeldAsync(login);
        using var _ = peer;
        var both = new BothLanguages(web.App);
        await both.SpeakAsync(login, language);
        await peer.PressAsync(await peer.GetAsync($"/hand-on/{id}/danger"), alert);
        peer.Http.DefaultRequestHeaders.Add("Accept-Encoding", "gzip, br");
        var bytes = 0;
        async Task Count(string path)
        {
            using var answer = await peer.Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
            bytes += (await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length + answer.Headers.ToString().Length + answer.Content.Headers.ToString().Length;
        }

        using var plain = new PageClient(web.App.Url);
        await Count($"/hand-on/{id}/danger");
        foreach (var address in (await plain.GetAsync($"/hand-on/{id}/danger")).Document.QuerySelectorAll("link[rel=stylesheet],link[rel=icon]").Select(one => one.GetAttribute("href")!).Append("js/danger.js"))
            await Count("/" + address.TrimStart('/'));
        bytes.ShouldBeInRange(1000, 15 * 1024);
        peer.Http.DefaultRequestHeaders.Remove("Accept-Encoding");
        await both.SpeakAsync(login, "en");
        await peer.CloseAsync(id);
    }

    [Theory]
    [InlineData("peer7")]
    [InlineData("psychologist2")]
    public async Task S01_Any_peer_or_psychologist_gets_the_same_crisis_page_for_every_case_and_can_alert_from_it(string login)
    {
        var (id, peer) = await GivenHeldAsync("peer8");
        using var _ = peer;
        using var other = await web.App.SignedInAsync(login);
        var nothing = Guid.NewGuid();
        var (foreign, random) = (await other.GetAsync($"/hand-on/{id}/danger"), await other.GetAsync($"/hand-on/{nothing}/danger"));
        foreign.Status.ShouldBe(HttpStatusCode.OK);
        foreign.Html.ShouldContain("tel:911");
        foreign.HasButton("Alert the psychologist").ShouldBeTrue();
        foreign.HasButton("Continue").ShouldBeFalse("nothing of a case");
        foreign.Stable().Replace($"{id}", "", StringComparison.Ordinal).ShouldBe(random.Stable().Replace($"{nothing}", "", StringComparison.Ordinal));

        // Whoever held it a moment ago is not sent away; only the record is no longer theirs to open.
        var form = await peer.GetAsync($"/hand-on/{id}/danger");
        await peer.HandBackAsync(id);
        (await peer.GetAsync($"/hand-on/{id}/danger")).HasButton("Alert the psychologist").ShouldBeTrue();
        var late = await peer.PressAsync(form, "Continue", [new("basis", "Suicidal")]);
        late.Text.ShouldContain("You no longer hold this case");
        late.Html.ShouldContain("tel:911");
        (await peer.PressAsync(form, "Alert the psychologist")).Status.ShouldBe(HttpStatusCode.SeeOther);
        await web.App.SqlAsync("delete from danger_alerts");
    }

    [Theory]
    [InlineData("clinician1")]
    [InlineData("coordinator1")]
    [InlineData("admin1")]
    public async Task S01_For_everybody_else_there_is_no_danger_page_whatever_the_case(string login)
    {
        var (id, peer) = await GivenHeldAsync("peer9");
        using var _ = peer;
        using var other = await web.App.SignedInAsync(login);
        var foreign = await other.GetAsync($"/hand-on/{id}/danger");
        foreign.Status.ShouldBe(HttpStatusCode.NotFound);
        foreign.Body.ShouldBe((await other.GetAsync($"/hand-on/{Guid.NewGuid()}/danger")).Body);
        await peer.CloseAsync(id);
    }

    [Fact]
    public async Task Somebody_whose_sign_in_ran_out_still_gets_the_lines_and_nothing_of_a_case()
    {
        using var visitor = web.App.Visitor();
        var page = await visitor.GetAsync($"/hand-on/{Guid.NewGuid()}/danger");
        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Html.ShouldContain("tel:911");
        page.HasButton("Alert the psychologist").ShouldBeFalse();
        page.HasButton("Continue").ShouldBeFalse();
        page.Text.ShouldContain("Sign in and alert");
    }

    private async Task<long> CountAsync() => (long)(await web.App.SqlAsync("select count(*) from formal_tracks"))!;

    private static string Code(Page page) => page.Document.QuerySelector("article .code")!.TextContent.Trim();

    private static IEnumerable<KeyValuePair<string, string>> Fields(Page form, Journey.Marker marker) =>
    [
        .. form.FirstChoices("Go through it once more"), new("name", marker.Name), new("reach", marker.Reach), new("short", marker.Words), new("consent", "yes"),
    ];

    private async Task<(Guid Id, PageClient Peer)> GivenHeldAsync(string login)
    {
        using var psychologist = await web.App.SignedInAsync("psychologist1");
        var peer = await web.App.SignedInAsync(login);
        var id = await web.App.GivenPostedCaseAsync(psychologist);
        (await peer.AcceptAsync(id)).Location.ShouldNotBeNull();
        return (id, peer);
    }
}

/// <summary>Somebody may die, and the database is down.</summary>
public sealed class DangerOutageTests : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private PostgresForTests postgres = null!;
    private RunningApp app = null!;

    public async ValueTask InitializeAsync()
    {
        postgres = await PostgresForTests.StartOwnAsync(CancellationToken.None);
        app = await RunningApp.StartAsync(postgres);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await postgres.DisposeAsync();
    }

    [Fact]
    public async Task S68_The_lines_stand_with_the_database_down_nothing_claims_to_be_sent_and_nothing_typed_is_lost()
    {
        using var psychologist = await app.SignedInAsync("psychologist1", Token);
        using var peer = await app.SignedInAsync("peer1", Token);
        var id = await app.GivenPostedCaseAsync(psychologist);
        await peer.AcceptAsync(id);
        var page = await peer.GetAsync($"/hand-on/{id}/danger", Token);
        var form = await peer.GetAsync($"/hand-on/{id}/consent", Token);
        await postgres.Cluster!.KillAsync(Token);

        foreach (var down in new[] { await peer.GetAsync($"/hand-on/{id}/danger", Token), await peer.PressAsync(page, "Alert the psychologist", cancellationToken: Token) })
        {
            down.Html.ShouldContain("tel:911");
            down.Html.ShouldContain("tel:988");
            down.Html.ShouldContain("COPLINE");
            down.Text.ShouldContain("the alert cannot be sent from here now");
            down.Text.ShouldNotContain("Alerted");
        }

        var kept = await peer.PressAsync(form, "Go through it once more", [.. form.FirstChoices("Go through it once more"), new("name", "Kept Name"), new("reach", "206-555-0100"), new("consent", "yes")], Token);
        kept.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        kept.Html.ShouldContain("Kept Name");
        await postgres.Cluster!.RestartAsync(Token);
        (await peer.PressAsync(kept, "Go through it once more", cancellationToken: Token)).Text.ShouldContain("Hand this on?");
        (await peer.PressAsync(page, "Alert the psychologist", cancellationToken: Token)).Status.ShouldBe(HttpStatusCode.SeeOther);
    }
}
