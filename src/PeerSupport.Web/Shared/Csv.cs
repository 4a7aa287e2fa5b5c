using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace PeerSupport.Web.Shared;

/// <summary>Rows as CSV (RFC 4180, UTF-8 with a byte order mark), for spreadsheets.</summary>
internal static class Csv
{
    public const string MediaType = "text/csv; charset=utf-8";

    /// <summary>Writes it. A cell that a spreadsheet would take for a formula is written as text.</summary>
    /// <param name="rows">The heads first.</param>
    public static byte[] Of(IEnumerable<IReadOnlyList<string>> rows)
    {
        using var memory = new MemoryStream();
        using (var text = new StreamWriter(memory, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true))
        using (var csv = new CsvWriter(text, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\r\n" }))
        {
            foreach (var row in rows)
            {
                foreach (var cell in row)
                    csv.WriteField(Inert(cell));
                csv.NextRecord();
            }
        }

        return memory.ToArray();
    }

    /// <summary>
    /// Spreadsheets run what begins with = + - @ or a tab (CWE-1236), and some skip a NUL before looking: control
    /// characters go, and an apostrophe makes the rest text.
    /// </summary>
    private static string Inert(string cell)
    {
        var visible = string.Concat(cell.Where(character => !char.IsControl(character)));
        return RunsAsFormula(visible) ? "'" + visible : visible;
    }

    /// <summary>A cell as it was before it was made text: a number that begins with + comes back as it went out.</summary>
    public static string Unquoted(string cell) => cell is ['\'', ..] && RunsAsFormula(cell[1..]) ? cell[1..] : cell;

    private static bool RunsAsFormula(string cell) => cell.TrimStart() is ['=' or '+' or '-' or '@' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20', ..];
}
