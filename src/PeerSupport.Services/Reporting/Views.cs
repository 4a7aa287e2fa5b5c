using PeerSupport.Domain.Reporting;

namespace PeerSupport.Services.Reporting;

/// <summary>What a coordinator sees: published tables of one period, and figures about the programme. There is nothing behind it to open.</summary>
/// <param name="Period">The period shown; null while nothing was published.</param>
/// <param name="Available">Periods with a published table, newest first.</param>
/// <param name="Tables">In the order of the measures.</param>
/// <param name="Programme">Peers and training, today.</param>
public sealed record ReportView(Period? Period, IReadOnlyList<Period> Available, IReadOnlyList<ReportTable> Tables, ProgrammeFigures Programme);

/// <summary>One published table.</summary>
/// <param name="Measure">What was counted.</param>
/// <param name="ReleasedOn">When it was published.</param>
/// <param name="EpsilonThousandths">ε of the noise in it, in thousandths.</param>
/// <param name="Bands">The bands it was made with.</param>
/// <param name="Rows">Every line.</param>
/// <param name="TotalLower">Sum of the lower ends.</param>
/// <param name="TotalUpper">Sum of the upper ends; null where a withheld line leaves it open.</param>
public sealed record ReportTable(
    Measure Measure, DateOnly ReleasedOn, int EpsilonThousandths, BandRules Bands, IReadOnlyList<ReportRow> Rows, int TotalLower, int? TotalUpper);

/// <summary>One line.</summary>
/// <param name="English">Its words as they were when it was published.</param>
/// <param name="Spanish">The same in Spanish.</param>
/// <param name="Band">Null where it is withheld.</param>
/// <param name="SincePrevious">Against the period before; null where there is nothing to compare.</param>
/// <param name="SinceYearBefore">Against the same period a year before; null where there is nothing to compare.</param>
public sealed record ReportRow(string English, string Spanish, Band? Band, TrendDirection? SincePrevious, TrendDirection? SinceYearBefore);

/// <summary>About peers and training, never about cases.</summary>
/// <param name="ActivePeers">On duty and trained.</param>
/// <param name="OnABreak">Who took a break that is not over.</param>
/// <param name="TrainingDue">Training that has ended or ends within 60 days.</param>
/// <param name="Agencies">Taking part.</param>
public sealed record ProgrammeFigures(int ActivePeers, int OnABreak, int TrainingDue, int Agencies);
