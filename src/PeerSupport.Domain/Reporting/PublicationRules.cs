namespace PeerSupport.Domain.Reporting;

/// <summary>How closed cases are published: how much noise, and how coarse.</summary>
public sealed record PublicationRules
{
    /// <param name="epsilonThousandths">ε of one count, in thousandths; 100 to 1000.</param>
    /// <param name="bands">How a noisy count becomes a band; left out, the usual ones.</param>
    /// <exception cref="ArgumentOutOfRangeException">ε is out of its range.</exception>
    public PublicationRules(int epsilonThousandths = GeometricNoise.MostEpsilonThousandths, BandRules? bands = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(epsilonThousandths, GeometricNoise.LeastEpsilonThousandths);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(epsilonThousandths, GeometricNoise.MostEpsilonThousandths);
        (EpsilonThousandths, Bands) = (epsilonThousandths, bands ?? new BandRules());
    }

    /// <summary>ε of one count, in thousandths.</summary>
    public int EpsilonThousandths { get; }

    /// <summary>How a noisy count becomes a band.</summary>
    public BandRules Bands { get; }

    /// <summary>
    /// What one case costs in all. It lands in one cell of each of the five measures, each with noise of its own, so the
    /// costs add up (sequential composition): 5 × ε. Whatever is published is at most e^(5ε) times likelier with the case
    /// than without it. This is the cost of one <em>case</em>: an officer with three cases spends it three times. And it
    /// says whether a case is in the counts; one case in place of another, in other cells, costs twice as much.
    /// Banding and withholding cost nothing more: they look at noisy counts only.
    /// </summary>
    public double EpsilonPerCase => Enum.GetValues<Measure>().Length * EpsilonThousandths / 1000.0;
}
