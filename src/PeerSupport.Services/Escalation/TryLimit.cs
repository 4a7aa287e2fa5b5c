namespace PeerSupport.Services.Escalation;

/// <summary>
/// How many codes the whole world may try at one public page of this node. It keeps a flood away from the database; what
/// keeps guesses hopeless is the length of the codes and the lock of each link. Knows nothing of who tries.
/// </summary>
internal sealed class TryLimit(TimeProvider clock)
{
    /// <summary>Tries at once.</summary>
    public const int Burst = 100;

    /// <summary>Tries a second after that.</summary>
    public const int PerSecond = 10;

    private readonly Lock gate = new();
    private double left = Burst;
    private long last = clock.GetTimestamp();

    /// <summary>True when there is room for one more.</summary>
    public bool Take()
    {
        lock (gate)
        {
            var now = clock.GetTimestamp();
            left = Math.Min(Burst, left + (clock.GetElapsedTime(last, now).TotalSeconds * PerSecond));
            last = now;
            if (left < 1)
                return false;
            left--;
            return true;
        }
    }
}
