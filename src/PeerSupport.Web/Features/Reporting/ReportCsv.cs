using System.Globalization;
using PeerSupport.Web.Shared;

namespace PeerSupport.Web.Features.Reporting;

/// <summary>The report as CSV: the lines of the screen, one a row.</summary>
public static class ReportCsv
{
    /// <summary>Writes it.</summary>
    public static byte[] Of(ShownReport report, ReportWords words) => Csv.Of(Rows(report, words));

    private static IEnumerable<string[]> Rows(ShownReport report, ReportWords words)
    {
        yield return [words.Heading, words.Line, words.Cases, words.KeySure, words.KeyMaybe, words.SincePrevious, words.SinceYearBefore];
        foreach (var table in report.Tables)
        {
            foreach (var row in table.Rows.Append(table.Total))
                yield return [$"{table.Title}, {report.Period}", row.Words, row.Shown, Number(row.Lower), Number(row.Upper), .. Changes(table, row, words)];
        }

        foreach (var (what, number) in report.Programme)
            yield return [words.Programme, what, Number(number), Number(number), Number(number), "", ""];
    }

    /// <summary>Both comparisons in their columns, empty where the table has none.</summary>
    private static IEnumerable<string> Changes(ShownTable table, ShownRow row, ReportWords words) =>
        from head in new[] { words.SincePrevious, words.SinceYearBefore }
        let column = table.Heads.Skip(2).ToList().IndexOf(head)
        select column < 0 ? "" : row.Changes[column];

    private static string Number(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";
}
