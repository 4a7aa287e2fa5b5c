using System.Net;
using PeerSupport.DevKit;
using PeerSupport.DevKit.Demonstration;

namespace PeerSupport.IntegrationTests.Http;

/// <summary>The pages after a track went from one person to another: who reads what, and what they are told to do.</summary>
public sealed class PassedOnPageTests(WebFixture web) : IClassFixture<WebFixture>
{
    [Fact]
    public async Task After_a_transfer_the_clinician_reads_that_it_is_passed_on_and_the_psychologist_has_code_and_standing()
    {
        var track = await web.App.GivenTrackAsync();
        var without = Guid.NewGuid();
        await web.App.SqlAsync(
            """
            insert into clinicians (id, region_id, name, licence, phone, email, specialities, languages, distance, telehealth, accepting, last_verified, active)
            values ($1, $2, 'Dr. No Account', 'LMFT 12345, Washington', '206-555-0188', 'no-account@practice.test', '{}', '{en}', 2, false, true, current_date, true)
            """, without, DemonstrationPeople.Region);
        using var clinician = await web.App.SignedInAsync("clinician1");
        await clinician.PressAsync(await clinician.GetAsync($"/tracks/{track}"), "Acknowledge");
        var passed = await clinician.PressAsync(
            await clinician.GetAsync($"/tracks/{track}/transfer"), "Hand on", [new("clinician", without.ToString()), new("consent", "on")]);
        passed.Location.ShouldNotBeNull(passed.Text);
        (await clinician.FollowAsync(passed)).Text.ShouldContain("Passed on. The next clinician is asked");

        using var psychologist = await web.App.SignedInAsync("psychologist1");
        var page = await psychologist.GetAsync($"/tracks/{track}");
        page.Text.ShouldContain("Tell them this code by phone");
        page.Text.ShouldContain("They have not opened it yet.");
        var code = Code(page);
        var again = await psychologist.FollowAsync(await psychologist.PressAsync(page, "Make a new link and code"));
        again.Text.ShouldContain("Tell them the new code");
        Code(again).ShouldNotBe(code, StringComparer.Ordinal);
        await web.App.SqlAsync("update hand_off_links set wrong_codes = 5 where track_id = $1", track);
        var locked = await psychologist.GetAsync($"/tracks/{track}");
        locked.Text.ShouldContain("the link is locked");
        locked.Document.QuerySelector(".code").ShouldBeNull();
        await web.App.SqlAsync("update clinicians set last_verified = '1970-01-01' where id = $1", without);
        (await psychologist.GetAsync($"/tracks/{track}")).Text.ShouldContain("no psychologist has checked it");
    }

    [Fact]
    public async Task A_psychologist_takes_over_what_is_left_in_her_agency()
    {
        var track = await web.App.GivenTrackAsync();
        using var psychologist = await web.App.SignedInAsync("psychologist1");
        (await psychologist.GetAsync("/tracks")).Text.ShouldNotContain("Left without a psychologist");
        // As if the psychologist who posted it had lost the role since.
        await web.App.SqlAsync("update formal_tracks set steward_id = $1 where id = $2", DemonstrationPeople.All.Single(one => one.Login == "peer2").Id, track);
        (await psychologist.GetAsync($"/tracks/{track}")).Status.ShouldBe(HttpStatusCode.NotFound);
        var left = await psychologist.GetAsync("/tracks");
        left.Text.ShouldContain("Left without a psychologist");
        using var clinician = await web.App.SignedInAsync("clinician1");
        (await clinician.GetAsync("/tracks")).Text.ShouldNotContain("Left without a psychologist");

        var taken = await psychologist.FollowAsync(await psychologist.PressAsync(left, "Take over"));
        taken.Text.ShouldContain("You are responsible for it now.");
        taken.Text.ShouldContain("Taken over by another psychologist");
        (await psychologist.GetAsync("/tracks")).Text.ShouldNotContain("Left without a psychologist");
    }

    private static string Code(Page page) => page.Document.QuerySelector(".told .code")?.TextContent ?? throw new DevKitException($"There is no code: {page.Text}");
}
