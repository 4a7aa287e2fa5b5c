namespace PeerSupport.Domain.Reporting;

/// <summary>What may be said of a count beside an earlier one.</summary>
public enum TrendDirection
{
    /// <summary>Noise and bands alone can make such a difference, or one of the two is withheld.</summary>
    NoClearChange = 0,
    Higher = 1,
    Lower = 2,
}

/// <summary>Comparison of one cell in two periods of the same kind. It claims no change that the noise could have made.</summary>
public static class Trend
{
    /// <summary>Of a hundred comparisons in which nothing changed, at most one may be called a change.</summary>
    public const double Confidence = 0.99;

    /// <summary>
    /// Compares two bands. The noisy counts lie in them, so they are at least as far apart as the gap between the bands;
    /// a change is claimed where that gap alone is wider than noise makes it in one of a hundred. Only the band that
    /// begins at 0 may hold a noisy count outside itself, a negative one; but nothing lies below that band, so as the
    /// lower one its upper end counts, which holds.
    /// </summary>
    /// <param name="now">The later band; null where it is withheld.</param>
    /// <param name="before">The same cell's band in an earlier period of the same kind; null where it is withheld or there is none.</param>
    /// <param name="noise">The noise both were published with; after a change of ε, that of the smaller.</param>
    public static TrendDirection Between(Band? now, Band? before, GeometricNoise noise)
    {
        if (now is not { } later || before is not { } earlier)
            return TrendDirection.NoClearChange;
        var bound = noise.DifferenceBound(Confidence);
        if (later.Lower - earlier.Upper > bound)
            return TrendDirection.Higher;
        return earlier.Lower - later.Upper > bound ? TrendDirection.Lower : TrendDirection.NoClearChange;
    }
}
