using Microsoft.Playwright;
using UglyToad.PdfPig;

namespace PeerSupport.BrowserTests;

/// <summary>A quarterly report, from the sign-in to the paper.</summary>
public sealed class ReportTests(BrowserFixture browser)
{
    [Fact]
    public async Task A_quarterly_report_takes_five_clicks()
    {
        var page = await browser.SignedInAsync("coordinator1", phone: false); // first click: sign in; it opens on the report
        page.Url.ShouldEndWith("/report");
        var year = (await page.Locator("#year option").AllTextContentsAsync())[^1];
        await page.GetByLabel("Year", new() { Exact = true }).SelectOptionAsync(year); // second
        await page.GetByLabel("Part of the year").SelectOptionAsync(new SelectOptionValue { Label = "April to June" }); // third
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync(); // fourth
        (await page.TextContentAsync(".head"))!.ShouldContain($"April to June {year}");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Excel" }).ClickAsync()); // fifth
        download.SuggestedFilename.ShouldBe($"program-report-{year}-q2.xlsx");
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("A4", "en")]
    [InlineData("Letter", "es")]
    public async Task It_prints_with_every_line_and_nothing_of_the_screen_around_it(string format, string language)
    {
        var page = await browser.SignedInAsync("coordinator1", phone: false, dark: true);
        await page.GotoAsync($"/report?lang={language}");
        var cells = await page.Locator("main tbody th, main tbody td").AllInnerTextsAsync();
        cells.Count.ShouldBeGreaterThan(60);
        await page.SetViewportSizeAsync(700, 900); // about as wide as the paper
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        (await page.EvaluateAsync<bool>("() => [...document.querySelectorAll('main .scroll')].some(table => table.scrollWidth > table.clientWidth + 1)")).ShouldBeFalse("paper cannot be scrolled");
        var pdf = await page.PdfAsync(new() { Format = format, PrintBackground = false });
        using var document = PdfDocument.Open(pdf);
        document.NumberOfPages.ShouldBeInRange(1, 5);
        var text = Squeezed(string.Concat(document.GetPages().SelectMany(sheet => sheet.Letters).Select(letter => letter.Value)));
        foreach (var cell in cells)
            text.ShouldContain(Squeezed(cell));
        text.ShouldContain(Squeezed(await page.Locator(".protect li").First.InnerTextAsync()));
        foreach (var around in new[] { "Signout", "Needsomeone", "CSV", "988" })
            text.ShouldNotContain(around);
        foreach (var sheet in document.GetPages())
            sheet.Letters.ShouldAllBe(letter => letter.BoundingBox.Left >= 0 && letter.BoundingBox.Right <= sheet.Width);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task On_paper_bars_are_told_apart_without_colour()
    {
        var page = await browser.SignedInAsync("coordinator1", phone: false, dark: true);
        await page.GotoAsync("/report");
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        var fills = await page.EvaluateAsync<string[]>("() => [...new Set([...document.querySelectorAll('.chart .sure, .chart .maybe')].map(bar => bar.getAttribute('class') + ' ' + getComputedStyle(bar).fill))].sort()");
        fills.ShouldBe(["maybe url(\"#hatch\")", "sure rgb(0, 0, 0)"]);
        await page.Context.CloseAsync();
    }

    private static string Squeezed(string text) => string.Concat(text.Normalize(System.Text.NormalizationForm.FormKC).Where(character => !char.IsWhiteSpace(character)));
}
