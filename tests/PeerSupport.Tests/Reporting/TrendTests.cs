using CsCheck;
using PeerSupport.Domain.Reporting;

namespace PeerSupport.Tests.Reporting;

/// <summary>No change is claimed that noise could have made, and a real one is.</summary>
public sealed class TrendTests
{
    private static readonly BandRules Rules = new();

    [Theory]
    [InlineData(1000, 12)]
    [InlineData(1000, 40)]
    [InlineData(300, 40)]
    [InlineData(100, 200)]
    public void Where_nothing_changed_at_most_one_comparison_in_a_hundred_says_so(int epsilonThousandths, int most)
    {
        const int pairs = 20_000;
        var random = new Random(epsilonThousandths);
        var noise = new GeometricNoise(epsilonThousandths, random.Next);
        var claims = 0;
        for (var pair = 0; pair < pairs; pair++)
        {
            var truth = random.Next(most + 1);
            if (Trend.Between(Rules.Of(truth + noise.Sample()), Rules.Of(truth + noise.Sample()), noise) != TrendDirection.NoClearChange)
                claims++;
        }

        claims.ShouldBeLessThanOrEqualTo(pairs / 100);
    }

    [Fact]
    public void A_large_change_is_claimed()
    {
        var random = new Random(5);
        var noise = new GeometricNoise(1000, random.Next);
        for (var pair = 0; pair < 1000; pair++)
        {
            var (many, few) = (Rules.Of(60 + noise.Sample()), Rules.Of(20 + noise.Sample()));
            Trend.Between(many, few, noise).ShouldBe(TrendDirection.Higher);
            Trend.Between(few, many, noise).ShouldBe(TrendDirection.Lower);
        }
    }

    [Fact]
    public void It_is_claimed_from_the_first_gap_that_noise_does_not_explain()
    {
        var noise = new GeometricNoise();
        var bound = noise.DifferenceBound(Trend.Confidence);
        var before = new Band(10, 14);
        Trend.Between(new Band(14 + bound, 18 + bound), before, noise).ShouldBe(TrendDirection.NoClearChange);
        Trend.Between(new Band(15 + bound, 19 + bound), before, noise).ShouldBe(TrendDirection.Higher);
        Trend.Between(before, new Band(15 + bound, 19 + bound), noise).ShouldBe(TrendDirection.Lower);
    }

    [Fact]
    public void Of_what_is_withheld_or_fewer_than_ten_twice_nothing_is_claimed()
    {
        var noise = new GeometricNoise();
        Trend.Between(null, Rules.Of(500), noise).ShouldBe(TrendDirection.NoClearChange);
        Trend.Between(Rules.Of(500), null, noise).ShouldBe(TrendDirection.NoClearChange);
        Trend.Between(null, null, noise).ShouldBe(TrendDirection.NoClearChange);
        Trend.Between(Rules.Of(-20), Rules.Of(9), noise).ShouldBe(TrendDirection.NoClearChange);
    }

    [Fact]
    public void One_way_is_the_other_way_round() =>
        Gen.Select(Gen.Int[-20, 300], Gen.Int[-20, 300], Gen.Int[100, 1000]).Sample((one, other, epsilon) =>
        {
            var noise = new GeometricNoise(epsilon);
            var (there, back) = (Trend.Between(Rules.Of(one), Rules.Of(other), noise), Trend.Between(Rules.Of(other), Rules.Of(one), noise));
            return (there, back) is (TrendDirection.NoClearChange, TrendDirection.NoClearChange) or (TrendDirection.Higher, TrendDirection.Lower) or (TrendDirection.Lower, TrendDirection.Higher);
        });
}
