namespace PeerSupport.Services.Sealing;

/// <summary>One daily rotation, for the operator's view. Dates only: no counts of cases, no ids.</summary>
public sealed class SealingRun
{
    /// <summary>Day number of the epoch it rotated to.</summary>
    public required int Epoch { get; init; }
    public required DateTimeOffset StartedAt { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>Newest epoch whose key was destroyed by it; null when none was old enough.</summary>
    public int? DestroyedUpTo { get; set; }
}
