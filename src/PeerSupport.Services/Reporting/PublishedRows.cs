using PeerSupport.Domain.Reporting;

namespace PeerSupport.Services.Reporting;

/// <summary>That a table was published, and by which rules. Inserted once; nobody may change or remove it.</summary>
internal sealed class PublishedRelease
{
    public required Measure Measure { get; init; }
    public required PeriodKind PeriodKind { get; init; }
    public required DateOnly PeriodStart { get; init; }
    public required DateOnly ReleasedOn { get; init; }

    /// <summary>ε of the noise, in thousandths.</summary>
    public required int EpsilonThousandths { get; init; }
    public required int Threshold { get; init; }
    public required int BandWidth { get; init; }
}

/// <summary>One line of a published table, with its words of that day: a category that is renamed later changes nothing here.</summary>
internal sealed class PublishedBand
{
    public required Measure Measure { get; init; }
    public required PeriodKind PeriodKind { get; init; }
    public required DateOnly PeriodStart { get; init; }
    public required string Cell { get; init; }

    /// <summary>Order in the table, from 1.</summary>
    public required int Place { get; init; }
    public required string English { get; init; }
    public required string Spanish { get; init; }

    /// <summary>Null, with <see cref="Upper"/>, where the cell is withheld.</summary>
    public required int? Lower { get; init; }
    public required int? Upper { get; init; }
}

/// <summary>Since when this installation counts: nothing before is published.</summary>
internal sealed class ReportingSince
{
    /// <summary>There is one row.</summary>
    public bool Only { get; init; } = true;
    public required DateOnly Day { get; set; }
}
