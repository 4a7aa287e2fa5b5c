using System.Net;
using PeerSupport.DevKit;
using PeerSupport.Services.Escalation;
using PeerSupport.Services.Sealing;

namespace PeerSupport.IntegrationTests.Http;

/// <summary>A hand-off from the first page to the last, by people who read Spanish: also what only forms lead to.</summary>
public sealed class EscalationInSpanishTests(WebFixture web) : IClassFixture<WebFixture>
{
    private readonly BothLanguages both = new(web.App);

    [Fact]
    public async Task A_peer_hands_on_in_Spanish_and_the_officer_may_have_the_copy_in_English()
    {
        var (id, peer) = await GivenHeldAsync("peer2");
        using var _ = peer;
        await SpanishAsync(await peer.GetAsync($"/hand-on/{id}"));
        var form = await SpanishAsync(await peer.GetAsync($"/hand-on/{id}/consent"));
        var wrong = await SpanishAsync(await peer.PressAsync(form, "Repasarlo una vez más", [new("name", new string('a', 300))]));
        wrong.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        wrong.Document.Title!.ShouldStartWith("Problema:");
        wrong.Text.ShouldContain("El nombre puede tener como máximo 200 caracteres. Usted escribió 300");

        var marker = Journey.Marker.Plant();
        var review = await SpanishAsync(await peer.PressAsync(wrong, "Repasarlo una vez más",
            [.. wrong.FirstChoices("Repasarlo una vez más"), new("name", marker.Name), new("reach", marker.Reach), new("short", marker.Words), new("consent", "yes"), new("check-in", "yes")]), marker);
        review.Text.ShouldContain("¿Derivar esto?");
        var done = await SpanishAsync(await peer.PressAsync(review, "Derivar"), marker);
        done.Text.ShouldContain("Derivado a");
        Copy(done).ShouldContain("Cómo retirarlo");

        var tracks = await CountAsync();
        var other = await peer.PressAsync(done, "The copy in English");
        other.Status.ShouldBe(HttpStatusCode.OK, other.Text);
        other.Document.QuerySelector("article.paper")!.GetAttribute("lang").ShouldBe("en");
        Copy(other).ShouldContain("How to take it back");
        Copy(other).ShouldContain(marker.Words);
        Copy(other).ShouldNotContain("Fecha");
        other.Document.QuerySelector("article .code")!.TextContent.ShouldBe(done.Document.QuerySelector("article .code")!.TextContent);
        Copy(await peer.PressAsync(other, "La copia en español")).ShouldBe(Copy(done));
        (await CountAsync()).ShouldBe(tracks, "asking for the other language hands nothing on again");
        await SpanishAsync(await peer.GetAsync("/my-case"));
    }

    [Fact]
    public async Task The_danger_page_says_the_exceptions_in_the_present_tense_in_Spanish_too()
    {
        var (id, peer) = await GivenHeldAsync("peer3");
        using var _ = peer;
        var page = await peer.GetAsync($"/hand-on/{id}/danger");
        page.Text.ShouldContain("Me dijo que");
        page.Document.QuerySelectorAll("input[name=basis]").Select(one => one.ParentElement!.TextContent.Trim())
            .ShouldBe(["tiene pensamientos suicidas", "tiene pensamientos homicidas", "está cometiendo delitos"]);
        page.Document.QuerySelector("blockquote")!.TextContent.ShouldBe($"“{Domain.People.DisclaimerVersion.StandardSpanish}”");
        await SpanishAsync(page);
        await peer.PressAsync(page, "Enviar la alerta");
        var waiting = await SpanishAsync(await peer.GetAsync($"/hand-on/{id}/danger"));
        waiting.Text.ShouldContain("Aún sin respuesta");
        (await peer.GetAsync("/hand-on/alarm")).Text.ShouldContain("sin respuesta");
        await SpanishAsync(await peer.PressAsync(waiting, "Continuar"));

        var confirm = await SpanishAsync(await peer.PressAsync(waiting, "Continuar", [new("basis", "Homicidal")]));
        confirm.Text.ShouldContain("Le dijo que tiene pensamientos homicidas.");
        var opened = await SpanishAsync(await peer.PressAsync(confirm, "Abrir el registro formal"));
        Copy(opened).ShouldContain("usted dijo que tiene pensamientos homicidas");
        Copy(await peer.PressAsync(opened, "The copy in English")).ShouldContain("you said that you are homicidal");
        await web.App.SqlAsync("delete from danger_alerts");
    }

    [Fact]
    public async Task A_track_is_read_recorded_and_ended_in_Spanish()
    {
        var track = await web.App.GivenTrackAsync();
        using var clinician = await SpanishReaderAsync("clinician1");
        await SpanishAsync(await clinician.GetAsync("/tracks"));
        await SpanishAsync(await clinician.GetAsync("/tracks?list=ended&q=zz"));
        var open = await SpanishAsync(await clinician.GetAsync($"/tracks/{track}"));
        var taken = await SpanishAsync(await clinician.FollowAsync(await clinician.PressAsync(open, "Aceptar")));
        taken.Text.ShouldContain("La psicóloga o el psicólogo ve que usted lo tiene.");
        await SpanishAsync(await clinician.PressAsync(taken, "Anotar", [new("on", "1999-01-01")]));
        await SpanishAsync(await clinician.PressAsync(taken, "Fijar", [new("next-on", ""), new("next-at", "")]));
        var kept = await SpanishAsync(await clinician.FollowAsync(await clinician.PressAsync(taken, "Anotar")));
        await clinician.PressAsync(kept, "Fijar", [new("next-on", TimeProvider.System.GetUtcNow().AddDays(9).ToString("yyyy-MM-dd", null)), new("next-at", "10:00")]);
        (await clinician.GetAsync($"/tracks/{track}/appointment.ics")).Html.ShouldContain("SUMMARY:Cita de PeerSupport");
        var wrong = await SpanishAsync(await clinician.FollowAsync(await clinician.PressAsync(await clinician.GetAsync($"/tracks/{track}"), "Anotar la corrección", [new("entry", "4")])));
        wrong.Text.ShouldContain("Corrección");
        await SpanishAsync(await clinician.GetAsync($"/tracks/{track}/transfer"));
        await SpanishAsync(await clinician.GetAsync($"/tracks/{track}/referral"));
        var copy = await SpanishAsync(await clinician.GetAsync($"/tracks/{track}/officer-copy"));
        var other = copy.Document.QuerySelector("a[hreflang=en]")!.GetAttribute("href")!;
        Copy(await clinician.GetAsync(other)).ShouldContain("How to take it back");
        var asked = await SpanishAsync(await clinician.PressAsync(wrong, "El oficial retira su consentimiento"));
        var ended = await SpanishAsync(await clinician.FollowAsync(await clinician.PressAsync(asked, "Sí, dejar de compartir")));
        ended.Text.ShouldContain("El oficial retiró su consentimiento");

        using var psychologist = await SpanishReaderAsync("psychologist1");
        await SpanishAsync(await psychologist.GetAsync($"/tracks/{track}"));
    }

    [Fact]
    public async Task A_psychologist_keeps_the_directory_the_times_and_her_duty_in_Spanish()
    {
        using var psychologist = await SpanishReaderAsync("psychologist1");
        var duty = await SpanishAsync(await psychologist.PressAsync(await psychologist.GetAsync("/on-call"), "Ponerse de guardia", [new("phone", "1")]));
        await SpanishAsync(await psychologist.FollowAsync(await psychologist.PressAsync(duty, "Ponerse de guardia", [new("phone", "206-555-0150")])));
        await SpanishAsync(await psychologist.FollowAsync(await psychologist.PressAsync(await psychologist.GetAsync("/on-call"), "Dejar la guardia")));
        var entry = await SpanishAsync(await psychologist.GetAsync("/clinicians/new"));
        await SpanishAsync(await psychologist.PressAsync(entry, "Añadir al directorio", [new("name", new string('a', 201))]));
        await SpanishAsync(await psychologist.GetAsync("/clinicians?q=zzz"));
        await SpanishAsync(await psychologist.GetAsync("/clinicians?out=1"));
        await SpanishAsync(await psychologist.PressAsync(await psychologist.GetAsync("/tracks/retention"), "Guardar", [new("months", "0")]));
    }

    [Fact]
    public async Task Somebody_without_an_account_answers_and_takes_consent_back_in_Spanish()
    {
        var track = await web.App.GivenTrackAsync();
        var code = new OfficerCodes(new InstallationSecret(web.App.Settings.KeyDirectory)).Of(track);
        using var officer = web.App.Visitor();
        officer.Http.DefaultRequestHeaders.Add("Accept-Language", "es");
        var page = await SpanishAsync(await officer.GetAsync("/my-referral"));
        await SpanishAsync(await officer.PressAsync(page, "Mostrar cómo está", [new("code", "7K3M-PQ2X-0A9C-HH4T")]));
        var offered = await SpanishAsync(await officer.PressAsync(page, "Mostrar cómo está", [new("code", code)]));
        var stands = await SpanishAsync(await officer.PressAsync(offered, "Ya lo anoté"));
        var asked = await SpanishAsync(await officer.PressAsync(stands, "Retirar mi consentimiento"));
        (await SpanishAsync(await officer.PressAsync(asked, "Retirar mi consentimiento"))).Text.ShouldContain("Su consentimiento está retirado.");
    }

    private async Task<long> CountAsync() => (long)(await web.App.SqlAsync("select count(*) from formal_tracks"))!;

    private static string Copy(Page page) => page.Document.QuerySelector("article.paper")!.TextContent;

    private async Task<Page> SpanishAsync(Page page, Journey.Marker? marker = null)
    {
        var left = await both.EnglishInAsync(page);
        left.Where(words => marker is null || !marker.All.Any(words.Contains)).ShouldBeEmpty(page.Address.PathAndQuery);
        return page;
    }

    private async Task<PageClient> SpanishReaderAsync(string login)
    {
        var client = await web.App.SignedInAsync(login);
        await both.SpeakAsync(login, "es");
        return client;
    }

    private async Task<(Guid Id, PageClient Peer)> GivenHeldAsync(string login)
    {
        await both.SpeakAsync("psychologist1", "en");
        using var psychologist = await web.App.SignedInAsync("psychologist1");
        var peer = await web.App.SignedInAsync(login);
        var id = await web.App.GivenPostedCaseAsync(psychologist);
        (await peer.AcceptAsync(id)).Location.ShouldNotBeNull();
        await both.SpeakAsync(login, "es");
        return (id, peer);
    }
}
