using System.Runtime.InteropServices;

namespace PeerSupport.Domain.Reporting;

/// <summary>The range that is published instead of a number; both ends included.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Band(int Lower, int Upper)
{
    /// <summary>How many different numbers lie in it.</summary>
    public int Width => Upper - Lower + 1;

    /// <summary>Sum of two: how totals are made. Wide on purpose.</summary>
    public static Band operator +(Band one, Band other) => new(one.Lower + other.Lower, one.Upper + other.Upper);
}

/// <summary>
/// How a noisy count becomes a band: everything under the threshold is one band that begins at 0, above it bands of one
/// width. Small counts identify people; CDC WONDER hides those under 10, zeros included.
/// </summary>
public sealed record BandRules
{
    /// <summary>The least either number may be: every band leaves five candidates.</summary>
    public const int Floor = 5;

    /// <param name="threshold">Below it nothing is told apart; 5 to 50.</param>
    /// <param name="width">Numbers in a band above it; 5 to 50.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them would tell too much, or nothing.</exception>
    public BandRules(int threshold = 10, int width = 5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threshold, Floor);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threshold, 50);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, Floor);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, 50);
        (Threshold, Width) = (threshold, width);
    }

    /// <summary>Below it nothing is told apart.</summary>
    public int Threshold { get; }

    /// <summary>Numbers in a band above it.</summary>
    public int Width { get; }

    /// <summary>The band of a count after noise, which may be negative.</summary>
    public Band Of(int noisyCount)
    {
        if (noisyCount < Threshold)
            return new Band(0, Threshold - 1);
        var lower = Threshold + ((noisyCount - Threshold) / Width * Width);
        return new Band(lower, lower + Width - 1);
    }

    /// <summary>Whether this is the band that only says "fewer than".</summary>
    public bool IsHidden(Band band) => band.Lower == 0 && band.Upper == Threshold - 1;
}
