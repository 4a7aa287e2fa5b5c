namespace PeerSupport.DevKit.Demonstration;

/// <summary>The clock of the seeding, set back so that demonstration tracks have a past.</summary>
internal sealed class DemonstrationClock : TimeProvider
{
    /// <summary>How long ago it is.</summary>
    public TimeSpan Ago { get; set; }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() - Ago;
}
