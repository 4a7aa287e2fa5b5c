using System.Net;
using System.Text;
using AngleSharp.Dom;
using ExcelDataReader;
using Microsoft.VisualBasic.FileIO;
using PeerSupport.DevKit;

namespace PeerSupport.IntegrationTests.Http;

/// <summary>The coordinator's page over HTTP, and its files read back by readers that know nothing of it.</summary>
public sealed class ReportTests(WebFixture web) : IClassFixture<WebFixture>
{
    [Fact]
    public async Task S58_The_page_and_its_files_are_the_same_bytes_before_and_after_new_cases()
    {
        using var coordinator = await web.App.SignedInAsync("coordinator1");
        var before = await ReadAllAsync(coordinator);
        using var psychologist = await web.App.SignedInAsync("psychologist1");
        using var peer = await web.App.SignedInAsync("peer3");
        for (var round = 0; round < 3; round++)
        {
            var id = await web.App.GivenPostedCaseAsync(psychologist);
            (await peer.AcceptAsync(id)).Location.ShouldNotBeNull();
            (await ReadAllAsync(coordinator)).ShouldBe(before, "while it is held");
            await web.App.GivenTalkAsync(id);
            (await peer.CloseAsync(id)).Location.ShouldNotBeNull();
        }

        await web.App.SqlAsync("select tally_case(current_date, '9', 'Supported', 'under-15m', 'x', 'one') from generate_series(1, 500)");
        (await web.App.SqlAsync("select count from tallies where measure = 4 and cell = 'x'")).ShouldBe(500);
        (await ReadAllAsync(coordinator)).ShouldBe(before);
    }

    [Theory]
    [InlineData("?year=2025&part=q9")]
    [InlineData("?year=2025%27%20or%201=1&part=q1")]
    [InlineData("?year=99999999999&part=y")]
    [InlineData("?year=-1&part=m13")]
    [InlineData("?year=2025&part=m5")]
    [InlineData("?agency=1&category=9&from=2026-11-01&to=2026-11-02&measure=4")]
    [InlineData("?lang=%3Cscript%3E&part=q3")]
    [InlineData("?year=2025&year=2024&part=q1&part=q2")]
    public async Task S59_A_tampered_address_changes_nothing(string query)
    {
        using var coordinator = await web.App.SignedInAsync("coordinator1");
        var usual = await coordinator.GetAsync("/report");
        var tampered = await coordinator.GetAsync("/report" + query);
        tampered.Status.ShouldBe(HttpStatusCode.OK);
        Tables(tampered).ShouldBe(Tables(usual));
        tampered.Html.ShouldNotContain("<script>", Case.Insensitive);
        (await coordinator.GetAsync("/report/csv" + query)).Html.ShouldBe((await coordinator.GetAsync("/report/csv")).Html);
        Words((await coordinator.GetAsync("/report/xlsx" + query)).Body).ShouldBe(Words((await coordinator.GetAsync("/report/xlsx")).Body));
    }

    [Theory]
    [InlineData("en")]
    [InlineData("es")]
    public async Task The_files_equal_the_screen_cell_by_cell(string language)
    {
        using var coordinator = await web.App.SignedInAsync("coordinator1");
        foreach (var period in await PeriodsAsync(coordinator))
        {
            var page = await coordinator.GetAsync($"/report?{period}&lang={language}");
            var screen = page.Document.QuerySelectorAll("main table").Select(table => new
            {
                Title = table.QuerySelector("caption")!.TextContent,
                Heads = table.QuerySelectorAll("thead th").Select(cell => cell.TextContent).ToList(),
                Rows = table.QuerySelectorAll("tbody tr, tfoot tr").Select(row => row.Children.Select(cell => cell.TextContent).ToList()).ToList(),
            }).ToList();
            screen.Count.ShouldBe(5, period);

            var csv = Csv((await coordinator.GetAsync($"/report/csv?{period}&lang={language}")).Body);
            var book = Workbook((await coordinator.GetAsync($"/report/xlsx?{period}&lang={language}")).Body);
            for (var index = 0; index < screen.Count; index++)
            {
                var table = screen[index];
                var lines = csv.Where(line => line[0] == table.Title).ToList();
                lines.Select(line => (line[1], line[2])).ShouldBe(table.Rows.Select(row => (row[0], row[1])), table.Title);
                var sheet = book[index];
                sheet[0][0].ShouldBe(table.Title);
                sheet[1].Where((_, column) => column is not (2 or 3)).ShouldBe(table.Heads);
                sheet.Skip(2).Select(row => string.Join('|', row.Where((_, column) => column is not (2 or 3)))).ShouldBe(table.Rows.Select(row => string.Join('|', row)));
                // The numbers are numbers, and the words are made of them.
                foreach (var (row, line) in sheet.Skip(2).Zip(lines))
                {
                    (row[2] is double or null).ShouldBeTrue();
                    $"{row[2]}".ShouldBe(line[3]);
                    $"{row[3]}".ShouldBe(line[4]);
                    if (row is [_, string shown, double lower and > 0, double upper, ..])
                        shown.ShouldContain($"{lower}", Case.Sensitive, $"{shown} {upper}");
                }
            }

            book[5].Select(row => $"{row[0]}{row[1]}").ShouldBe(page.Document.QuerySelectorAll(".prog dl div").Select(figure => figure.TextContent), "the programme");
            book[6].Count.ShouldBeGreaterThan(4, "the notes");
        }
    }

    [Fact]
    public async Task S54_A_line_that_looks_like_a_formula_is_text_in_both_files()
    {
        // A table of a quarter in which the installation did not count yet: nobody compares with it.
        await web.App.SqlAsync(
            """
            insert into releases (measure, period_kind, period_start, released_on, epsilon_thousandths, threshold, band_width) values (4, 2, '2021-01-01', '2021-05-01', 1000, 10, 5);
            insert into published_bands (measure, period_kind, period_start, cell, place, english, spanish, lower, upper)
            select 4, 2, '2021-01-01', 'cell' || n, n, line, line, 10, 14
            from unnest(array['=HYPERLINK("http://x","y")', '+1', '-1', '@SUM(A1)', e'\t=1', ' =1', 'Harlan, "Bay"']) with ordinality lines (line, n)
            """);
        using var coordinator = await web.App.SignedInAsync("coordinator1");
        var csv = Csv((await coordinator.GetAsync("/report/csv?year=2021&part=q1")).Body).Skip(1).Take(7).Select(line => line[1]).ToList();
        csv.ShouldBe(["'=HYPERLINK(\"http://x\",\"y\")", "'+1", "'-1", "'@SUM(A1)", "'=1", "' =1", "Harlan, \"Bay\""]);
        var xlsx = (await coordinator.GetAsync("/report/xlsx?year=2021&part=q1")).Body;
        Workbook(xlsx)[0].Skip(2).Select(row => row[0]).ShouldContain("=HYPERLINK(\"http://x\",\"y\")");
        using var zip = new System.IO.Compression.ZipArchive(new MemoryStream(xlsx));
        foreach (var sheet in zip.Entries.Where(entry => entry.FullName.Contains("worksheets/", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(sheet.Open());
            (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldNotContain("<f>", Case.Insensitive, "no cell is a formula");
        }
    }

    [Fact]
    public async Task Each_chart_says_what_its_table_says_and_has_a_role_and_a_name()
    {
        using var coordinator = await web.App.SignedInAsync("coordinator1");
        var page = await coordinator.GetAsync("/report");
        foreach (var section in page.Document.QuerySelectorAll("main section.more"))
        {
            var chart = section.QuerySelector("svg.chart")!;
            chart.GetAttribute("role").ShouldBe("img");
            var named = chart.GetAttribute("aria-labelledby")!.Split(' ').Select(id => page.Document.GetElementById(id)!.TextContent).ToList();
            foreach (var row in section.QuerySelectorAll("tbody tr"))
                named[1].ShouldContain($"{row.Children[0].TextContent}: {row.Children[1].TextContent}");
        }
    }

    [Fact]
    public async Task Files_are_for_coordinators_only()
    {
        foreach (var login in new[] { "psychologist1", "peer1", "clinician1", "admin1" })
        {
            using var client = await web.App.SignedInAsync(login);
            foreach (var file in new[] { "/report/csv", "/report/xlsx" })
                (await client.GetAsync(file)).Status.ShouldBe(HttpStatusCode.NotFound, $"{login} {file}");
        }
    }

    [Fact]
    public async Task The_administrator_chooses_ahead_and_bad_input_gets_a_sentence()
    {
        using var administrator = await web.App.SignedInAsync("admin1");
        var page = await administrator.GetAsync("/report/calendar?expected=400");
        page.Text.ShouldContain("With about 400 cases a year and 10 lines: by year.");
        var saved = await administrator.PressAsync(page, "Save", [new("kind", "3")]);
        (await administrator.FollowAsync(saved)).Text.ShouldContain("Saved.");
        var refused = await administrator.PressAsync(page, "Save", [new("kind", "17")]);
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Text.ShouldContain("Choose a month, a quarter or a year.");
        (await web.App.SqlAsync("delete from release_calendar where effective_from > current_date")).ShouldBeNull();
    }

    private static async Task<string> ReadAllAsync(PageClient coordinator)
    {
        // The page but for the state that the framework encrypts anew for every answer; the workbook but for the time in its frame.
        var all = new StringBuilder();
        foreach (var period in await PeriodsAsync(coordinator))
        {
            all.Append((await coordinator.GetAsync($"/report?{period}")).Stable());
            all.Append((await coordinator.GetAsync($"/report/csv?{period}")).Html);
            all.Append(Words((await coordinator.GetAsync($"/report/xlsx?{period}")).Body));
        }

        return Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(all.ToString())));
    }

    private static async Task<IReadOnlyList<string>> PeriodsAsync(PageClient coordinator)
    {
        var page = await coordinator.GetAsync("/report");
        return [.. from year in page.Document.QuerySelectorAll("#year option") from part in page.Document.QuerySelectorAll("#part option")
                   where year.TextContent != "2021" select $"year={year.TextContent}&part={part.GetAttribute("value")}"];
    }

    private static string Tables(Page page) => string.Concat(page.Document.QuerySelectorAll("main table").Select(table => table.OuterHtml));

    private static List<string[]> Csv(byte[] file)
    {
        using var parser = new TextFieldParser(new MemoryStream(file), Encoding.UTF8) { HasFieldsEnclosedInQuotes = true, TrimWhiteSpace = false };
        parser.SetDelimiters(",");
        var lines = new List<string[]>();
        while (!parser.EndOfData)
            lines.Add(parser.ReadFields()!);
        return lines;
    }

    private static string Words(byte[] workbook) => string.Join('\n', Workbook(workbook).SelectMany(sheet => sheet).Select(row => string.Join('|', row)));

    private static List<List<object?[]>> Workbook(byte[] file)
    {
        using var reader = ExcelReaderFactory.CreateReader(new MemoryStream(file));
        var sheets = new List<List<object?[]>>();
        do
        {
            var rows = new List<object?[]>();
            while (reader.Read())
                rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)]);
            sheets.Add(rows);
        }
        while (reader.NextResult());
        return sheets;
    }
}
