using CsCheck;
using PeerSupport.Domain.Escalation;
using PeerSupport.Services.Escalation;

namespace PeerSupport.Tests.Escalation;

/// <summary>From months to days: the preview and the run must say the same, at the end of a month too.</summary>
public sealed class RetentionTimesTests
{
    [Theory]
    [InlineData("2026-11-09", 12, "2027-11-09")]
    [InlineData("2026-11-09", 84, "2033-11-09")]
    [InlineData("2027-01-31", 13, "2028-02-29")]
    [InlineData("2026-01-31", 13, "2027-02-28")]
    [InlineData("2026-08-31", 15, "2027-11-30")]
    [InlineData("2028-02-29", 12, "2029-02-28")]
    [InlineData("2028-02-29", 48, "2032-02-29")]
    [InlineData("2026-12-31", 240, "2046-12-31")]
    public void A_track_goes_on_the_same_day_of_the_month_or_on_its_last(string ended, int months, string destroyed) =>
        RetentionRules.DestroyOn(Day(ended), months).ShouldBe(Day(destroyed));

    [Theory]
    [InlineData("2028-02-28", 13, "2027-01-28")]
    [InlineData("2028-02-29", 13, "2027-01-31")] // everything that ended on the 29th, 30th and 31st is due on the last day
    [InlineData("2028-03-01", 13, "2027-02-01")]
    [InlineData("2029-02-28", 12, "2028-02-29")]
    public void The_newest_end_that_is_due_on_a_day(string today, int months, string newest) =>
        RetentionTimes.EndedBefore(Day(today), months).ShouldBe(Midnight(Day(newest).AddDays(1)));

    [Fact]
    public void Due_is_exactly_what_the_rule_says_for_every_day_and_every_setting() =>
        Gen.Select(Gen.Int[0, 9000], Gen.Int[RetentionRules.LeastMonths, RetentionRules.MostMonths], Gen.Int[-40, 40], Gen.Int[0, 86_399]).Sample((offset, months, around, second) =>
        {
            var today = new DateOnly(2026, 1, 1).AddDays(offset);
            var ended = Midnight(today.AddMonths(-months).AddDays(around)).AddSeconds(second);
            var due = ended < RetentionTimes.EndedBefore(today, months);
            return due == (RetentionRules.DestroyOn(RetentionTimes.EndedOn(ended), months) <= today);
        });

    [Fact]
    public void The_day_of_an_end_is_counted_in_UTC_the_same_for_everybody() =>
        RetentionTimes.EndedOn(new DateTimeOffset(2026, 11, 30, 20, 0, 0, TimeSpan.FromHours(-8))).ShouldBe(new DateOnly(2026, 12, 1));

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static DateTimeOffset Midnight(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
