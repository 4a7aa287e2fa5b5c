using CsCheck;
using PeerSupport.Domain.Reporting;

namespace PeerSupport.Tests.Reporting;

/// <summary>Periods, bands, cells and what a case costs.</summary>
public sealed class PublicationTests
{
    [Theory]
    [InlineData("2027-01-01", "2027-01-01", "2027-04-01")]
    [InlineData("2027-03-31", "2027-01-01", "2027-04-01")]
    [InlineData("2027-04-01", "2027-04-01", "2027-07-01")]
    [InlineData("2028-02-29", "2028-01-01", "2028-04-01")]
    [InlineData("2027-12-31", "2027-10-01", "2028-01-01")]
    public void A_day_lies_in_its_quarter(string day, string start, string end)
    {
        var quarter = Period.Of(PeriodKind.Quarter, Day(day));
        quarter.Start.ShouldBe(Day(start));
        quarter.End.ShouldBe(Day(end));
    }

    [Theory]
    [InlineData(PeriodKind.Month, "2028-02-10", "2028-03-31")]
    [InlineData(PeriodKind.Month, "2027-02-10", "2027-03-31")]
    [InlineData(PeriodKind.Quarter, "2027-11-10", "2028-01-31")]
    [InlineData(PeriodKind.Year, "2028-02-29", "2029-01-31")]
    public void It_goes_out_thirty_days_after_its_last_day_in_leap_years_too(PeriodKind kind, string day, string released) =>
        Period.Of(kind, Day(day)).ReleasedFrom.ShouldBe(Day(released));

    [Fact]
    public void Periods_of_a_kind_follow_each_other_without_a_gap_and_lie_in_the_longer_ones() =>
        Gen.Select(Gen.Int[700_000, 800_000], Gen.Enum<PeriodKind>()).Sample((number, kind) =>
        {
            var day = DateOnly.FromDayNumber(number);
            var period = Period.Of(kind, day);
            return period.Start <= day && day < period.End && period.Next.Start == period.End && period.Next.Previous == period && period.Previous.End == period.Start
                && Period.Of(kind, period.End) == period.Next && Period.Of(PeriodKind.Year, day).Covers(period) && period.Covers(Period.Of(PeriodKind.Month, day));
        });

    [Fact]
    public void A_kind_that_is_none_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => Period.Of((PeriodKind)9, new DateOnly(2027, 1, 1)));

    [Theory]
    [InlineData(4, 5)]
    [InlineData(51, 5)]
    [InlineData(10, 4)]
    [InlineData(10, 51)]
    public void Bands_too_narrow_or_too_wide_are_refused(int threshold, int width) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new BandRules(threshold, width));

    [Fact]
    public void Every_noisy_count_lies_in_one_band_and_every_small_or_negative_one_in_the_first() =>
        Gen.Select(Gen.Int[5, 50], Gen.Int[5, 50], Gen.Int[-1000, 100_000]).Sample((threshold, width, noisy) =>
        {
            var rules = new BandRules(threshold, width);
            var band = rules.Of(noisy);
            return noisy < threshold
                ? rules.IsHidden(band) && band == new Band(0, threshold - 1)
                : band.Lower <= noisy && noisy <= band.Upper && band.Width == width && band.Lower >= threshold && rules.Of(band.Upper + 1).Lower == band.Upper + 1;
        });

    [Fact]
    public void A_total_is_as_wide_as_its_parts() => (new Band(0, 9) + new Band(10, 14)).ShouldBe(new Band(10, 23));

    [Theory]
    [InlineData(-1, "none")]
    [InlineData(0, "none")]
    [InlineData(1, "one")]
    [InlineData(2, "two")]
    [InlineData(3, "three-or-more")]
    [InlineData(500, "three-or-more")]
    public void Contacts_are_counted_in_coarse_steps(int contacts, string cell) => TallyCells.Contacts(contacts).ShouldBe(cell);

    [Fact]
    public void Every_case_lands_in_a_cell_of_the_lists() =>
        Gen.Select(Gen.Int.Nullable(), Gen.Int).Sample((seconds, contacts) =>
            TallyCells.Waits.Contains(TallyCells.TimeToAccept(seconds is { } s ? TimeSpan.FromSeconds(s) : null), StringComparer.Ordinal)
            && TallyCells.ContactSteps.Contains(TallyCells.Contacts(contacts), StringComparer.Ordinal));

    [Fact]
    public void A_case_costs_epsilon_once_in_each_measure()
    {
        new PublicationRules().EpsilonPerCase.ShouldBe(5);
        new PublicationRules(200).EpsilonPerCase.ShouldBe(1);
        new PublicationRules(100, new BandRules(20, 10)).Bands.Threshold.ShouldBe(20);
        new PublicationRules().Bands.ShouldBe(new BandRules());
    }

    /// <summary>Whatever is published, no truth is excluded by it: the noise has no end.</summary>
    [Fact]
    public void S55_With_the_real_noise_every_truth_remains_possible_and_its_neighbours_about_as_likely()
    {
        var (noise, rules) = (new GeometricNoise(), new BandRules());
        foreach (var band in new[] { 0, 12, 97 }.Select(rules.Of))
        {
            for (var truth = 0; truth < 500; truth++)
            {
                double.IsFinite(LogLikelihood(band, truth)).ShouldBeTrue();
                Math.Abs(LogLikelihood(band, truth) - LogLikelihood(band, truth + 1)).ShouldBeLessThanOrEqualTo(1 + 1e-9);
            }
        }

        double LogLikelihood(Band band, int truth)
        {
            var below = rules.IsHidden(band) ? Enumerable.Range(-500, 500) : [];
            return Math.Log(below.Concat(Enumerable.Range(band.Lower, band.Width)).Sum(noisy => noise.Probability(noisy - truth)));
        }
    }

    private static DateOnly Day(string day) => DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);
}
