using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;

namespace PeerSupport.Web.Features.Reporting;

/// <summary>The report as a workbook: a sheet for each table with numbers in number cells, one for the programme, and the notes.</summary>
public static class ReportWorkbook
{
    public const string MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>Writes it. Words stand in text cells, which no spreadsheet takes for a formula.</summary>
    public static async Task<byte[]> OfAsync(ShownReport report, ReportWords words, CancellationToken cancellationToken)
    {
        using var memory = new MemoryStream();
        await using (var book = await Spreadsheet.CreateNewAsync(memory, cancellationToken: cancellationToken))
        {
            var bold = book.AddStyle(new Style { Font = { Bold = true } });
            foreach (var table in report.Tables)
                await AddAsync(book, table, report.Period, words, bold, cancellationToken);
            await StartAsync(book, words.Programme, [34, 12], cancellationToken);
            foreach (var (what, number) in report.Programme)
                await book.AddRowAsync([Text(what), new Cell(number)], cancellationToken);
            await StartAsync(book, words.ProtectedHeading, [110], cancellationToken);
            await book.AddRowAsync([Text($"{report.Period}. {report.Published} {words.TotalsWide}")], cancellationToken);
            foreach (var (lead, more) in report.Protection)
                await book.AddRowAsync([Text($"{lead} {more}")], cancellationToken);
            if (report.Tables.Any(table => table.HasWithheld))
                await book.AddRowAsync([Text(words.WithheldWhy)], cancellationToken);
            await book.FinishAsync(cancellationToken);
        }

        return memory.ToArray();
    }

    private static async Task AddAsync(Spreadsheet book, ShownTable table, string period, ReportWords words, StyleId bold, CancellationToken cancellationToken)
    {
        await StartAsync(book, table.Title, [40, 18, 18, 18, 26, 26], cancellationToken);
        await book.AddRowAsync([Text($"{table.Title}, {period}", bold)], cancellationToken);
        await book.AddRowAsync([.. table.Heads.Take(2).Concat([words.KeySure, words.KeyMaybe]).Concat(table.Heads.Skip(2)).Select(head => Text(head, bold))], cancellationToken);
        foreach (var row in table.Rows)
            await book.AddRowAsync(CellsOf(row, null), cancellationToken);
        await book.AddRowAsync(CellsOf(table.Total, bold), cancellationToken);
    }

    private static List<Cell> CellsOf(ShownRow row, StyleId? style) =>
        [Text(row.Words, style), Text(row.Shown, style), new Cell(row.Lower, style), new Cell(row.Upper, style), .. row.Changes.Select(change => Text(change, style))];

    private static async Task StartAsync(Spreadsheet book, string title, double[] widths, CancellationToken cancellationToken)
    {
        var options = new WorksheetOptions();
        foreach (var (width, column) in widths.Select((width, index) => (width, index + 1)))
            options.Column(column).Width = width;
        await book.StartWorksheetAsync(SheetName(title), options, cancellationToken);
    }

    /// <summary>At most 31 characters, none of them one that a sheet's name may not have.</summary>
    private static string SheetName(string title)
    {
        var allowed = string.Concat(title.Where(character => !char.IsControl(character) && !"[]:*?/\\'".Contains(character, StringComparison.Ordinal)));
        return allowed.Length > 31 ? allowed[..31].TrimEnd() : allowed;
    }

    private static Cell Text(string words, StyleId? style = null) => new(string.Concat(words.Where(character => !char.IsControl(character))), style);
}
