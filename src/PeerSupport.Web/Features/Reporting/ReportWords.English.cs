using System.Globalization;
using PeerSupport.Domain.Reporting;

namespace PeerSupport.Web.Features.Reporting;

public sealed partial record ReportWords
{
    /// <summary>In English.</summary>
    public static ReportWords English { get; } = new()
    {
        Language = "en",
        Culture = CultureInfo.GetCultureInfo("en-US"),
        Heading = "Program report",
        AllAgencies = "all agencies",
        Year = "Year",
        Part = "Part of the year",
        WholeYear = "Whole year",
        Show = "Show",
        Line = "Line",
        Cases = "Cases",
        SincePrevious = "Since the period before",
        SinceYearBefore = "Since a year before",
        Higher = "higher",
        Lower = "lower",
        NoClearChange = "no clear change",
        NothingToCompare = "nothing to compare",
        Withheld = "withheld",
        WithheldWhy = "A withheld line could be worked out from the other tables, so it is not shown.",
        FewerThan = "fewer than",
        To = "to",
        AtLeast = "at least",
        BetweenClosed = "Between {0} and {1} cases were closed.",
        AtLeastClosed = "At least {0} cases were closed.",
        MostOften = "Most often: {0}.",
        All = "All",
        KeySure = "at least this many",
        KeyMaybe = "up to this many",
        ChartIs = "{0}, as ranges",
        TableSame = "The table beside it shows the same values.",
        Programme = "The program today",
        ActivePeers = "Active peers",
        OnABreak = "On a break",
        TrainingDue = "Training due in 60 days",
        Agencies = "Agencies taking part",
        Published = "Published {0}.",
        TotalsWide = "Totals add the ranges, so they are wide on purpose.",
        Print = "Print",
        OtherLanguage = "En español",
        NewestInstead = "Nothing was published for that period. This is the newest one.",
        NothingYet = "Nothing has been published yet.",
        NothingYetWhy = "A table appears here 30 days after its period ends. You will never see a case, a name or a live number.",
        ProtectedHeading = "How these numbers are protected",
        Title = measure => measure switch
        {
            Measure.SituationCategory => "What people came with",
            Measure.Outcome => "How cases ended",
            Measure.TimeToAccept => "How fast a peer accepted",
            Measure.Agency => "Which agency posted",
            Measure.Contacts => "How many contacts there were",
            _ => throw new ArgumentOutOfRangeException(nameof(measure)),
        },
        Protected = rules =>
        [
            ("Ranges, not counts.", $"Below {rules.Threshold} we only say “fewer than {rules.Threshold}”. That includes none."),
            ("A little random noise is added once,", $"so a table is never strong proof that a certain case is in it (ε = {Number(rules.Epsilon)} for each table; {Number(rules.EpsilonPerCase)} for one case over all five). Somebody who knew every other case could still make a guess that is better than chance."),
            ("Published once, 30 days after the period ends,", "and never changed. The raw counts are then deleted."),
            ("Nothing sits behind these numbers.", "There is no list of cases to open, for anyone. Each table is checked against all others, so that adding and subtracting does not bring a small number back."),
            ("“Higher” and “lower” are said only", "when noise and ranges alone would show such a change in fewer than 1 of 100 comparisons. With many lines, one may still be wrong by chance."),
            ("What this cannot do.", "It does not hide what people know from elsewhere, and which line is withheld can itself be a small hint. An officer with several cases is protected less than one with a single case."),
        ],
    };

    private static string Number(decimal value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
