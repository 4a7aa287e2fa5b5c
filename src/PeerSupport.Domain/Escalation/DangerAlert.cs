namespace PeerSupport.Domain.Escalation;

/// <summary>
/// A peer (or psychologist) asked for the psychologist on call. Knows nothing of the case: who answers calls the one who
/// asked.
/// </summary>
public sealed class DangerAlert
{
    public required Guid Id { get; init; }
    public required Guid AgencyId { get; init; }
    public required Guid RegionId { get; init; }
    public required Guid RaisedBy { get; init; }
    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>The one who has it; null while nobody answered.</summary>
    public Guid? AcknowledgedBy { get; set; }
    public DateTimeOffset? AcknowledgedAt { get; set; }
}

/// <summary>A psychologist who is on call for an agency now.</summary>
public sealed class OnCall
{
    public required Guid PersonId { get; init; }
    public required Guid AgencyId { get; init; }

    /// <summary>The number peers are shown when someone may be in danger.</summary>
    public required string Phone { get; set; }
    public required DateTimeOffset Since { get; init; }
}
