using PeerSupport.DevKit;

namespace PeerSupport.BrowserTests;

/// <summary>Spanish words are longer: the same pages, read by people who read Spanish.</summary>
public sealed partial class EveryPageTests
{
    public static TheoryData<string> EveryLogin() => [.. Logins];

    [Theory]
    [MemberData(nameof(EveryLogin))]
    public async Task In_Spanish_every_page_fits_a_small_phone_and_axe_finds_nothing(string login)
    {
        var page = await browser.SignedInAsync(login);
        await page.SetViewportSizeAsync(320, 700);
        await browser.App.SqlAsync("update people set language = 'es'");
        try
        {
            foreach (var (address, _) in await AddressesAsync(login))
            {
                (await page.GotoAsync(address))!.Status.ShouldBeLessThan(500, $"{login} {address}");
                (await page.Locator("html").GetAttributeAsync("lang")).ShouldBe("es", $"{login} {address}");
                await page.IsSoundAsync($"{login} {address}");
            }
        }
        finally
        {
            await browser.App.SqlAsync("update people set language = 'en'");
        }

        await page.Context.CloseAsync();
    }
}
