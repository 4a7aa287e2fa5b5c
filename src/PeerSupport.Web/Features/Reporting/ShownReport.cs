using System.Globalization;
using PeerSupport.Domain.Reporting;
using PeerSupport.Services.Reporting;

namespace PeerSupport.Web.Features.Reporting;

/// <summary>The report in words: the page, the paper and both files are made of this and of nothing else, so they cannot differ.</summary>
/// <param name="Period">"July to September 2026".</param>
/// <param name="Tables">In order.</param>
/// <param name="Programme">Figure by figure.</param>
/// <param name="Protection">The panel.</param>
/// <param name="Published">When, in a sentence.</param>
public sealed record ShownReport(
    string Period, IReadOnlyList<ShownTable> Tables, IReadOnlyList<(string Words, int Number)> Programme, IReadOnlyList<(string Lead, string More)> Protection, string Published)
{
    /// <summary>Puts a report into words.</summary>
    public static ShownReport Of(ReportView view, ReportWords words)
    {
        var programme = new (string, int)[]
        {
            (words.ActivePeers, view.Programme.ActivePeers), (words.OnABreak, view.Programme.OnABreak),
            (words.TrainingDue, view.Programme.TrainingDue), (words.Agencies, view.Programme.Agencies),
        };
        var tables = view.Tables.Select(table => ShownTable.Of(table, words)).ToList();
        var published = view.Tables.Count == 0 ? "" : Filled(words, words.Published, words.Day(view.Tables.Max(table => table.ReleasedOn)));
        return new ShownReport(view.Period is { } period ? words.PeriodName(period) : "", tables, programme, view.Tables.Count == 0 ? [] : words.Protected(RulesOf(view)), published);
    }

    internal static string Filled(ReportWords words, string pattern, params object[] values) => string.Format(words.Culture, pattern, values);

    /// <summary>Where tables were made by different rules, the ones that protect least.</summary>
    private static ReportRules RulesOf(ReportView view)
    {
        var epsilon = view.Tables.Max(table => table.EpsilonThousandths) / 1000m;
        return new ReportRules(view.Tables.Min(table => table.Bands.Threshold), epsilon, (decimal)new PublicationRules(view.Tables.Max(table => table.EpsilonThousandths)).EpsilonPerCase);
    }
}

/// <summary>One table in words.</summary>
/// <param name="Id">For headings and labels on the page.</param>
/// <param name="Title">What it counts.</param>
/// <param name="Summary">What may be said of it in a sentence or two.</param>
/// <param name="Rows">Lines.</param>
/// <param name="Total">The last line.</param>
/// <param name="Heads">Heads of the columns. Comparisons stand there only where there is something to compare with.</param>
/// <param name="HasWithheld">Whether a line is withheld.</param>
public sealed record ShownTable(string Id, string Title, string Summary, IReadOnlyList<ShownRow> Rows, ShownRow Total, IReadOnlyList<string> Heads, bool HasWithheld)
{
    internal static ShownTable Of(ReportTable table, ReportWords words)
    {
        (string Head, Func<ReportRow, TrendDirection?> Of)[] comparisons =
        [
            .. new (string, Func<ReportRow, TrendDirection?> Of)[] { (words.SincePrevious, row => row.SincePrevious), (words.SinceYearBefore, row => row.SinceYearBefore) }
                .Where(comparison => table.Rows.Any(row => comparison.Of(row) is not null)),
        ];
        var rows = table.Rows.Select(row => new ShownRow(
            words.Language == "es" ? row.Spanish : row.English, words.Of(row.Band, table.Bands), row.Band?.Lower, row.Band?.Upper,
            [.. comparisons.Select(comparison => words.Of(comparison.Of(row)))])).ToList();
        var total = new ShownRow(words.All, words.OfTotal(table.TotalLower, table.TotalUpper), table.TotalLower, table.TotalUpper, [.. comparisons.Select(_ => "")]);
        return new ShownTable(
            $"t{((int)table.Measure).ToString(CultureInfo.InvariantCulture)}", words.Title(table.Measure), Summarised(table, words), rows, total,
            [words.Line, words.Cases, .. comparisons.Select(comparison => comparison.Head)], table.Rows.Any(row => row.Band is null));
    }

    private static string Summarised(ReportTable table, ReportWords words)
    {
        var closed = table.TotalUpper is { } upper
            ? ShownReport.Filled(words, words.BetweenClosed, table.TotalLower, upper)
            : ShownReport.Filled(words, words.AtLeastClosed, table.TotalLower);
        return MostOften(table) is { } most ? $"{closed} {ShownReport.Filled(words, words.MostOften, words.Language == "es" ? most.Spanish : most.English)}" : closed;
    }

    /// <summary>The line that stands above all others by more than the noise can make; null where none does.</summary>
    private static ReportRow? MostOften(ReportTable table)
    {
        var noise = new GeometricNoise(table.EpsilonThousandths);
        return table.Rows.FirstOrDefault(row => table.Rows.All(other => ReferenceEquals(row, other) || Trend.Between(row.Band, other.Band, noise) == TrendDirection.Higher));
    }
}

/// <summary>One line in words and numbers.</summary>
/// <param name="Words">What is counted.</param>
/// <param name="Shown">"25 to 29".</param>
/// <param name="Lower">Null where it is withheld.</param>
/// <param name="Upper">Null where it is withheld or open.</param>
/// <param name="Changes">In words, as many as the table compares.</param>
public sealed record ShownRow(string Words, string Shown, int? Lower, int? Upper, IReadOnlyList<string> Changes);
