using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace PeerSupport.Web.Features.Reporting;

/// <summary>The report as CSV (RFC 4180, UTF-8 with a byte order mark): the lines of the screen, one a row.</summary>
public static class ReportCsv
{
    public const string MediaType = "text/csv; charset=utf-8";

    /// <summary>Writes it. A cell that a spreadsheet would take for a formula is written as text.</summary>
    public static byte[] Of(ShownReport report, ReportWords words)
    {
        using var memory = new MemoryStream();
        using (var text = new StreamWriter(memory, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true))
        using (var csv = new CsvWriter(text, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\r\n" }))
        {
            Row(csv, words.Heading, words.Line, words.Cases, words.KeySure, words.KeyMaybe, words.SincePrevious, words.SinceYearBefore);
            foreach (var table in report.Tables)
            {
                foreach (var row in table.Rows.Append(table.Total))
                    Row(csv, [$"{table.Title}, {report.Period}", row.Words, row.Shown, Number(row.Lower), Number(row.Upper), .. Changes(table, row, words)]);
            }

            foreach (var (what, number) in report.Programme)
                Row(csv, words.Programme, what, Number(number), Number(number), Number(number), "", "");
        }

        return memory.ToArray();
    }

    /// <summary>Both comparisons in their columns, empty where the table has none.</summary>
    private static IEnumerable<string> Changes(ShownTable table, ShownRow row, ReportWords words) =>
        from head in new[] { words.SincePrevious, words.SinceYearBefore }
        let column = table.Heads.Skip(2).ToList().IndexOf(head)
        select column < 0 ? "" : row.Changes[column];

    private static void Row(CsvWriter csv, params ReadOnlySpan<string> cells)
    {
        foreach (var cell in cells)
            csv.WriteField(Inert(cell));
        csv.NextRecord();
    }

    /// <summary>
    /// Spreadsheets run what begins with = + - @ or a tab (CWE-1236), and some skip a NUL before looking: control
    /// characters go, and an apostrophe makes the rest text.
    /// </summary>
    internal static string Inert(string cell)
    {
        var visible = string.Concat(cell.Where(character => !char.IsControl(character)));
        return visible.TrimStart() is ['=' or '+' or '-' or '@' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20', ..] ? "'" + visible : visible;
    }

    private static string Number(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";
}
