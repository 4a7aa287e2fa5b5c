using System.Net;
using PeerSupport.DevKit;
using PeerSupport.DevKit.Demonstration;
using PeerSupport.Services.Escalation;
using PeerSupport.Services.Sealing;

namespace PeerSupport.IntegrationTests.Http;

/// <summary>The two pages for people without an account, as they see them: link and code, and the officer's code.</summary>
public sealed class OutsidePageTests(WebFixture web) : IClassFixture<WebFixture>
{
    [Fact]
    public async Task S53_Asking_for_a_link_is_the_same_page_for_every_token_and_changes_nothing()
    {
        var (track, token, _) = await GivenLinkAsync();
        using var visitor = web.App.Visitor();
        var real = await visitor.GetAsync($"/handed/{token}");
        real.Status.ShouldBe(HttpStatusCode.OK);
        real.Answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        real.Answer.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
        real.Html.ShouldContain("noindex");
        foreach (var other in new[] { "zqx", new string('A', 43), Guid.NewGuid().ToString() })
            (await visitor.GetAsync($"/handed/{other}")).Stable().Replace(other, token, StringComparison.Ordinal).ShouldBe(real.Stable());
        using var head = new HttpRequestMessage(HttpMethod.Head, $"/handed/{token}");
        await visitor.Http.SendAsync(head, TestContext.Current.CancellationToken);
        (await web.App.SqlAsync("select count(*) from hand_off_links where track_id = $1 and (opened_at is not null or spent_at is not null or wrong_codes > 0)", track)).ShouldBe(0L);
        visitor.Cookies.GetAllCookies().Select(cookie => cookie.Name).ShouldAllBe(name => name.EndsWith("-Form", StringComparison.Ordinal));
    }

    [Fact]
    public async Task S51_S53_A_clinician_opens_answers_and_neither_token_nor_code_is_in_an_address_or_a_log()
    {
        var (track, token, code) = await GivenLinkAsync();
        using var visitor = web.App.Visitor();
        var page = await visitor.GetAsync($"/handed/{token}");
        var wrong = await visitor.PressAsync(page, "Show what was agreed", [new("code", "1")]);
        wrong.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        wrong.Text.ShouldContain("There is a problem");

        var opened = await visitor.PressAsync(page, "Show what was agreed", [new("code", $"{code[..4]} {code[4..]}")]);
        opened.Status.ShouldBe(HttpStatusCode.OK);
        opened.Text.ShouldContain("Marisol Vann");
        opened.Answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await visitor.PressAsync(page, "Show what was agreed", [new("code", code)])).Text.ShouldNotContain("Marisol", Case.Sensitive);

        var answered = await visitor.PressAsync(opened, "Yes, I take it");
        answered.Text.ShouldContain("Recorded: you take it.");
        answered.Text.ShouldContain("Dr. N. Okafor");
        (await web.App.SqlAsync("select state from formal_tracks where id = $1", track)).ShouldBe(4);
        (await visitor.PressAsync(opened, "Yes, I take it")).Text.ShouldContain("Recorded: you take it.");
        (await visitor.PressAsync(page, "Show what was agreed", [new("code", code)])).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);

        foreach (var log in web.App.LogFiles)
        {
            await using var stream = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var lines = await new StreamReader(stream).ReadToEndAsync(TestContext.Current.CancellationToken);
            lines.ShouldContain("/handed/{Token}"); // else the search looks at nothing
            lines.ShouldNotContain(token, Case.Sensitive);
            lines.ShouldNotContain(code, Case.Sensitive);
            lines.ShouldNotContain("Marisol", Case.Sensitive);
        }
    }

    [Fact]
    public async Task A_post_without_the_forms_token_does_nothing()
    {
        var (_, token, code) = await GivenLinkAsync();
        using var visitor = web.App.Visitor();
        using var form = new FormUrlEncodedContent([new("_handler", "open"), new("code", code)]);
        (await visitor.Http.PostAsync(new Uri($"/handed/{token}", UriKind.Relative), form, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task An_officer_takes_a_code_of_their_own_looks_and_takes_consent_back_in_two_steps()
    {
        var track = await web.App.GivenTrackAsync();
        var code = new OfficerCodes(Secret).Of(track);
        using var officer = web.App.Visitor();
        var page = await officer.GetAsync("/my-referral");
        var unknown = await officer.PressAsync(page, "Show where it stands", [new("code", "7K3M-PQ2X-0A9C-HH4T")]);
        unknown.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);

        var offered = await officer.PressAsync(page, "Show where it stands", [new("code", code)]);
        offered.Text.ShouldContain("Take a code of your own");
        offered.Text.ShouldNotContain("Waiting for the clinician");
        var own = offered.Document.QuerySelector("p.code")!.TextContent.Trim();
        var stands = await officer.PressAsync(offered, "I have written it down");
        (await officer.PressAsync(page, "Show where it stands", [new("code", code)])).Status.ShouldBe(HttpStatusCode.UnprocessableEntity, "the printed one is over");
        (await officer.PressAsync(page, "Show where it stands", [new("code", own)])).Text.ShouldContain("Waiting for the clinician to answer");
        stands.Text.ShouldContain("Waiting for the clinician to answer");
        stands.Text.ShouldNotContain("Marisol", Case.Sensitive);
        var asked = await officer.PressAsync(stands, "Take my consent back");
        (await web.App.SqlAsync("select consent_withdrawn_at is null from formal_tracks where id = $1", track)).ShouldBe(true);
        var done = await officer.PressAsync(asked, "Take my consent back");
        done.Text.ShouldContain("Your consent is taken back");
        (await web.App.SqlAsync("select consent_withdrawn_at is null from formal_tracks where id = $1", track)).ShouldBe(false);
        done.Address.OriginalString.ShouldNotContain(code, Case.Sensitive);
        done.Address.OriginalString.ShouldNotContain(own, Case.Sensitive);
    }

    private InstallationSecret Secret => new(web.App.Settings.KeyDirectory);

    /// <summary>A track handed to somebody without an account, and its link.</summary>
    private async Task<(Guid Track, string Token, string Code)> GivenLinkAsync()
    {
        var person = DemonstrationPeople.All.Single(one => one.Login == "clinician1").Id;
        var track = await web.App.GivenTrackAsync();
        var outside = Guid.NewGuid();
        await web.App.SqlAsync(
            """
            insert into clinicians (id, region_id, name, licence, phone, email, specialities, languages, distance, telehealth, accepting, last_verified, active)
            select $1, region_id, 'Dr. Outside', licence, phone, 'outside@demo.test', '{}', '{en}', 2, false, true, current_date, true from clinicians where person_id = $2
            """, outside, person);
        await web.App.SqlAsync("update formal_tracks set clinician_id = $2, referred_at = now() - interval '1 hour' where id = $1", track, outside);
        var secrets = new LinkSecrets(Secret);
        var link = secrets.IdOf(track, 99);
        await web.App.SqlAsync(
            """
            insert into hand_off_links (id, track_id, clinician_id, steward_id, issued_at, expires_at, wrong_codes)
            select $1, id, clinician_id, steward_id, now(), now() + interval '7 days', 0 from formal_tracks where id = $2
            """, link, track);
        return (track, secrets.TokenOf(link), secrets.CodeOf(link));
    }
}
