using System.Net;
using System.Text.Json;
using PeerSupport.DevKit;

namespace PeerSupport.IntegrationTests.Http;

/// <summary>The referral on paper, as a file, and the officer's copy, asked of the running app.</summary>
public sealed class ReferralTests(WebFixture web) : IClassFixture<WebFixture>
{
    private const string Officer = "Marisol Vann";
    private static readonly string[] Sheets = ["/tracks/{0}/referral", "/tracks/{0}/referral.json", "/tracks/{0}/officer-copy"];

    [Fact]
    public async Task The_clinician_takes_the_referral_over_and_it_stands_in_the_record()
    {
        var track = await web.App.GivenTrackAsync();
        using var clinician = await web.App.SignedInAsync("clinician1");
        using var answer = await clinician.Http.GetAsync(new Uri($"/tracks/{track}/referral.json", UriKind.Relative), TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("application/fhir+json");
        answer.Content.Headers.ContentDisposition!.ToString().ShouldContain("attachment; filename=referral.fhir.json");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        using var bundle = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        bundle.RootElement.GetProperty("resourceType").GetString().ShouldBe("Bundle");
        bundle.RootElement.GetRawText().ShouldContain(Officer);
        (await ReadsAsync(track)).ShouldBe("3");
    }

    [Fact]
    public async Task The_referral_is_printed_from_a_page_that_carries_no_name_in_title_or_address()
    {
        var track = await web.App.GivenTrackAsync();
        using var clinician = await web.App.SignedInAsync("clinician1");
        var page = await clinician.GetAsync($"/tracks/{track}/referral");
        page.Text.ShouldContain(Officer);
        page.Text.ShouldContain("Dr. N. Okafor");
        page.Document.Title.ShouldBe("Referral · PeerSupport");
        page.Answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await ReadsAsync(track)).ShouldBe("2");
    }

    [Fact]
    public async Task The_officers_copy_holds_the_facts_for_the_clinician_and_only_the_way_back_for_the_psychologist()
    {
        var track = await web.App.GivenTrackAsync();
        using var psychologist = await web.App.SignedInAsync("psychologist1");
        var described = await psychologist.GetAsync($"/tracks/{track}/officer-copy");
        described.Text.ShouldContain("How to take it back");
        described.Text.ShouldContain($"{new Uri(web.App.Settings.PublicOrigin, "/").Authority}/my-referral");
        described.Text.ShouldNotContain(Officer);
        (await ReadsAsync(track)).ShouldBe("");

        using var clinician = await web.App.SignedInAsync("clinician1");
        var whole = await clinician.GetAsync($"/tracks/{track}/officer-copy");
        whole.Text.ShouldContain(Officer);
        whole.Document.Title!.ShouldNotContain(Officer);
        whole.Document.QuerySelector(".code")!.TextContent.ShouldBe(described.Document.QuerySelector(".code")!.TextContent);
        (await ReadsAsync(track)).ShouldBe("5");
    }

    [Fact]
    public async Task S01_A_foreign_track_is_the_same_bytes_as_none()
    {
        var track = await web.App.GivenTrackAsync();
        foreach (var login in new[] { "psychologist2", "psychologist1", "peer1", "coordinator1", "admin1" })
        {
            using var client = await web.App.SignedInAsync(login);
            foreach (var sheet in Sheets.Where(sheet => login != "psychologist1" || !sheet.EndsWith("copy", StringComparison.Ordinal)))
            {
                var foreign = await client.GetAsync(string.Format(null, sheet, track));
                foreign.Status.ShouldBe(HttpStatusCode.NotFound, $"{login} {sheet}");
                foreign.Body.ShouldBe((await client.GetAsync(string.Format(null, sheet, Guid.NewGuid()))).Body, $"{login} {sheet}");
            }
        }

        (await ReadsAsync(track)).ShouldBe("");
    }

    [Fact]
    public async Task After_the_officer_withdrew_nothing_is_printed_any_more()
    {
        var track = await web.App.GivenTrackAsync();
        await web.App.SqlAsync("update formal_tracks set consent_withdrawn_at = now() where id = $1", track);
        using var clinician = await web.App.SignedInAsync("clinician1");
        foreach (var sheet in Sheets)
        {
            var page = await clinician.GetAsync(string.Format(null, sheet, track));
            page.Status.ShouldBe(HttpStatusCode.Conflict, sheet);
            page.Text.ShouldContain("withdrew consent");
            page.Text.ShouldNotContain(Officer);
        }

        (await ReadsAsync(track)).ShouldBe("");
    }

    [Fact]
    public async Task S47_S51_Printing_leaves_no_fact_in_the_log_and_none_in_an_address()
    {
        var track = await web.App.GivenTrackAsync();
        using var clinician = await web.App.SignedInAsync("clinician1");
        foreach (var sheet in Sheets)
        {
            var page = await clinician.GetAsync(string.Format(null, sheet, track));
            page.Document.QuerySelectorAll("[href],[src],[action]").ShouldAllBe(element => !element.OuterHtml.Split('>', 2)[0].Contains("Vann", StringComparison.Ordinal));
        }

        var lines = web.App.LogLines();
        lines.Count(line => line.Contains("/tracks/{Id:guid}/referral", StringComparison.OrdinalIgnoreCase)).ShouldBeGreaterThan(0, "else the search looks at nothing");
        foreach (var line in lines)
        {
            line.ShouldNotContain("Vann");
            line.ShouldNotContain("206-555-0164");
            line.ShouldNotContain(track.ToString());
        }
    }

    /// <summary>Reasons of the recorded readings, in order.</summary>
    private async Task<string> ReadsAsync(Guid track) =>
        (string)(await web.App.SqlAsync("select coalesce(string_agg(reason::text, ',' order by number), '') from track_events where track_id = $1 and kind = 15", track))!;
}
