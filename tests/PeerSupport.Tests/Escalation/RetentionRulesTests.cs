using PeerSupport.Domain.Escalation;

namespace PeerSupport.Tests.Escalation;

/// <summary>From when a chosen time holds.</summary>
public sealed class RetentionRulesTests
{
    private static readonly DateOnly Today = new(2026, 11, 9);

    [Theory]
    [InlineData(84, 24, 0, 84)]
    [InlineData(84, 24, 29, 84)]
    [InlineData(84, 24, 30, 24)]
    [InlineData(24, 84, 0, 84)]
    [InlineData(24, 24, 0, 24)]
    public void A_shorter_time_waits_and_a_longer_one_does_not(int before, int chosen, int days, int inForce)
    {
        var settings = Of(before);
        settings.Choose(chosen, Guid.Empty, Today);
        settings.MonthsOn(Today.AddDays(days)).ShouldBe(inForce);
    }

    [Fact]
    public void Choosing_anew_starts_the_wait_anew_and_from_the_time_in_force()
    {
        var settings = Of(84);
        settings.Choose(24, Guid.Empty, Today);
        settings.Choose(12, Guid.Empty, Today.AddDays(29));
        settings.MonthsOn(Today.AddDays(30)).ShouldBe(84);
        settings.Choose(60, Guid.Empty, Today.AddDays(59));
        (settings.RetentionMonths, settings.NextMonths).ShouldBe((60, null), "twelve held since that day, and sixty is longer");
    }

    [Fact]
    public void Choosing_what_holds_already_calls_off_what_waits()
    {
        var settings = Of(84);
        settings.Choose(24, Guid.Empty, Today);
        settings.Choose(84, Guid.Empty, Today.AddDays(1));
        settings.MonthsOn(Today.AddYears(1)).ShouldBe(84);
    }

    [Theory]
    [InlineData("2019-01-01", "2026-11-09")] // long overdue under the old time as well: today
    [InlineData("2019-11-20", "2026-11-20")] // goes under the old time, before the new one holds
    [InlineData("2023-01-01", "2026-12-09")] // overdue under the new time only: on the day it holds
    [InlineData("2026-01-31", "2028-01-31")] // not before its own day
    public void A_waiting_time_takes_nothing_before_it_holds(string ended, string goes)
    {
        var settings = Of(84);
        settings.Choose(24, Guid.Empty, Today);
        settings.DestroyOn(DateOnly.Parse(ended, System.Globalization.CultureInfo.InvariantCulture), Today)
            .ShouldBe(DateOnly.Parse(goes, System.Globalization.CultureInfo.InvariantCulture));
    }

    private static TrackSettings Of(int months) => new() { AgencyId = Guid.NewGuid(), RetentionMonths = months };
}
