using System.Net;
using PeerSupport.DevKit;

namespace PeerSupport.IntegrationTests.Http;

/// <summary>The reveal, and what may never carry a name.</summary>
public sealed class RevealPageTests(WebFixture web) : IClassFixture<WebFixture>
{
    [Fact]
    public async Task S14_Without_a_fresh_sign_in_nothing_is_shown()
    {
        var (marker, id, peer) = await GivenHeldAsync("peer7");
        using var _ = peer;
        var wrong = await peer.RevealAsync(id, "not the password");
        wrong.Html.ShouldNotContain(marker.Name);
        wrong.HasButton("Confirm").ShouldBeTrue("the reader may try again");

        var right = await peer.RevealAsync(id);
        right.Text.ShouldContain(marker.Name);
        right.Text.ShouldContain(marker.Words);
        await peer.CloseAsync(id);
    }

    [Fact]
    public async Task S25_A_reveal_is_kept_by_no_cache_and_by_no_referrer()
    {
        var (marker, id, peer) = await GivenHeldAsync("peer8");
        using var _ = peer;
        var page = await peer.RevealAsync(id);
        page.Answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        page.Answer.Headers.GetValues("Clear-Site-Data").First().ShouldContain("\"cache\"");
        page.Answer.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
        page.Answer.Content.Headers.ContentEncoding.ShouldBeEmpty();
        page.Document.Title!.ShouldNotContain(marker.Name);
        page.Address.ToString().ShouldNotContain(id.ToString());
        page.Html.ShouldNotContain("blazor.web", Case.Insensitive);
        await peer.CloseAsync(id);
    }

    [Fact]
    public async Task S19_A_GET_accepts_and_reveals_nothing_and_a_cross_site_POST_is_refused()
    {
        using var psychologist = await web.App.SignedInAsync("psychologist1");
        using var peer = await web.App.SignedInAsync("peer9");
        var marker = Journey.Marker.Plant();
        var id = await web.App.GivenPostedCaseAsync(psychologist, marker);
        foreach (var path in new[] { $"/notices/{id}?_handler=accept", $"/notices/{id}/accept", $"/notices/{id}?Accept=1" })
            await peer.GetAsync(path);
        (await web.App.SqlAsync("select count(*) from support_cases where id = $1 and holder_id is null", id)).ShouldBe(1L);

        var notice = await peer.GetAsync($"/notices/{id}");
        foreach (var (header, value) in new[] { ("Origin", "https://evil.example"), ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site") })
        {
            using var crossSite = notice.Press("Accept");
            crossSite.Headers.Add(header, value);
            (await peer.Http.SendAsync(crossSite)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }

        using var withoutToken = new HttpRequestMessage(HttpMethod.Post, $"/notices/{id}") { Content = new FormUrlEncodedContent([new("_handler", "accept")]) };
        var refused = await Page.ReadAsync(await peer.Http.SendAsync(withoutToken), TestContext.Current.CancellationToken);
        refused.Status.ShouldBe(HttpStatusCode.BadRequest);
        refused.Text.ShouldContain("nothing is lost");
        (await web.App.SqlAsync("select count(*) from support_cases where id = $1 and holder_id is null", id)).ShouldBe(1L);

        await peer.AcceptAsync(id);
        foreach (var path in new[] { "/reveal", $"/reveal?case={id}&read=on&password=Demo-pass-2026!", $"/my-case/{id}/reveal" })
            (await peer.FollowAsync(await peer.GetAsync(path))).Html.ShouldNotContain(marker.Name);
        await peer.CloseAsync(id);
    }

    [Fact]
    public async Task The_loser_reads_that_another_peer_has_it()
    {
        using var psychologist = await web.App.SignedInAsync("psychologist1");
        using var first = await web.App.SignedInAsync("peer10");
        using var second = await web.App.SignedInAsync("peer11");
        var id = await web.App.GivenPostedCaseAsync(psychologist);
        var open = await second.GetAsync($"/notices/{id}");
        await first.AcceptAsync(id);

        var lost = await second.PressAsync(open, "Accept");
        lost.Status.ShouldBe(HttpStatusCode.Conflict);
        lost.Text.ShouldContain("Another peer has this. Thank you.");
        await first.CloseAsync(id);
    }

    [Fact]
    public async Task S51_No_address_carries_anything_about_the_officer()
    {
        using var psychologist = await web.App.SignedInAsync("psychologist1");
        using var peer = await web.App.SignedInAsync("peer12");
        var marker = Journey.Marker.Plant();
        List<Page> seen = [await psychologist.PostCaseAsync(marker)];
        var id = (Guid)(await web.App.SqlAsync("select id from support_cases order by posted_at desc limit 1"))!;
        seen.Add(await psychologist.FollowAsync(seen[0]));
        seen.Add(await peer.AcceptAsync(id));
        seen.Add(await peer.GetAsync($"/my-case/{id}"));
        seen.Add(await peer.RevealAsync(id));
        seen.Add(await peer.CloseAsync(id));
        foreach (var page in seen)
        {
            var addresses = page.Document.QuerySelectorAll("[href],[action],[src]")
                .SelectMany(element => new[] { element.GetAttribute("href"), element.GetAttribute("action"), element.GetAttribute("src") })
                .Where(address => address is not null && !address.StartsWith("tel:", StringComparison.Ordinal) && !address.StartsWith("sms:", StringComparison.Ordinal))
                .Append(page.Location?.ToString()).Append(page.Address.ToString());
            foreach (var address in addresses)
                marker.All.ShouldAllBe(words => address == null || !Uri.UnescapeDataString(address).Contains(words, StringComparison.OrdinalIgnoreCase));
        }
    }

    private async Task<(Journey.Marker Marker, Guid Id, PageClient Peer)> GivenHeldAsync(string login)
    {
        using var psychologist = await web.App.SignedInAsync("psychologist1");
        var peer = await web.App.SignedInAsync(login);
        var marker = Journey.Marker.Plant();
        var id = await web.App.GivenPostedCaseAsync(psychologist, marker);
        (await peer.AcceptAsync(id)).Location.ShouldNotBeNull();
        return (marker, id, peer);
    }
}
