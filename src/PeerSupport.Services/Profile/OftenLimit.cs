using System.Collections.Concurrent;

namespace PeerSupport.Services.Profile;

/// <summary>
/// How often one person may send something to themselves, or try a code, on this node. Keeps text messages from costing and
/// codes from being guessed. Forgets everything by itself.
/// </summary>
internal sealed class OftenLimit(TimeProvider clock)
{
    /// <summary>So many in each window.</summary>
    public const int Most = 5;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<(Guid Person, string What), List<DateTimeOffset>> taken = new();

    /// <summary>True when there is room for one more.</summary>
    public bool Take(Guid personId, string what)
    {
        var now = clock.GetUtcNow();
        foreach (var (key, times) in taken)
            if (Drop(times, now) == 0)
                taken.TryRemove(key, out _);
        var own = taken.GetOrAdd((personId, what), _ => []);
        lock (own)
        {
            if (own.Count >= Most)
                return false;
            own.Add(now);
            return true;
        }
    }

    private static int Drop(List<DateTimeOffset> times, DateTimeOffset now)
    {
        lock (times)
        {
            times.RemoveAll(time => time <= now - Window);
            return times.Count;
        }
    }
}
