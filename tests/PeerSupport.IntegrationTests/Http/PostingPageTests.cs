using System.Net;
using PeerSupport.DevKit;

namespace PeerSupport.IntegrationTests.Http;

/// <summary>The posting form and the pages after it, as they work without any script.</summary>
public sealed class PostingPageTests(WebFixture web) : IClassFixture<WebFixture>
{
    [Fact]
    public async Task A_form_sent_twice_is_posted_once_and_the_second_answer_says_so()
    {
        using var psychologist = await web.App.SignedInAsync("psychologist1");
        var before = await Cases();
        var form = await psychologist.GetAsync("/cases/new");
        var filled = Filled(form, "103");
        (await psychologist.PressAsync(form, "Post to peers", filled)).Location!.ToString().ShouldBe("/cases?posted=1");
        var again = await psychologist.PressAsync(form, "Post to peers", filled);
        again.Location!.ToString().ShouldBe("/cases?posted-before=1");
        (await psychologist.FollowAsync(again)).Text.ShouldContain("It was posted before, and stands here once.");
        (await Cases()).ShouldBe(before + 1);

        // The next form is another case.
        (await psychologist.PostCaseAsync(Journey.Marker.Plant())).Location!.ToString().ShouldBe("/cases?posted=1");
        (await Cases()).ShouldBe(before + 2);
    }

    [Theory]
    [InlineData("102", "Type", "This type is rare lately")]
    [InlineData("1002", "Category", "This category is rare lately")]
    public async Task What_is_rare_comes_back_once_with_the_warning_and_is_then_posted(string type, string level, string warning)
    {
        using var psychologist = await web.App.SignedInAsync("psychologist2");
        await web.App.SqlAsync("delete from posted_counts where situation_type_id = 102 or situation_type_id / 100 = 10");
        var before = await Cases();
        var form = await psychologist.GetAsync("/cases/new");
        var warned = await psychologist.PressAsync(form, "Post to peers", [.. Filled(form, type), new("level", level)]);
        warned.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        warned.Text.ShouldContain(warning);
        warned.Document.QuerySelector("[data-rare]")!.HasAttribute("hidden").ShouldBeFalse();
        (await Cases()).ShouldBe(before);

        (await psychologist.PressAsync(warned, "Post to peers")).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await Cases()).ShouldBe(before + 1);
    }

    [Fact]
    public async Task Who_has_seen_the_warning_in_the_preview_is_not_asked_again()
    {
        using var psychologist = await web.App.SignedInAsync("psychologist2");
        await web.App.SqlAsync("delete from posted_counts where situation_type_id = 102");
        var form = await psychologist.GetAsync("/cases/new");
        var preview = await psychologist.PressAsync(form, "Show what peers will see", Filled(form, "102"));
        (await psychologist.PressAsync(preview, "Post to peers")).Status.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task Who_must_not_get_it_is_asked_by_name_because_an_agency_picks_nobody()
    {
        using var psychologist = await web.App.SignedInAsync("psychologist1");
        var form = await psychologist.GetAsync("/cases/new");
        form.Document.GetElementById("not-h")!.TextContent.ShouldBe("Name. They are never told.");
    }

    [Fact]
    public async Task A_refused_accept_leads_back_to_a_page_that_is_there()
    {
        using var psychologist = await web.App.SignedInAsync("psychologist1");
        using var peer = await web.App.SignedInAsync("peer5");
        var id = await web.App.GivenPostedCaseAsync(psychologist);
        var open = await peer.GetAsync($"/notices/{id}");
        await web.App.SqlAsync("update peers set on_duty = false where person_id = (select id from accounts where email = 'peer5@demo.test')");
        var refused = await peer.PressAsync(open, "Accept");
        refused.Status.ShouldBe(HttpStatusCode.Conflict);
        refused.Text.ShouldContain("You are off duty.");
        foreach (var link in refused.Document.QuerySelectorAll("main a"))
            (await peer.GetAsync(link.GetAttribute("href")!)).Status.ShouldBe(HttpStatusCode.OK, link.TextContent);
    }

    [Fact]
    public async Task A_case_whose_peer_left_is_opened_again_from_its_psychologists_list()
    {
        using var psychologist = await web.App.SignedInAsync("psychologist1");
        using var peer = await web.App.SignedInAsync("peer8");
        var id = await web.App.GivenPostedCaseAsync(psychologist);
        await peer.AcceptAsync(id);
        (await psychologist.GetAsync($"/cases/{id}/withdraw")).HasButton("Open it again").ShouldBeFalse();

        await web.App.SqlAsync("update people set active = false where id = (select id from accounts where email = 'peer8@demo.test')");
        var list = await psychologist.GetAsync("/cases");
        list.Text.ShouldContain("They can no longer act for it.");
        var page = await psychologist.PressAsync(list, "Take back");
        page.Document.QuerySelector("h1")!.TextContent.ShouldBe("Take this case back?");
        var open = await psychologist.FollowAsync(await psychologist.PressAsync(page, "Open it again"));
        open.Text.ShouldContain("It is open again.");
        (await web.App.SqlAsync("select count(*) from support_cases where id = $1 and status = 1", id)).ShouldBe(1L);
    }

    [Fact]
    public async Task The_close_page_says_which_counts_stay_and_for_how_long()
    {
        using var psychologist = await web.App.SignedInAsync("psychologist1");
        using var peer = await web.App.SignedInAsync("peer7");
        var id = await web.App.GivenPostedCaseAsync(psychologist);
        await peer.AcceptAsync(id);
        (await peer.GetAsync($"/my-case/{id}/close")).Text.ShouldContain("for three months, one more in how many of its kind were posted");
    }

    private static KeyValuePair<string, string>[] Filled(Page form, string type) =>
        [.. form.FirstChoices("Post to peers"), new("name", "A Name"), new("reach", "206-555-0100"), new("type", type)];

    private async Task<long> Cases() => (long)(await web.App.SqlAsync("select count(*) from support_cases"))!;
}
