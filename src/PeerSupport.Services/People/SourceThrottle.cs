using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace PeerSupport.Services.People;

/// <summary>
/// How many wrong passwords one network address may try at this node. Kept in memory under a hash whose key dies with the
/// process: no address is stored or logged. It slows down who guesses at many accounts; each account has its own lock.
/// </summary>
/// <remarks>A known device of the account is not counted, so that a flood through the same proxy keeps nobody away from their own browser.</remarks>
internal sealed class SourceThrottle(TimeProvider clock)
{
    /// <summary>Wrong tries at once.</summary>
    public const int Burst = 50;

    /// <summary>Wrong tries a minute after that.</summary>
    public const int PerMinute = 10;

    /// <summary>Sources remembered at once; beyond that the one that was quiet longest is forgotten.</summary>
    public const int MostSources = 10_000;

    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);
    private readonly Lock gate = new();
    private readonly Dictionary<ulong, Bucket> buckets = [];

    private sealed record Bucket(double Left, long At);

    /// <summary>How many sources are remembered now.</summary>
    public int Count
    {
        get
        {
            lock (gate)
                return buckets.Count;
        }
    }

    /// <summary>Takes one try; false when there is none left.</summary>
    public bool Take(IPAddress? source) => Change(source, -1);

    /// <summary>The try was no wrong one.</summary>
    public void GiveBack(IPAddress? source) => Change(source, 1);

    private bool Change(IPAddress? source, int by)
    {
        var hash = HashOf(source);
        lock (gate)
        {
            var now = clock.GetTimestamp();
            var left = buckets.TryGetValue(hash, out var bucket)
                ? Math.Min(Burst, bucket.Left + (clock.GetElapsedTime(bucket.At, now).TotalMinutes * PerMinute))
                : Burst;
            if (left + by < 0)
                return false;
            if (bucket is null && buckets.Count >= MostSources)
                Forget(now);
            buckets[hash] = new Bucket(Math.Min(Burst, left + by), now);
            return true;
        }
    }

    /// <summary>Whoever has all tries back is forgotten first; if nobody has, the quietest.</summary>
    private void Forget(long now)
    {
        var full = buckets.Where(one => one.Value.Left + (clock.GetElapsedTime(one.Value.At, now).TotalMinutes * PerMinute) >= Burst).Select(one => one.Key).ToList();
        if (full.Count == 0)
            full.Add(buckets.MinBy(one => one.Value.At).Key);
        foreach (var hash in full)
            buckets.Remove(hash);
    }

    /// <summary>One customer's network of version 6 is one source: it has more addresses than anybody could count.</summary>
    private ulong HashOf(IPAddress? source)
    {
        var address = source is { IsIPv4MappedToIPv6: true } ? source.MapToIPv4() : source;
        var bytes = address?.GetAddressBytes() ?? [];
        if (address?.AddressFamily == AddressFamily.InterNetworkV6)
            bytes = bytes[..8];
        return BinaryPrimitives.ReadUInt64BigEndian(HMACSHA256.HashData(key, bytes));
    }
}
