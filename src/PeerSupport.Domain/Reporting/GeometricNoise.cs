using System.Security.Cryptography;

namespace PeerSupport.Domain.Reporting;

/// <summary>
/// Two-sided geometric noise: P(k) proportional to e^(-ε|k|). Added to a count once, it makes two neighbouring truths
/// alike: whatever is published, it is at most e^ε times likelier under one than under the other.
/// </summary>
public sealed class GeometricNoise
{
    /// <summary>Least ε, in thousandths: below it the numbers say nothing.</summary>
    public const int LeastEpsilonThousandths = 100;

    /// <summary>Greatest ε, in thousandths: above it they say too much of one case.</summary>
    public const int MostEpsilonThousandths = 1000;

    private const int Whole = 1000;

    private readonly double alpha;
    private readonly Func<int, int> uniformBelow;

    /// <param name="epsilonThousandths">ε of one count in thousandths; 100 to 1000.</param>
    /// <param name="uniformBelow">
    /// A uniform integer from 0 to below its argument. Left out, the operating system's cryptographic source: whoever
    /// could foretell the noise could take it off again.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">ε is out of its range.</exception>
    public GeometricNoise(int epsilonThousandths = MostEpsilonThousandths, Func<int, int>? uniformBelow = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(epsilonThousandths, LeastEpsilonThousandths);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(epsilonThousandths, MostEpsilonThousandths);
        this.uniformBelow = uniformBelow ?? RandomNumberGenerator.GetInt32;
        EpsilonThousandths = epsilonThousandths;
        alpha = Power(1);
    }

    /// <summary>ε of one count, in thousandths.</summary>
    public int EpsilonThousandths { get; }

    /// <summary>
    /// One draw. Exact, by integers alone (Canonne, Kamath, Steinke 2020, algorithm 2): rounding of floating-point
    /// noise has been used to read the truth out of it (Mironov 2012).
    /// </summary>
    public int Sample()
    {
        while (true)
        {
            // Remainder and quotient of a variable that falls off by e with every thousand ...
            var remainder = uniformBelow(Whole);
            if (!HappensWithExp(remainder, Whole))
                continue;
            var quotient = 0;
            while (HappensWithExp(1, 1))
                quotient++;

            // ... in steps of ε falls off by e^ε with every step; and a sign, of which zero may have one only.
            var size = checked(remainder + (Whole * quotient)) / EpsilonThousandths;
            var negative = uniformBelow(2) == 1;
            if (!negative || size != 0)
                return negative ? -size : size;
        }
    }

    /// <summary>P(Z = k).</summary>
    public double Probability(int k) => (1 - alpha) / (1 + alpha) * Power(Math.Abs((double)k));

    /// <summary>P(|Z| ≥ k); 1 where k is 0 or less.</summary>
    public double Tail(int k) => k <= 0 ? 1 : 2 * Power(k) / (1 + alpha);

    /// <summary>
    /// How far two counts with the same truth lie apart by noise alone: the smallest b of which two independent draws
    /// differ by more than b with a probability of at most 1 − confidence.
    /// </summary>
    /// <param name="confidence">Between 0 and 1, both excluded.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not between them.</exception>
    public int DifferenceBound(double confidence)
    {
        if (confidence is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(confidence));
        var bound = 0;
        while (DifferenceTail(bound) > 1 - confidence)
            bound++;
        return bound;
    }

    /// <summary>
    /// P(|Z1 − Z2| > b). A difference of d has the probability c²·α^d·(d + κ), with c = (1−α)/(1+α) and
    /// κ = (1+α²)/(1−α²); this is the sum of that over d > b on both sides, in closed form so that nothing cancels.
    /// </summary>
    private double DifferenceTail(int b)
    {
        var c = (1 - alpha) / (1 + alpha);
        var kappa = (1 + (alpha * alpha)) / (1 - (alpha * alpha));
        var rest = 1 - alpha;
        return 2 * c * c * Power(b + 1) * (((b + 1 + kappa) / rest) + (alpha / (rest * rest)));
    }

    /// <summary>True with probability e^(−over/under), for 0 ≤ over ≤ under: the alternating series of e, played with integers.</summary>
    private bool HappensWithExp(int over, int under)
    {
        var step = 1;
        while (uniformBelow(checked(under * step)) < over)
            step++;
        return step % 2 == 1;
    }

    private double Power(double k) => Math.Exp(-EpsilonThousandths * k / Whole);
}
