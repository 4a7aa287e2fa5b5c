using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace PeerSupport.BrowserTests;

/// <summary>What holds for every page, however it was reached.</summary>
internal static class SoundPage
{
    /// <summary>All its rules; what passed them is not written down.</summary>
    private static readonly AxeRunOptions OnlyViolations = new() { ResultTypes = [ResultType.Violations] };

    /// <summary>Axe finds nothing, and nothing is wider than the window.</summary>
    /// <param name="page">The page as it stands.</param>
    /// <param name="name">What it is, for the message.</param>
    public static async Task IsSoundAsync(this IPage page, string name)
    {
        // Where scripts are off, axe never ends: rather a failed test than a run without end.
        var found = await page.RunAxe(OnlyViolations).WaitAsync(TimeSpan.FromMinutes(1));
        found.Violations.Select(violation => $"{name}: {violation.Id} at {string.Join(", ", violation.Nodes.Select(node => node.Html))}").ShouldBeEmpty();
        await page.FitsAsync(name);
    }

    /// <summary>Nothing is wider than the window.</summary>
    public static async Task FitsAsync(this IPage page, string name) =>
        (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(page.ViewportSize!.Width, name);
}
