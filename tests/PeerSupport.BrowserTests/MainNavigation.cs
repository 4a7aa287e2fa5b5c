using Microsoft.Playwright;

namespace PeerSupport.BrowserTests;

/// <summary>The way to other pages, as whoever is signed in finds it.</summary>
internal static class MainNavigation
{
    /// <summary>All of it.</summary>
    public static ILocator Navigation(this IPage page) => page.Locator("header.top nav");

    /// <summary>Follows the link of these words, and unfolds "More" where it is not at hand.</summary>
    public static async Task FollowAsync(this IPage page, string words)
    {
        var navigation = page.Navigation();
        await navigation.WaitForAsync();
        var link = navigation.GetByRole(AriaRole.Link, new() { Name = words, Exact = true });
        if (await link.CountAsync() == 0) // what is folded is no link to anybody
            await navigation.Locator("summary").ClickAsync();
        await link.ClickAsync();
    }
}
