using System.Net;
using PeerSupport.DevKit;

namespace PeerSupport.IntegrationTests.Http;

/// <summary>What was changed in settings, made through the pages and read on one.</summary>
public sealed class SettingsHistoryPageTests(WebFixture web) : IClassFixture<WebFixture>
{
    [Fact]
    public async Task Each_page_of_settings_leads_to_what_was_changed_there_and_both_languages_say_it()
    {
        using var administrator = await web.App.SignedInAsync("admin1");
        var agency = (Guid)(await web.App.SqlAsync("select id from agencies where name = 'Harlan Bay'"))!;
        (await administrator.GetAsync($"/settings/history?agency={Guid.NewGuid()}")).Text.ShouldContain("No change");
        await administrator.PressAsync(await administrator.GetAsync("/settings/crisis-lines"), "Save the line", [new("label", "County line"), new("tel", "555-0100"), new("english", "call, day and night"), new("spanish", "llamada, de día y de noche"), new("position", "1")]);
        await administrator.PressAsync(await administrator.GetAsync("/settings/crisis-lines"), "Checked today");
        await administrator.PressAsync(await administrator.GetAsync($"/agencies/{agency}"), "Save the plan", [new("tell", "47")]);
        await administrator.PressAsync(await administrator.GetAsync("/settings/situations"), "Take out Call with a child");
        await administrator.PressAsync(await administrator.GetAsync("/settings/texts"), "Put it in use", [new("english", "A wording of this agency that is new."), new("spanish", "Una redacción nueva de esta agencia.")]);

        foreach (var from in new[] { "/settings", "/settings/crisis-lines", "/settings/situations", "/settings/texts", "/agencies", $"/agencies/{agency}" })
        {
            var to = (await administrator.GetAsync(from)).Document.QuerySelector("main a[href^='/settings/history']")?.GetAttribute("href");
            to.ShouldNotBeNull(from);
            var there = await administrator.GetAsync(to);
            there.Status.ShouldBe(HttpStatusCode.OK, from);
            there.Document.QuerySelectorAll(".change").ShouldNotBeEmpty(from);
        }

        var lines = await administrator.GetAsync("/settings/history?kind=5");
        lines.Document.QuerySelectorAll(".change").Length.ShouldBe(2);
        (await administrator.GetAsync("/settings/history?kind=4")).Text.ShouldContain("before: 30 minutes → after: 47 minutes");
        (await administrator.GetAsync("/settings/history?kind=99&agency=none&page=-7")).Document.QuerySelectorAll(".change").Length.ShouldBeGreaterThanOrEqualTo(5);

        var both = new BothLanguages(web.App);
        var (english, spanish) = await both.ReadAsync(administrator, "admin1", reader => reader.GetAsync("/settings/history"));
        (await both.LeftInEnglishAsync(english, spanish)).ShouldBeEmpty();
        english.Text.ShouldContain("Call with a child");
        spanish.Text.ShouldContain("Servicio con un menor");
    }

    [Fact]
    public async Task When_is_told_in_the_zone_of_whoever_reads()
    {
        using var administrator = await web.App.SignedInAsync("admin2");
        await administrator.PressAsync(await administrator.GetAsync("/agencies"), "Rename", [new("name", "Renamed region")]);
        await web.App.SqlAsync("update people p set time_zone = 'Asia/Kathmandu' from accounts a where a.id = p.id and a.email = 'admin2@demo.test'");
        var time = await web.App.SqlAsync("select to_char(at at time zone 'Asia/Kathmandu', 'HH24:MI') from settings_log where kind = 2");
        var page = await administrator.GetAsync("/settings/history?kind=2");
        page.Text.ShouldContain($"{time}, by O. Brandt");
        page.Text.ShouldContain("after: Renamed region");
    }
}
