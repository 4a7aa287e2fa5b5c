namespace PeerSupport.Domain.People;

/// <summary>
/// How many codes may be tried beside a right password. Six digits do not stand a night of guessing: after each round the wait
/// is longer, and it ends only with a right code. Three codes are right at any moment, so whoever guesses for a year finds one
/// with a chance of about one in two hundred.
/// </summary>
public static class CodeTryRules
{
    /// <summary>Tries before the first wait, and between one wait and the next.</summary>
    public const int Round = 5;

    /// <summary>Misses at their own device after which the owner is told; a browser never seen before is told of at once.</summary>
    public const int ToldAtOwnDevice = 3;

    private const int MostDoublings = 7;
    private static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(15);

    /// <summary>Told once in this time, however often it is tried.</summary>
    public static readonly TimeSpan Episode = TimeSpan.FromDays(1);

    /// <summary>The longest wait.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    /// <summary>How long nothing is looked at after so many misses in a row; null in the middle of a round.</summary>
    public static TimeSpan? WaitAfter(int misses)
    {
        if (misses < Round || misses % Round != 0)
            return null;
        var wait = FirstWait * (1 << Math.Min((misses / Round) - 1, MostDoublings));
        return wait < LongestWait ? wait : LongestWait;
    }

    /// <summary>Whether the owner hears of it.</summary>
    /// <param name="misses">So far, this one included; null while nothing is looked at.</param>
    /// <param name="knownDevice">It is tried in a browser that has signed in to this account before.</param>
    public static bool IsTold(int? misses, bool knownDevice) => !knownDevice || misses is null or >= ToldAtOwnDevice;
}
