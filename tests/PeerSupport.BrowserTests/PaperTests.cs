using System.Text;
using Microsoft.Playwright;
using PeerSupport.DevKit;
using PeerSupport.Domain.Escalation;
using PeerSupport.Domain.Sealing;
using UglyToad.PdfPig;

namespace PeerSupport.BrowserTests;

/// <summary>The two sheets as they come out of a printer: made by a real browser, read by a PDF library.</summary>
public sealed class PaperTests(BrowserFixture browser)
{
    private static readonly string[] Vocabulary =
        ["Poor", "sleep", "for", "two", "months", "after", "the", "shooting", "in", "September;", "three", "talks", "with", "a", "peer", "helped.", "Would", "like", "steady", "support", "outside."];

    public static TheoryData<string, string, string> Sheets() =>
        [.. from sheet in new[] { "referral", "officer-copy" } from format in new[] { "A4", "Letter" } from facts in new[] { "usual", "longest", "widest" } select (sheet, format, facts)];

    [Theory]
    [MemberData(nameof(Sheets))]
    public async Task A_sheet_is_one_page_with_every_agreed_word_on_it(string sheet, string format, string kind)
    {
        string[] agreed =
        [
            Fact(kind, "Marisol Vann", AgreedFacts.ShortMost), Fact(kind, "206-555-0164", AgreedFacts.ShortMost),
            Fact(kind, "Evenings", AgreedFacts.ShortMost), Fact(kind, "Poor sleep for two months.", AgreedFacts.InShortMost),
        ];
        var track = await browser.App.GivenTrackAsync(facts: Facts(agreed), department: true);
        var page = await browser.SignedInAsync("clinician1", phone: false);
        await page.GotoAsync($"/tracks/{track}/{sheet}");
        var pdf = await page.PdfAsync(new() { Format = format, PrintBackground = false });
        await page.Context.CloseAsync();

        using var document = PdfDocument.Open(pdf);
        document.NumberOfPages.ShouldBe(1);
        var paper = document.GetPage(1);
        paper.Width.ShouldBe(format == "A4" ? 595.3 : 612, tolerance: 1);
        paper.Height.ShouldBe(format == "A4" ? 841.9 : 792, tolerance: 1.5);
        var text = Squeezed(string.Concat(paper.Letters.Select(letter => letter.Value)));
        foreach (var words in agreed.Concat(["Harlan Bay", "Spanish", "Dr. N. Okafor", "consent", "Voluntary", "not a medical record"]))
            text.ShouldContain(Squeezed(words));
        // Nothing hangs over the edge, and the browser put no address, title or date on it.
        paper.Letters.ShouldAllBe(letter => letter.BoundingBox.Left >= 0 && letter.BoundingBox.Right <= paper.Width && letter.BoundingBox.Bottom >= 0);
        text.ShouldNotContain(track.ToString());
        text.ShouldNotContain("PeerSupport");
        text.ShouldNotContain("Needsomeone");
    }

    [Theory]
    [InlineData("referral")]
    [InlineData("officer-copy")]
    public async Task Nothing_on_paper_is_said_by_colour(string sheet)
    {
        var track = await browser.App.GivenTrackAsync();
        var page = await browser.SignedInAsync("clinician1", phone: false, dark: true);
        await page.GotoAsync($"/tracks/{track}/{sheet}");
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        // Black on white whatever the device's theme is: text and lines.
        var colours = await page.EvaluateAsync<string[]>(
            """
            () => [...new Set([...document.querySelectorAll(".paper, .paper *")].flatMap(element => {
                const style = getComputedStyle(element);
                return [style.color, style.borderTopWidth === "0px" ? style.color : style.borderTopColor];
            }))]
            """);
        colours.ShouldBe(["rgb(0, 0, 0)"]);
        await page.Context.CloseAsync();
    }

    private static AgreedFacts Facts(string[] agreed) => new(
        Confidential.From(agreed[0]), Confidential.From(agreed[1]), Confidential.From(agreed[2]), Confidential.From(agreed[3]), Confidential.From(""), "es", FirstTalk.NextWeeks);

    private static string Fact(string kind, string usual, int most)
    {
        if (kind == "usual")
            return usual;
        if (kind == "widest")
            return new string('W', most);
        var words = new StringBuilder(usual);
        for (var index = 0; words.Length < most; index++)
            words.Append(' ').Append(Vocabulary[index % Vocabulary.Length]);
        return words.ToString(0, most - 1) + ".";
    }

    /// <summary>Without blanks, which a PDF does not keep, and with ligatures taken apart.</summary>
    private static string Squeezed(string text) => string.Concat(text.Normalize(NormalizationForm.FormKC).Where(character => !char.IsWhiteSpace(character)));
}
