using System.Net;
using PeerSupport.DevKit;
using PeerSupport.DevKit.Demonstration;

namespace PeerSupport.IntegrationTests.Http;

/// <summary>The pages and forms of a track, asked by everybody it does not concern.</summary>
public sealed class TrackAuthorizationTests(WebFixture web) : IClassFixture<WebFixture>
{
    private const string OtherClinician = "peer12";
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static readonly string[] Pages =
        ["/tracks/{0}", "/tracks/{0}?recorded=1", "/tracks/{0}/refer", "/tracks/{0}/transfer", "/tracks/{0}/appointment.ics", "/tracks/{0}/referral", "/tracks/{0}/referral.json", "/tracks/{0}/officer-copy"];

    /// <summary>Every form there is on a track's pages, filled in so that it would do something.</summary>
    private static readonly (string Path, (string Name, string Value)[] Fields)[] Forms =
    [
        ("", [("_handler", "open")]),
        ("", [("_handler", "answer"), ("answer", "acknowledge")]),
        ("", [("_handler", "answer"), ("answer", "decline")]),
        ("", [("_handler", "record"), ("what", "FirstKept"), ("on", "2026-11-20")]),
        ("", [("_handler", "record"), ("what", "InCare"), ("on", "2026-11-20")]),
        ("", [("_handler", "record"), ("what", "Missed"), ("on", "2026-11-20")]),
        ("", [("_handler", "record"), ("what", "Completed"), ("on", "2026-11-20"), ("sure", "yes")]),
        ("", [("_handler", "record"), ("what", "Ended"), ("sure", "yes")]),
        ("", [("_handler", "appointment"), ("next-on", "{soon}"), ("next-at", "10:00")]),
        ("", [("_handler", "correct"), ("entry", "3")]),
        ("", [("_handler", "withdraw"), ("sure", "yes")]),
        ("", [("_handler", "hold"), ("hold", "on")]),
        ("", [("_handler", "link")]),
        ("/refer", [("_handler", "pass-on"), ("clinician", "{next}"), ("consent", "on")]),
        ("/transfer", [("_handler", "pass-on"), ("clinician", "{next}"), ("consent", "on")]),
    ];

    [Fact]
    public async Task S01_Every_page_of_anothers_track_is_the_same_bytes_as_of_a_random_id()
    {
        var track = await GivenTrackAsync(acknowledged: true, appointment: true);
        foreach (var login in new[] { OtherClinician, "psychologist2", "peer1", "coordinator1", "admin1" })
        {
            using var client = await AsAsync(login);
            foreach (var path in Pages)
            {
                var foreign = await client.GetAsync(string.Format(null, path, track), Token);
                var random = await client.GetAsync(string.Format(null, path, Guid.NewGuid()), Token);
                foreign.Status.ShouldBe(HttpStatusCode.NotFound, $"{login} {path}");
                foreign.Body.ShouldBe(random.Body, $"{login} {path}");
                foreign.Answer.Headers.Select(header => header.Key).Order(StringComparer.Ordinal).ShouldBe(random.Answer.Headers.Select(header => header.Key).Order(StringComparer.Ordinal), path);
            }
        }

        using var visitor = web.App.Visitor();
        foreach (var path in Pages)
        {
            var foreign = await visitor.GetAsync(string.Format(null, path, track), Token);
            foreign.Status.ShouldBe(HttpStatusCode.Redirect, path);
            foreign.Location!.OriginalString.ShouldContain("/sign-in");
        }

        // They are there for those they are for.
        using var clinician = await web.App.SignedInAsync("clinician1", Token);
        foreach (var path in Pages.Where(path => !path.EndsWith("/refer", StringComparison.Ordinal)))
            (await clinician.GetAsync(string.Format(null, path, track), Token)).Status.ShouldBe(HttpStatusCode.OK, path);
        (await CountReadsByOthersAsync(track)).ShouldBe(0L);
    }

    [Fact]
    public async Task S07_Every_forged_form_to_anothers_track_is_answered_like_one_to_a_random_id_and_changes_nothing()
    {
        foreach (var acknowledged in new[] { false, true })
        {
            var track = await GivenTrackAsync(acknowledged);
            var before = await StandsAsync(track);
            foreach (var (login, own) in new[] { (OtherClinician, "/tracks"), ("psychologist2", "/tracks/retention"), ("peer1", "/account/passkeys/new"), ("admin1", "/clinicians/new"), ("coordinator1", "/account/passkeys/new") })
            {
                using var client = await AsAsync(login);
                var token = (await client.GetAsync(own, Token)).AntiforgeryToken();
                foreach (var form in Forms)
                {
                    var what = $"{login}: {form.Path} {form.Fields[0].Value} {form.Fields.ElementAtOrDefault(1).Value}";
                    var foreign = await PostAsync(client, track, form, token);
                    var random = await PostAsync(client, Guid.NewGuid(), form, token);
                    foreign.Status.ShouldBe(random.Status, what);
                    ((int)foreign.Status).ShouldBeInRange(400, 404, what);
                    foreign.Body.ShouldBe(random.Body, what);
                }

                // The list has a form of its own, which names the track in a field.
                using var answer = Form(new Uri(web.App.Url, "/tracks"), [("_handler", "answer"), ("answer", "decline"), ("track", $"{track}")], token);
                ((int)(await client.Http.SendAsync(answer, Token)).StatusCode).ShouldBeInRange(400, 404, login);
            }

            (await StandsAsync(track)).ShouldBe(before, $"acknowledged: {acknowledged}");
        }
    }

    [Fact]
    public async Task S07_What_is_the_psychologists_to_do_is_refused_to_the_clinician_and_the_other_way_round()
    {
        var track = await GivenTrackAsync(acknowledged: true);
        var before = await StandsAsync(track);
        using var clinician = await web.App.SignedInAsync("clinician1", Token);
        using var psychologist = await web.App.SignedInAsync("psychologist1", Token);
        foreach (var (client, forms) in new[]
        {
            (clinician, Forms.Where(form => form.Path == "/refer" || form.Fields[0].Value is "hold" or "link")),
            (psychologist, Forms.Where(form => form.Path == "/transfer" || form.Fields[0].Value is "appointment" or "correct" || (form.Fields[0].Value == "record" && form.Fields[1].Value != "Ended"))),
        })
        {
            var token = (await client.GetAsync($"/tracks/{track}", Token)).AntiforgeryToken();
            before = await StandsAsync(track);
            foreach (var form in forms)
            {
                var answered = await PostAsync(client, track, form, token);
                ((int)answered.Status).ShouldBeInRange(400, 422, $"{form.Path} {form.Fields[0].Value}: {answered.Text}");
            }

            (await StandsAsync(track)).ShouldBe(before);
        }
    }

    [Fact]
    public async Task S19_A_form_without_its_token_or_from_another_site_does_nothing()
    {
        var track = await GivenTrackAsync(acknowledged: false);
        using var clinician = await web.App.SignedInAsync("clinician1", Token);
        var page = await clinician.GetAsync($"/tracks/{track}", Token);
        var before = await StandsAsync(track);
        using var without = Form(new Uri(web.App.Url, $"/tracks/{track}"), Forms[1].Fields, ("x", "y"));
        ((int)(await clinician.Http.SendAsync(without, Token)).StatusCode).ShouldBeInRange(400, 403);
        using var foreign = page.Press("Acknowledge");
        foreign.Headers.Add("Origin", "https://evil.example");
        foreign.Headers.Add("Sec-Fetch-Site", "cross-site");
        ((int)(await clinician.Http.SendAsync(foreign, Token)).StatusCode).ShouldBeInRange(400, 403);
        (await StandsAsync(track)).ShouldBe(before);
    }

    private async Task<Guid> GivenTrackAsync(bool acknowledged, bool appointment = false)
    {
        var track = await web.App.GivenTrackAsync();
        if (!acknowledged)
            return track;
        using var clinician = await web.App.SignedInAsync("clinician1", Token);
        (await clinician.PressAsync(await clinician.GetAsync($"/tracks/{track}", Token), "Acknowledge", cancellationToken: Token)).Status.ShouldBe(HttpStatusCode.SeeOther);
        if (appointment)
            (await clinician.PressAsync(await clinician.GetAsync($"/tracks/{track}", Token), "Set", [new("next-on", Soon), new("next-at", "10:00")], Token)).Status.ShouldBe(HttpStatusCode.SeeOther);
        return track;
    }

    /// <summary>Signed in; the second clinician of the demonstration is one of its peers, with that role instead.</summary>
    private async Task<PageClient> AsAsync(string login)
    {
        if (login == OtherClinician)
        {
            var person = DemonstrationPeople.All.Single(one => one.Login == login).Id;
            await web.App.SqlAsync("update role_grants set role = 3 where person_id = $1", person);
            await web.App.GivenTrackAsync(login);
        }

        return await web.App.SignedInAsync(login, Token);
    }

    private async Task<Page> PostAsync(PageClient client, Guid track, (string Path, (string Name, string Value)[] Fields) form, (string Name, string Value) token)
    {
        var next = (Guid)(await web.App.SqlAsync("select id from clinicians where person_id is null and accepting and active order by name limit 1"))!;
        using var request = Form(new Uri(web.App.Url, $"/tracks/{track}{form.Path}"), [.. form.Fields.Select(field => (field.Name, field.Value.Replace("{next}", $"{next}", StringComparison.Ordinal).Replace("{soon}", Soon, StringComparison.Ordinal)))], token);
        return await Page.ReadAsync(await client.Http.SendAsync(request, Token), Token);
    }

    private static string Soon => TimeProvider.System.GetUtcNow().AddDays(5).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static HttpRequestMessage Form(Uri target, (string Name, string Value)[] fields, (string Name, string Value) token) =>
        new(HttpMethod.Post, target) { Content = new FormUrlEncodedContent(fields.Append(token).Select(field => KeyValuePair.Create(field.Name, field.Value))) };

    /// <summary>Everything that could have been changed, but for readings of the clinician, which opening a page adds.</summary>
    private async Task<string> StandsAsync(Guid track) => (string)(await web.App.SqlAsync(
        """
        select concat_ws('|', t.state, t.clinician_id, t.ended_at, t.consent_withdrawn_at, t.next_appointment_at, t.legal_hold,
            (select count(*) from track_events e where e.track_id = t.id), (select count(*) from hand_off_links l where l.track_id = t.id))
        from formal_tracks t where t.id = $1
        """, track))!;

    private async Task<long> CountReadsByOthersAsync(Guid track) => (long)(await web.App.SqlAsync(
        "select count(*) from track_events e join accounts a on a.id = e.actor_id where e.track_id = $1 and e.kind = 15 and a.email <> 'clinician1@demo.test'", track))!;
}
