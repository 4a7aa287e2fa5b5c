using System.Net;
using PeerSupport.DevKit;
using PeerSupport.DevKit.Demonstration;

namespace PeerSupport.IntegrationTests.Http;

/// <summary>Cases whose psychologist is gone, on the page of the others and on the administrators'.</summary>
public sealed class LeftCasePageTests(WebFixture web) : IClassFixture<WebFixture>
{
    private const string Card = "Cases whose psychologist is gone";

    [Fact]
    public async Task She_takes_it_over_with_one_press_and_reads_no_name_before_or_after()
    {
        using var psychologist = await web.App.SignedInAsync("psychologist1");
        (await psychologist.GetAsync("/cases")).Text.ShouldNotContain(Card);
        var marker = Journey.Marker.Plant();
        var id = await web.App.GivenPostedCaseAsync(psychologist, marker);
        await GivenTo("peer2", id); // as if the psychologist who posted it had lost the role since
        (await psychologist.GetAsync($"/cases/{id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        var left = await psychologist.GetAsync("/cases");
        left.Text.ShouldContain(Card);
        using var peer = await web.App.SignedInAsync("peer1");
        (await peer.GetAsync("/cases")).Text.ShouldNotContain(Card);

        var taken = await psychologist.FollowAsync(await psychologist.PressAsync(left, "Take over"));
        taken.Text.ShouldContain("It is yours now.");
        taken.Text.ShouldNotContain(Card);
        (await psychologist.GetAsync($"/cases/{id}")).Status.ShouldBe(HttpStatusCode.OK);
        foreach (var page in new[] { left, taken })
            marker.All.ShouldAllBe(word => !page.Html.Contains(word, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_comes_too_late_reads_why_and_the_rest_of_the_list()
    {
        using var psychologist = await web.App.SignedInAsync("psychologist1");
        var id = await web.App.GivenPostedCaseAsync(psychologist);
        await GivenTo("peer2", id);
        var left = await psychologist.GetAsync("/cases");
        await GivenTo("psychologist2", id);
        await Move(DemonstrationPeople.HarlanBay);
        var late = await psychologist.PressAsync(left, "Take over");
        late.Status.ShouldBe(HttpStatusCode.Conflict);
        late.Text.ShouldContain("This case has a psychologist: a colleague was faster");
        late.Text.ShouldNotContain(Card);
        late.Text.ShouldContain("My cases");

        using var administrator = await web.App.SignedInAsync("admin1");
        (await administrator.GetAsync("/agencies")).Text.ShouldContain("No active psychologist: Cedar County");
        await Move(DemonstrationPeople.CedarCounty);
        (await administrator.GetAsync("/agencies")).Text.ShouldNotContain("No active psychologist");
        await web.App.SqlAsync("delete from support_cases where id = $1", id); // she is back at her own agency, and it would be without one again
    }

    private static Guid Person(string login) => DemonstrationPeople.All.Single(one => one.Login == login).Id;

    private async Task GivenTo(string login, Guid id)
    {
        await web.App.SqlAsync("update support_cases set psychologist_id = $1 where id = $2", Person(login), id);
        await web.App.SqlAsync("update deliveries set posted_by = $1 where case_id = $2", Person(login), id);
    }

    private async Task Move(Guid agency) => await web.App.SqlAsync("update people set agency_id = $1 where id = $2", agency, Person("psychologist2"));
}
