namespace PeerSupport.Domain.Cases;

/// <summary>A peer kept away from one case. Never shown to that peer; burned with the case.</summary>
public sealed class Recusal
{
    public required Guid CaseId { get; init; }
    public required Guid PeerId { get; init; }

    /// <summary>The psychologist of the case, repeated here so that row-level security needs no second table.</summary>
    public required Guid PostedBy { get; init; }
    public required RecusalKind Kind { get; init; }
}
