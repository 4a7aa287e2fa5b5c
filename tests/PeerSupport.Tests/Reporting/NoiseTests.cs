using PeerSupport.Domain.Reporting;

namespace PeerSupport.Tests.Reporting;

/// <summary>The noise is what it says it is: by its formula, by what is published of it, and by what is really drawn.</summary>
public sealed class NoiseTests
{
    private const double Tolerance = 1e-12;
    private const int Draws = 200_000;

    [Theory]
    [InlineData(100)]
    [InlineData(333)]
    [InlineData(500)]
    [InlineData(1000)]
    public void S56_No_noisy_count_is_more_than_e_to_the_epsilon_likelier_with_one_case_more_or_less(int epsilonThousandths)
    {
        var noise = new GeometricNoise(epsilonThousandths);
        var most = Math.Exp(epsilonThousandths / 1000.0) * (1 + Tolerance);
        for (var truth = 0; truth < 60; truth++)
        {
            for (var published = -300; published <= 400; published++)
                Ratio(noise.Probability(published - truth), noise.Probability(published - truth - 1)).ShouldBeLessThanOrEqualTo(most);
        }
    }

    [Theory]
    [InlineData(100, 10, 5)]
    [InlineData(500, 5, 5)]
    [InlineData(1000, 10, 5)]
    [InlineData(1000, 50, 7)]
    public void S56_No_band_is_more_than_e_to_the_epsilon_likelier_with_one_case_more_or_less(int epsilonThousandths, int threshold, int width)
    {
        var (noise, rules) = (new GeometricNoise(epsilonThousandths), new BandRules(threshold, width));
        var most = Math.Exp(epsilonThousandths / 1000.0) * (1 + Tolerance);
        var before = Bands(0);
        for (var truth = 0; truth < 60; truth++)
        {
            var after = Bands(truth + 1);
            before.ShouldAllBe(band => Ratio(band.Value, after[band.Key]) <= most);
            before = after;
        }

        // Whole bands only, over everything that can come out but for a part in 10^40 or so.
        Dictionary<Band, double> Bands(int truth) => Enumerable.Range(-1000, 1000 + threshold + (width * 60))
            .GroupBy(rules.Of, noisy => noise.Probability(noisy - truth)).ToDictionary(band => band.Key, band => band.Sum());
    }

    [Theory]
    [InlineData(100)]
    [InlineData(700)]
    [InlineData(1000)]
    public void Its_probabilities_add_up_to_one_and_its_tail_is_their_sum(int epsilonThousandths)
    {
        var noise = new GeometricNoise(epsilonThousandths);
        Enumerable.Range(-1000, 2001).Sum(noise.Probability).ShouldBe(1, Tolerance);
        for (var k = -1; k < 40; k++)
            noise.Tail(k).ShouldBe(Enumerable.Range(-1000, 2001).Where(z => Math.Abs(z) >= k).Sum(noise.Probability), Tolerance);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(700)]
    [InlineData(1000)]
    public void The_bound_on_differences_is_the_smallest_that_holds(int epsilonThousandths)
    {
        var noise = new GeometricNoise(epsilonThousandths);
        var single = Enumerable.Range(-400, 801).Select(noise.Probability).ToArray();
        var farther = new double[802];
        for (var one = 0; one < single.Length; one++)
        {
            for (var other = 0; other < single.Length; other++)
                farther[Math.Abs(one - other)] += single[one] * single[other];
        }

        foreach (var confidence in new[] { 0.5, 0.9, 0.99, 0.999 })
        {
            var bound = noise.DifferenceBound(confidence);
            farther.Skip(bound + 1).Sum().ShouldBeLessThanOrEqualTo(1 - confidence);
            farther.Skip(bound).Sum().ShouldBeGreaterThan(1 - confidence);
        }
    }

    [Theory]
    [InlineData(100)]
    [InlineData(333)]
    [InlineData(1000)]
    public void S56_What_is_drawn_fits_the_exact_distribution(int epsilonThousandths)
    {
        var noise = new GeometricNoise(epsilonThousandths, new Random(56).Next);
        Fits(noise, noise.Sample).ShouldBeTrue();
    }

    [Fact]
    public void S56_The_test_of_fit_finds_a_wrong_sampler()
    {
        var (noise, random) = (new GeometricNoise(1000), new Random(56));
        var (drawn, weaker) = (new GeometricNoise(1000, random.Next), new GeometricNoise(950, random.Next));
        Fits(noise, () => Math.Abs(drawn.Sample())).ShouldBeFalse("one-sided");
        Fits(noise, weaker.Sample).ShouldBeFalse("another ε");
        Fits(noise, RoundedLaplace).ShouldBeFalse("floating-point Laplace noise, rounded");

        int RoundedLaplace() => (int)Math.Round(Math.Log(1 - random.NextDouble()) * (random.Next(2) == 0 ? 1 : -1));
    }

    [Fact]
    public void Without_a_source_given_it_draws_from_the_cryptographic_one()
    {
        var noise = new GeometricNoise();
        Fits(noise, noise.Sample, 20_000, z: 5).ShouldBeTrue();
        Enumerable.Range(0, 100).Select(_ => noise.Sample()).ShouldNotBe(Enumerable.Range(0, 100).Select(_ => new GeometricNoise().Sample()));
    }

    [Theory]
    [InlineData(99)]
    [InlineData(1001)]
    [InlineData(0)]
    [InlineData(-1)]
    public void An_epsilon_outside_its_range_is_refused(int epsilonThousandths)
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new GeometricNoise(epsilonThousandths));
        Should.Throw<ArgumentOutOfRangeException>(() => new PublicationRules(epsilonThousandths));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_confidence_that_is_none_is_refused(double confidence) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new GeometricNoise().DifferenceBound(confidence));

    private static double Ratio(double one, double other) => Math.Max(one / other, other / one);

    /// <summary>Chi-square, each side's tail in one bin; the critical value after Wilson and Hilferty, z = 3.09 being one in a thousand.</summary>
    private static bool Fits(GeometricNoise noise, Func<int> sample, int draws = Draws, double z = 3.09)
    {
        var edge = 1;
        while (noise.Tail(edge + 1) * draws > 100)
            edge++;
        var seen = new int[2 * edge + 1];
        for (var draw = 0; draw < draws; draw++)
            seen[Math.Clamp(sample(), -edge, edge) + edge]++;
        var statistic = seen.Select((count, bin) => (count, Expected: draws * (Math.Abs(bin - edge) == edge ? noise.Tail(edge) / 2 : noise.Probability(bin - edge))))
            .Sum(bin => (bin.count - bin.Expected) * (bin.count - bin.Expected) / bin.Expected);
        var freedom = seen.Length - 1.0;
        return statistic < freedom * Math.Pow(1 - (2 / (9 * freedom)) + (z * Math.Sqrt(2 / (9 * freedom))), 3);
    }
}
