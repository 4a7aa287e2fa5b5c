using System.Net;
using PeerSupport.DevKit;

namespace PeerSupport.IntegrationTests.Http;

/// <summary>The forms of a track's pages, pressed without any script, from the hand-off to its end.</summary>
public sealed class TrackPageTests(WebFixture web) : IClassFixture<WebFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private static string Today => Iso(0);

    [Fact]
    public async Task A_clinician_takes_a_track_from_the_inbox_to_its_end()
    {
        var track = await web.App.GivenTrackAsync();
        using var clinician = await web.App.SignedInAsync("clinician1", Token);
        var page = await clinician.GetAsync($"/tracks/{track}", Token);
        page.Text.ShouldContain("Marisol Vann");
        page.HasButton("Record").ShouldBeFalse("nothing is recorded before it is taken");
        page = await DoneAsync(clinician, page, "Acknowledge", "Acknowledged. The psychologist sees that you have it.");
        page = await DoneAsync(clinician, page, "Record", "Recorded.", new("what", "FirstKept"), new("on", Today));
        page = await DoneAsync(clinician, page, "Set", "Recorded.", new("next-on", Iso(5)), new("next-at", "10:30"));
        page.Text.ShouldContain("appointment", Case.Insensitive);
        page = await DoneAsync(clinician, page, "Record", "Recorded.", new("what", "InCare"), new("on", Today));
        page = await DoneAsync(clinician, page, "Record", "Recorded.", new("what", "Kept"), new("on", Today));
        page = await DoneAsync(clinician, page, "Record", "Recorded.", new("what", "Missed"), new("on", Today));
        (await StateAsync(track)).ShouldBe(6);

        var asked = await clinician.PressAsync(page, "Record", [new("what", "Completed"), new("on", Today)], Token);
        asked.Text.ShouldContain("The care came to its end?");
        asked.Text.ShouldNotContain("Marisol", Case.Sensitive);
        (await StateAsync(track)).ShouldBe(6, "asked first");
        page = await DoneAsync(clinician, asked, "Yes, it is completed", "Recorded.");
        (await StateAsync(track)).ShouldBe(7);
        page.HasButton("Record what").ShouldBeFalse();
        page.HasButton("Set").ShouldBeFalse();
        (await KindsAsync(track)).ShouldBe("1,2,3,5,11,6,12,13,7");
    }

    [Theory]
    [InlineData("Record", "on", "", "Enter the day on which it happened")]
    [InlineData("Record", "on", "2999-01-01", "Enter the day on which it happened")]
    [InlineData("Record", "on", "31.12.2025", "Enter the day on which it happened")]
    [InlineData("Set", "next-on", "", "Enter day and time of an appointment")]
    [InlineData("Set", "next-on", "2020-01-01", "Enter day and time of an appointment")]
    [InlineData("Set", "next-on", "2999-01-01", "Enter day and time of an appointment")]
    [InlineData("Record the correction", "entry", "", "Choose the entry that was wrong")]
    [InlineData("Record the correction", "entry", "1", "Choose the entry that was wrong")]
    [InlineData("Record the correction", "entry", "99999999999", "Choose the entry that was wrong")]
    public async Task A_form_that_lacks_something_says_so_at_its_field_and_records_nothing(string button, string field, string value, string sentence)
    {
        var (track, clinician, page) = await GivenAcknowledgedAsync();
        using var _ = clinician;
        var before = await KindsAsync(track);
        var refused = await clinician.PressAsync(page, button, [new("next-at", "10:00"), new(field, value)], Token);
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, refused.Text);
        refused.Document.Title!.ShouldStartWith("Problem:");
        refused.Document.QuerySelector($"#{field}-e")!.TextContent.ShouldStartWith(sentence);
        refused.Document.QuerySelector($"#{field}")!.GetAttribute("aria-invalid").ShouldBe("true");
        refused.Document.QuerySelector(".problem a")!.GetAttribute("href")!.ShouldEndWith($"#{field}");
        if (button == "Set")
            refused.Document.QuerySelector("#next-at")!.GetAttribute("value").ShouldBe("10:00", "what was typed is kept");
        (await KindsAsync(track)).ShouldBe(before);
    }

    [Fact]
    public async Task A_wrong_entry_is_corrected_once_and_stays()
    {
        var (track, clinician, page) = await GivenAcknowledgedAsync();
        using var _ = clinician;
        page = await DoneAsync(clinician, page, "Record", "Recorded.", new("what", "Missed"), new("on", Today));
        var wrong = page.Document.QuerySelectorAll("#entry option")[^1].GetAttribute("value")!;
        page = await DoneAsync(clinician, page, "Record the correction", "Recorded.", new KeyValuePair<string, string>("entry", wrong));
        page.Document.QuerySelectorAll("#entry option").ShouldAllBe(option => option.GetAttribute("value") != wrong);
        (await KindsAsync(track)).ShouldBe("1,2,3,13,14");
        (await web.App.SqlAsync("select corrects from track_events where track_id = $1 and kind = 14", track)).ShouldBe(int.Parse(wrong, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Withdrawn_consent_is_asked_for_first_and_closes_the_facts_on_the_spot()
    {
        var (track, clinician, page) = await GivenAcknowledgedAsync();
        using var _ = clinician;
        var asked = await clinician.PressAsync(page, "The officer withdraws consent", cancellationToken: Token);
        asked.Text.ShouldContain("The officer withdraws consent?");
        (await StateAsync(track)).ShouldBe(4);
        page = await DoneAsync(clinician, asked, "Yes, stop sharing", "Consent is withdrawn.");
        page.Text.ShouldNotContain("Marisol", Case.Sensitive);
        (await StateAsync(track)).ShouldBe(8);
        (await clinician.PressAsync(asked, "Yes, stop sharing", cancellationToken: Token)).Status.ShouldBe(HttpStatusCode.Conflict, "posted twice");
        (await KindsAsync(track)).ShouldBe("1,2,3,10");
    }

    [Fact]
    public async Task The_psychologist_sets_and_lifts_a_hold_and_ends_a_track_on_the_officers_word()
    {
        var track = await web.App.GivenTrackAsync();
        using var psychologist = await web.App.SignedInAsync("psychologist1", Token);
        var page = await psychologist.GetAsync($"/tracks/{track}", Token);
        page.HasButton("Acknowledge").ShouldBeFalse("that is the clinician's");
        page = await DoneAsync(psychologist, page, "Set a legal hold", "Recorded.");
        (await web.App.SqlAsync("select legal_hold from formal_tracks where id = $1", track)).ShouldBe(true);
        page = await DoneAsync(psychologist, page, "Lift the legal hold", "Recorded.");
        var asked = await psychologist.PressAsync(page, "The officer ends it", cancellationToken: Token);
        asked.Text.ShouldContain("The officer ends it?");
        await DoneAsync(psychologist, asked, "Yes, the officer ends it", "Recorded.");
        (await KindsAsync(track)).ShouldBe("1,2,18,19,8");
    }

    [Fact]
    public async Task A_transfer_asks_for_the_officers_yes_keeps_the_choice_and_then_the_track_is_gone_from_here()
    {
        var (track, clinician, _) = await GivenAcknowledgedAsync();
        using var one = clinician;
        var form = await clinician.GetAsync($"/tracks/{track}/transfer", Token);
        var narrowed = await clinician.PressAsync(form, "Show who fits", [new("f-language", "es")], Token);
        narrowed.Status.ShouldBe(HttpStatusCode.OK);
        var next = (Guid)(await web.App.SqlAsync("select id from clinicians where name = 'Miguel Santoro'"))!;
        narrowed.Html.ShouldContain($"{next}");
        narrowed.Html.ShouldNotContain("Grace Lindholm", Case.Sensitive, "who speaks no Spanish");

        (await clinician.PressAsync(form, "Hand on", cancellationToken: Token)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity, "nobody was chosen");
        var refused = await clinician.PressAsync(narrowed, "Hand on", [new("clinician", $"{next}")], Token);
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Document.QuerySelector("#consent-e").ShouldNotBeNull();
        refused.Document.QuerySelector($"input[name=clinician][value='{next}']")!.HasAttribute("checked").ShouldBeTrue("the choice is kept");
        (await StateAsync(track)).ShouldBe(4);

        (await clinician.PressAsync(refused, "Hand on", [new("consent", "on")], Token)).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await web.App.SqlAsync("select clinician_id from formal_tracks where id = $1 and state = 2", track)).ShouldBe(next);
        var gone = await clinician.GetAsync($"/tracks/{track}", Token);
        gone.Status.ShouldBe(HttpStatusCode.NotFound);
        gone.Body.ShouldBe((await clinician.GetAsync($"/tracks/{Guid.NewGuid()}", Token)).Body);
    }

    [Fact]
    public async Task After_a_decline_the_psychologist_chooses_the_next_and_tells_a_new_code_when_asked()
    {
        var track = await web.App.GivenTrackAsync();
        using var clinician = await web.App.SignedInAsync("clinician1", Token);
        var declined = await clinician.PressAsync(await clinician.GetAsync($"/tracks/{track}", Token), "Decline", cancellationToken: Token);
        (await clinician.FollowAsync(declined, Token)).Text.ShouldContain("Declined.");

        using var psychologist = await web.App.SignedInAsync("psychologist1", Token);
        (await psychologist.GetAsync($"/tracks/{track}", Token)).Text.ShouldContain("Choose another clinician");
        var form = await psychologist.GetAsync($"/tracks/{track}/refer", Token);
        var next = (Guid)(await web.App.SqlAsync("select id from clinicians where name = 'Grace Lindholm'"))!;
        (await psychologist.PressAsync(form, "Hand on", [new("clinician", $"{next}")], Token)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity, "without the officer's yes");
        var referred = await psychologist.FollowAsync(await psychologist.PressAsync(form, "Hand on", [new("clinician", $"{next}"), new("consent", "on")], Token), Token);
        referred.Text.ShouldContain("Grace Lindholm");
        var told = await psychologist.FollowAsync(await psychologist.PressAsync(referred, "Make a new link", cancellationToken: Token), Token);
        System.Text.RegularExpressions.Regex.IsMatch(told.Text, "[0-9]{4} ?[0-9]{4}", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)).ShouldBeTrue(told.Text);
        (await web.App.SqlAsync("select count(*) from hand_off_links where track_id = $1 and spent_at is null", track)).ShouldBe(1L);
        await DoneAsync(psychologist, referred, "They have it", "Acknowledged.");
        (await StateAsync(track)).ShouldBe(4);
        (await psychologist.GetAsync($"/tracks/{track}", Token)).HasButton("Record").ShouldBeTrue("on the word of one without an account");
    }

    private async Task<(Guid Track, PageClient Clinician, Page Page)> GivenAcknowledgedAsync()
    {
        var track = await web.App.GivenTrackAsync();
        var clinician = await web.App.SignedInAsync("clinician1", Token);
        var page = await DoneAsync(clinician, await clinician.GetAsync($"/tracks/{track}", Token), "Acknowledge", "Acknowledged.");
        return (track, clinician, page);
    }

    /// <summary>Presses, follows the redirect of what was done, and reads what is said about it.</summary>
    private static async Task<Page> DoneAsync(PageClient client, Page page, string button, string said, params KeyValuePair<string, string>[] fields)
    {
        var answer = await client.PressAsync(page, button, fields, Token);
        answer.Status.ShouldBe(HttpStatusCode.SeeOther, answer.Text);
        var next = await client.FollowAsync(answer, Token);
        next.Text.ShouldContain(said);
        return next;
    }

    private async Task<int> StateAsync(Guid track) => (int)(await web.App.SqlAsync("select state from formal_tracks where id = $1", track))!;

    /// <summary>Kinds of the entries, but for readings and links.</summary>
    private async Task<string> KindsAsync(Guid track) =>
        (string)(await web.App.SqlAsync("select string_agg(kind::text, ',' order by number) from track_events where track_id = $1 and kind not in (15, 16)", track))!;

    // In the zone of the readers: at midnight in London it is still yesterday where they are.
    private static string Iso(int days) => TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles")).AddDays(days).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
