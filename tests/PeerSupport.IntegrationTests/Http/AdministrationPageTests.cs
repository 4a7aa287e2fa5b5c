using System.Net;
using PeerSupport.DevKit;

namespace PeerSupport.IntegrationTests.Http;

/// <summary>What an administrator does through pages and forms only, and what no page of theirs ever holds.</summary>
public sealed class AdministrationPageTests(WebFixture web) : IClassFixture<WebFixture>
{
    private const string Heading = "name,email,agency,role,languages,tags,training date,trained until";

    [Fact]
    public async Task S04_No_page_of_an_administrator_holds_anything_of_a_case()
    {
        using var psychologist = await web.App.SignedInAsync("psychologist1");
        using var peer = await web.App.SignedInAsync("peer1");
        using var administrator = await web.App.SignedInAsync("admin1");
        var marker = Journey.Marker.Plant();
        var id = await web.App.GivenPostedCaseAsync(psychologist, marker);
        (await peer.AcceptAsync(id)).Location.ShouldNotBeNull();
        var holder = (Guid)(await web.App.SqlAsync("select holder_id from support_cases where id = $1", id))!;
        var agency = (Guid)(await web.App.SqlAsync("select agency_id from people where id = $1", holder))!;
        foreach (var path in new[]
        {
            "/people", "/people/new", "/people/import", $"/people/{holder}", "/people/export", "/approvals", "/agencies", "/agencies/new", $"/agencies/{agency}", "/settings", "/settings/texts",
            "/settings/crisis-lines", "/settings/situations", "/settings/history", "/operations", "/operations/channels", "/operations/work", "/clinicians", "/report/calendar", "/account",
        })
        {
            var page = await administrator.GetAsync(path);
            page.Status.ShouldBe(HttpStatusCode.OK, path);
            foreach (var mark in marker.All.Append(id.ToString()))
                page.Html.ShouldNotContain(mark, customMessage: path);
        }

        foreach (var path in new[] { $"/notices/{id}", $"/my-case/{id}", "/cases", "/tracks" })
            (await administrator.GetAsync(path)).Status.ShouldBe(HttpStatusCode.NotFound, path);
        await peer.CloseAsync(id);
    }

    [Fact]
    public async Task One_administrator_asks_and_another_one_approves()
    {
        using var first = await web.App.SignedInAsync("admin1");
        using var second = await web.App.SignedInAsync("admin2");
        var mail = $"{Guid.NewGuid():N}@test.example";
        var form = await first.GetAsync("/people/new");
        (await first.PressAsync(form, "Add and send", [new("name", "")])).Text.ShouldContain("There is a problem");
        var agency = await web.App.SqlAsync("select id from agencies where name = 'Harlan Bay'");
        var added = await first.PressAsync(form, "Add and send", [new("name", "N. Arroyo"), new("email", mail), new("agency", $"{agency}"), new("role", "2")]);
        added.Status.ShouldBe(HttpStatusCode.SeeOther, added.Text);
        var person = await first.FollowAsync(added);
        person.Text.ShouldContain("Waits for a second person");
        var own = await first.GetAsync("/approvals");
        own.Text.ShouldContain("Somebody else decides this");

        // A forged yes of whoever asked changes nothing.
        var request = (Guid)(await web.App.SqlAsync("select a.id from approvals a join accounts c on c.id = a.person_id where c.email = $1", mail))!;
        var forgedByAsker = await first.Http.PostAsync(new Uri(web.App.Url, "/approvals"), new FormUrlEncodedContent(
            [new("_handler", "yes"), new("request", $"{request}"), new(own.AntiforgeryTokenOr(person).Name, own.AntiforgeryTokenOr(person).Value)]), TestContext.Current.CancellationToken);
        forgedByAsker.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await web.App.SqlAsync("select count(*) from approvals where id = $1 and granted is null", request)).ShouldBe(1L);

        (await second.PressAsync(await second.GetAsync("/approvals"), "Approve N. Arroyo")).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await web.App.SqlAsync("select count(*) from role_grants g join accounts c on c.id = g.person_id where c.email = $1 and g.role = 2", mail)).ShouldBe(1L);
        (await first.GetAsync("/approvals")).Text.ShouldContain("Approved by O. Brandt");
    }

    [Fact]
    public async Task A_list_is_checked_mended_and_brought_in()
    {
        using var administrator = await web.App.SignedInAsync("admin1");
        var mark = Guid.NewGuid().ToString("N")[..8];
        var list = $"{Heading}\nAda {mark},ada{mark}@test.example,Harlan Bay,peer,en;es,veteran,2026-03-01,2028-03-01\n=1+1,bad{mark}@test.example,Harlan Bay,peer,,,,\n";
        var start = await administrator.GetAsync("/people/import");
        (await administrator.PressAsync(start, "Check the list")).Text.ShouldContain("Choose a file, or paste a list");
        var preview = await administrator.PressAsync(start, "Check the list", [new("list", list)]);
        preview.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        preview.Text.ShouldContain("1 of 2 rows have a problem");
        preview.HasButton("Bring in").ShouldBeFalse();
        var sound = await administrator.PressAsync(preview, "Leave out the row");
        sound.Text.ShouldContain("All 1 rows are sound");
        var done = await administrator.PressAsync(sound, "Bring in 1 people");
        done.Status.ShouldBe(HttpStatusCode.SeeOther, done.Text);
        (await administrator.FollowAsync(done)).Text.ShouldContain("1 people were brought in");
        (await administrator.GetAsync($"/people?q=ada{mark}")).Text.ShouldContain($"Ada {mark}");
    }

    [Fact]
    public async Task A_file_may_be_larger_than_any_other_form_and_too_large_a_one_is_told_so()
    {
        using var administrator = await web.App.SignedInAsync("admin1");
        foreach (var (bytes, status, words) in new[] { (900_000, HttpStatusCode.UnprocessableEntity, "more than 500 people"), (1_200_000, HttpStatusCode.UnprocessableEntity, "larger than 1 MB"), (5_000_000, HttpStatusCode.RequestEntityTooLarge, "too long") })
        {
            var line = "Somebody,somebody@test.example,Harlan Bay,peer,,,,\n";
            var file = System.Text.Encoding.UTF8.GetBytes(Heading + "\n" + string.Concat(Enumerable.Repeat(line, bytes / line.Length)));
            var (name, value) = (await administrator.GetAsync("/people/import")).AntiforgeryToken();
            using var form = new MultipartFormDataContent { { new StringContent("check"), "_handler" }, { new StringContent(value), name }, { new ByteArrayContent(file), "file", "people.csv" } };
            using var request = new HttpRequestMessage(HttpMethod.Post, "/people/import") { Content = form };
            request.Headers.ExpectContinue = true;
            var answer = await Page.ReadAsync(await administrator.Http.SendAsync(request, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
            answer.Status.ShouldBe(status, $"{bytes}");
            answer.Text.ShouldContain(words);
        }
    }

    [Theory]
    [InlineData("/afterwards")]
    [InlineData("/hand-on/0f7e1f5e-3f0c-4a55-9f6e-2f2f2b1f7a11/danger")]
    public async Task A_line_of_ones_own_agency_stands_where_somebody_is_told_to_call(string where)
    {
        using var administrator = await web.App.SignedInAsync("admin1");
        using var peer = await web.App.SignedInAsync("peer3");
        var agency = (Guid)(await web.App.SqlAsync("select agency_id from people p join accounts a on a.id = p.id where a.email = 'peer3@demo.test'"))!;
        (await peer.GetAsync(where)).Document.QuerySelectorAll("main a[href='tel:5550155']").ShouldBeEmpty();
        var page = await administrator.GetAsync("/settings/crisis-lines");
        await administrator.PressAsync(page, "Save the line", [new("label", "Own line"), new("tel", "555-0155"), new("english", "call"), new("spanish", "llamada"), new("position", "1"), new("agency", agency.ToString())]);
        await administrator.PressAsync(await administrator.GetAsync("/settings/crisis-lines"), "Checked today");
        (await peer.GetAsync(where)).Document.QuerySelectorAll("main a[href='tel:5550155']").ShouldHaveSingleItem();
        await administrator.PressAsync(await administrator.GetAsync("/settings/crisis-lines"), "Remove");
    }

    [Fact]
    public async Task A_crisis_line_that_was_checked_stands_at_the_foot_of_every_page()
    {
        using var administrator = await web.App.SignedInAsync("admin1");
        using var visitor = web.App.Visitor();
        (await visitor.GetAsync("/sign-in")).Text.ShouldContain("COPLINE");
        var page = await administrator.GetAsync("/settings/crisis-lines");
        (await administrator.PressAsync(page, "Save the line", [new("label", "County line 555-0100"), new("tel", "555-0100"), new("english", "call, day and night"), new("spanish", "llamada, de día y de noche"), new("position", "1")])).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await visitor.GetAsync("/sign-in")).Text.ShouldNotContain("County line");
        (await administrator.PressAsync(await administrator.GetAsync("/settings/crisis-lines"), "Checked today")).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await visitor.GetAsync("/sign-in")).Text.ShouldContain("County line 555-0100 call, day and night");
        (await administrator.GetAsync("/there/is/nothing")).Text.ShouldContain("County line");
        (await administrator.PressAsync(await administrator.GetAsync("/settings/crisis-lines"), "Remove")).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await visitor.GetAsync("/sign-in")).Text.ShouldContain("COPLINE");
    }
}

/// <summary>Tokens of either page.</summary>
internal static class Tokens
{
    public static (string Name, string Value) AntiforgeryTokenOr(this Page page, Page other) =>
        page.Document.QuerySelector("input[name*=RequestVerificationToken]") is null ? other.AntiforgeryToken() : page.AntiforgeryToken();
}
