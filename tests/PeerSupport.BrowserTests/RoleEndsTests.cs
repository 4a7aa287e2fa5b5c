using Microsoft.Playwright;
using PeerSupport.DevKit;
using static Microsoft.Playwright.Assertions;

namespace PeerSupport.BrowserTests;

/// <summary>A role that is removed ends what its holder has open: over the real circuit, without a click or a reload.</summary>
public sealed class RoleEndsTests(BrowserFixture browser)
{
    /// <summary>Well within the half minute after which a list looks again by itself: it is the removal that is heard.</summary>
    private const int Soon = 15_000;

    [Fact]
    public async Task S3_A_peer_who_loses_the_role_sees_the_open_board_go_from_the_screen()
    {
        await browser.NobodyHoldsAnythingAsync();
        var id = await browser.App.GivenOpenCaseAsync();
        var peer = await browser.SignedInAsync("peer12");
        await peer.GotoAsync("/notices");
        var notice = peer.Locator($"a[href='/notices/{id}']");
        await Expect(notice).ToBeVisibleAsync();
        await OnCircuitAsync(peer);

        await RemoveRoleAsync("admin2", "peer12", "Peer");
        await Expect(peer.GetByRole(AriaRole.Heading, new() { Name = "You have been signed out" })).ToBeVisibleAsync(new() { Timeout = Soon });
        await Expect(notice).ToHaveCountAsync(0);
        await SamePageAsync(peer);
        await GiveBackAsync("peer12", 2);
    }

    [Fact]
    public async Task S3_A_psychologist_who_loses_the_role_sees_her_open_list_go_from_the_screen()
    {
        var psychologist = await browser.SignedInAsync("psychologist2", phone: false);
        await psychologist.GotoAsync("/cases");
        await OnCircuitAsync(psychologist);

        await RemoveRoleAsync("admin1", "psychologist2", "Psychologist");
        await Expect(psychologist.GetByRole(AriaRole.Heading, new() { Name = "You have been signed out" })).ToBeVisibleAsync(new() { Timeout = Soon });
        await SamePageAsync(psychologist);
        await GiveBackAsync("psychologist2", 1);
    }

    /// <summary>Until the list on the page is one that a circuit keeps; and a mark that only this loading of the page carries.</summary>
    private static async Task OnCircuitAsync(IPage page)
    {
        await page.Locator(".live:not(.alarms)[data-live=true]").WaitForAsync();
        await page.EvaluateAsync("() => { window.loadedOnce = true; }");
    }

    private static async Task SamePageAsync(IPage page)
    {
        (await page.EvaluateAsync<bool>("() => window.loadedOnce === true")).ShouldBeTrue("nobody loaded it again");
        await page.Context.CloseAsync();
    }

    private async Task RemoveRoleAsync(string administrator, string login, string role)
    {
        using var admin = await browser.App.SignedInAsync(administrator);
        var person = await browser.App.SqlAsync("select id from accounts where email = $1", $"{login}@demo.test");
        var done = await admin.PressAsync(await admin.GetAsync($"/people/{person}"), $"Remove the role “{role}”");
        done.Location.ShouldNotBeNull(done.Text);
    }

    /// <summary>For the tests that come after.</summary>
    private async Task GiveBackAsync(string login, int role)
    {
        await browser.App.SqlAsync("insert into role_grants (person_id, role) select id, $2 from accounts where email = $1", $"{login}@demo.test", role);
        await browser.NobodyHoldsAnythingAsync();
    }
}
