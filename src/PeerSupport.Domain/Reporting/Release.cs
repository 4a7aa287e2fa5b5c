namespace PeerSupport.Domain.Reporting;

/// <summary>One published line.</summary>
/// <param name="Cell">Code of the cell, as in the tallies.</param>
/// <param name="Band">What is published; null where it is withheld, because with the other tables it would say too much.</param>
public sealed record ReleasedCell(string Cell, Band? Band);

/// <summary>One table, published once and never changed: every cell of a measure for one period.</summary>
/// <param name="Measure">What was counted.</param>
/// <param name="Period">When.</param>
/// <param name="Cells">Every cell there is, whether anything was counted in it or not.</param>
public sealed record Release(Measure Measure, Period Period, IReadOnlyList<ReleasedCell> Cells);
