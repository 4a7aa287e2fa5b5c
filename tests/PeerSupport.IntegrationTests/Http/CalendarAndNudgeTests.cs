using System.Net;
using Ical.Net;
using PeerSupport.DevKit;

namespace PeerSupport.IntegrationTests.Http;

/// <summary>Two small things around a hand-off: the appointment for a calendar, and the word to a peer that it may be time.</summary>
public sealed class CalendarAndNudgeTests(WebFixture web) : IClassFixture<WebFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_appointment_goes_into_a_calendar_with_its_time_and_no_name()
    {
        var track = await web.App.GivenTrackAsync();
        using var clinician = await web.App.SignedInAsync("clinician1", Token);
        await clinician.PressAsync(await clinician.GetAsync($"/tracks/{track}", Token), "Acknowledge", cancellationToken: Token);
        var address = new Uri($"/tracks/{track}/appointment.ics", UriKind.Relative);
        (await clinician.Http.GetAsync(address, Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound, "none is set");

        var day = TimeProvider.System.GetUtcNow().AddDays(9).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        await clinician.PressAsync(await clinician.GetAsync($"/tracks/{track}", Token), "Set", [new("next-on", day), new("next-at", "14:15")], Token);
        (await clinician.GetAsync($"/tracks/{track}", Token)).Html.ShouldContain($"/tracks/{track}/appointment.ics");
        var at = (DateTime)(await web.App.SqlAsync("select next_appointment_at from formal_tracks where id = $1", track))!;
        using var psychologist = await web.App.SignedInAsync("psychologist1", Token);
        foreach (var client in new[] { clinician, psychologist })
        {
            using var answer = await client.Http.GetAsync(address, Token);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/calendar");
            answer.Content.Headers.ContentDisposition!.FileName.ShouldBe("appointment.ics");
            answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
            var text = await answer.Content.ReadAsStringAsync(Token);
            var one = Calendar.Load(text)!.Events.Single();
            one.Start!.AsUtc.ShouldBe(at);
            one.Summary.ShouldBe("PeerSupport appointment");
            foreach (var words in new[] { "Marisol", "Vann", "206-555", "sleep", "Varga", "Okafor", "Harlan", $"{track}", $"{track:N}" })
                text.ShouldNotContain(words, Case.Insensitive);
        }
    }

    [Fact]
    public async Task From_the_third_contact_in_thirty_days_the_peer_sees_why_and_how_to_hand_on()
    {
        using var psychologist = await web.App.SignedInAsync("psychologist1", Token);
        using var peer = await web.App.SignedInAsync("peer2", Token);
        var id = await web.App.GivenPostedCaseAsync(psychologist);
        await peer.AcceptAsync(id);
        for (var contact = 1; contact <= 4; contact++)
        {
            var counted = await peer.FollowAsync(await peer.PressAsync(await peer.GetAsync($"/my-case/{id}", Token), "Count a contact", cancellationToken: Token), Token);
            counted.Text.Contains("It may be time to hand on", StringComparison.Ordinal).ShouldBe(contact >= 3, $"after {contact}");
            (counted.Document.QuerySelector($".nudge a[href='/hand-on/{id}']") is not null).ShouldBe(contact >= 3);
        }

        var how = await peer.GetAsync($"/hand-on/{id}", Token);
        how.Text.ShouldContain("What it means");
        how.Document.QuerySelector($"a[href='/hand-on/{id}/consent']").ShouldNotBeNull();
        how.Document.QuerySelector($"a[href='/hand-on/{id}/danger']").ShouldNotBeNull();

        await web.App.SqlAsync("update support_cases set contact_days = array(select d - 40 from unnest(contact_days) d) where id = $1", id);
        (await peer.GetAsync($"/my-case/{id}", Token)).Text.ShouldNotContain("It may be time to hand on");
        await peer.CloseAsync(id);
    }
}
