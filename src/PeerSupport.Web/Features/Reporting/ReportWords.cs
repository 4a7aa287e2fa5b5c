using System.Globalization;
using PeerSupport.Domain.Reporting;

namespace PeerSupport.Web.Features.Reporting;

/// <summary>Every word of the report, on the page, on paper and in the files, in one language.</summary>
public sealed partial record ReportWords
{
    /// <summary>"en" or "es".</summary>
    public required string Language { get; init; }
    public required CultureInfo Culture { get; init; }
    public required string Heading { get; init; }
    public required string AllAgencies { get; init; }
    public required string Year { get; init; }
    public required string Part { get; init; }
    public required string WholeYear { get; init; }
    public required string Show { get; init; }
    public required string Line { get; init; }
    public required string Cases { get; init; }
    public required string SincePrevious { get; init; }
    public required string SinceYearBefore { get; init; }
    public required string Higher { get; init; }
    public required string Lower { get; init; }
    public required string NoClearChange { get; init; }
    public required string NothingToCompare { get; init; }
    public required string Withheld { get; init; }
    public required string WithheldWhy { get; init; }
    public required string FewerThan { get; init; }
    public required string To { get; init; }
    public required string AtLeast { get; init; }
    public required string BetweenClosed { get; init; }
    public required string AtLeastClosed { get; init; }
    public required string MostOften { get; init; }
    public required string All { get; init; }
    public required string KeySure { get; init; }
    public required string KeyMaybe { get; init; }
    public required string ChartIs { get; init; }
    public required string TableSame { get; init; }
    public required string Programme { get; init; }
    public required string ActivePeers { get; init; }
    public required string OnABreak { get; init; }
    public required string TrainingDue { get; init; }
    public required string Agencies { get; init; }
    public required string Published { get; init; }
    public required string TotalsWide { get; init; }
    public required string Print { get; init; }
    public required string OtherLanguage { get; init; }
    public required string NewestInstead { get; init; }
    public required string NothingYet { get; init; }
    public required string NothingYetWhy { get; init; }
    public required string ProtectedHeading { get; init; }

    /// <summary>The panel "How these numbers are protected": a lead and a rest each.</summary>
    public required Func<ReportRules, IReadOnlyList<(string Lead, string More)>> Protected { get; init; }

    /// <summary>Title of each measure's table.</summary>
    public required Func<Measure, string> Title { get; init; }

    /// <summary>"July to September 2026", "October 2026" or "2026".</summary>
    public string PeriodName(Period period) => period.Kind switch
    {
        PeriodKind.Year => period.Start.Year.ToString(CultureInfo.InvariantCulture),
        PeriodKind.Quarter => $"{Month(period.Start)} {To} {Month(period.End.AddDays(-1))} {period.Start.Year}",
        PeriodKind.Month => $"{Month(period.Start)} {period.Start.Year}",
        _ => throw new ArgumentOutOfRangeException(nameof(period)),
    };

    /// <summary>The same without the year, for the second choice of the picker.</summary>
    public string PartName(Period period) => period.Kind switch
    {
        PeriodKind.Year => WholeYear,
        PeriodKind.Quarter => $"{Month(period.Start)} {To} {Month(period.End.AddDays(-1))}",
        PeriodKind.Month => Month(period.Start),
        _ => throw new ArgumentOutOfRangeException(nameof(period)),
    };

    /// <summary>A day in full.</summary>
    public string Day(DateOnly day) => day.ToString(Language == "es" ? "d 'de' MMMM 'de' yyyy" : "d MMMM yyyy", Culture);

    /// <summary>"25 to 29", "fewer than 10" or "withheld".</summary>
    public string Of(Band? band, BandRules rules) => band switch
    {
        null => Withheld,
        { } one when rules.IsHidden(one) => $"{FewerThan} {rules.Threshold.ToString(Culture)}",
        { } one => $"{one.Lower.ToString(Culture)} {To} {one.Upper.ToString(Culture)}",
    };

    /// <summary>"70 to 113"; "at least 70" where a line is withheld.</summary>
    public string OfTotal(int lower, int? upper) => upper is { } most ? $"{lower.ToString(Culture)} {To} {most.ToString(Culture)}" : $"{AtLeast} {lower.ToString(Culture)}";

    /// <summary>What may be said of a change.</summary>
    public string Of(TrendDirection? trend) => trend switch
    {
        null => NothingToCompare,
        TrendDirection.Higher => Higher,
        TrendDirection.Lower => Lower,
        TrendDirection.NoClearChange => NoClearChange,
        _ => throw new ArgumentOutOfRangeException(nameof(trend)),
    };

    /// <summary>The words of a language; English for any other.</summary>
    public static ReportWords In(string? language) => language == "es" ? Spanish : English;

    // In English months are written large, in Spanish small; a heading begins large in both.
    private string Month(DateOnly day) => day.ToString("MMMM", Culture);
}

/// <summary>The rules a report was made by, as its panel tells them.</summary>
/// <param name="Threshold">Below it nothing is told apart.</param>
/// <param name="Epsilon">ε of one table.</param>
/// <param name="EpsilonPerCase">ε over all tables.</param>
public sealed record ReportRules(int Threshold, decimal Epsilon, decimal EpsilonPerCase);
