using Microsoft.Playwright;

namespace PeerSupport.BrowserTests;

/// <summary>The head of a page leaves a phone to the page, and leads everywhere without a script.</summary>
public sealed class NavigationTests(BrowserFixture browser)
{
    private const int TwoRows = 52 + 44 + 2;

    [Theory]
    [InlineData("psychologist1", "Tracks")]
    [InlineData("peer1", "You")]
    [InlineData("clinician1", "Tracks")]
    [InlineData("coordinator1", "Report")]
    [InlineData("admin1", "Operations")]
    public async Task On_a_phone_it_takes_two_rows_in_both_languages_and_leads_everywhere_without_scripts(string login, string last)
    {
        var page = await browser.SignedInAsync(login, scripts: false);
        (await HeightAsync(page)).ShouldBeLessThanOrEqualTo(TwoRows);
        await page.FollowAsync(last);
        await page.WaitForLoadStateAsync();
        await page.Locator("nav [aria-current=page]", new() { HasTextString = last }).WaitForAsync(new() { State = WaitForSelectorState.Attached });

        await browser.App.SqlAsync("update people set language = 'es' where id = (select id from accounts where email = $1)", $"{login}@demo.test");
        try
        {
            await page.ReloadAsync();
            (await HeightAsync(page)).ShouldBeLessThanOrEqualTo(TwoRows, "in Spanish");
        }
        finally
        {
            await browser.App.SqlAsync("update people set language = 'en' where id = (select id from accounts where email = $1)", $"{login}@demo.test");
        }

        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("psychologist1", 6)]
    [InlineData("admin1", 5)]
    public async Task Where_there_is_room_nothing_is_folded(string login, int links)
    {
        var page = await browser.SignedInAsync(login, phone: false, scripts: false);
        await page.Navigation().WaitForAsync();
        (await page.Navigation().GetByRole(AriaRole.Link).CountAsync()).ShouldBe(links);
        (await HeightAsync(page)).ShouldBeLessThanOrEqualTo(62, "one row");
        await page.Context.CloseAsync();
    }

    private static async Task<float> HeightAsync(IPage page) => (await page.Locator("header.top").BoundingBoxAsync())!.Height;
}
