using PeerSupport.Domain.People;

namespace PeerSupport.Tests.People;

/// <summary>How fast codes may be guessed beside a right password.</summary>
public sealed class CodeTryRuleTests
{
    [Theory]
    [InlineData(1, null)]
    [InlineData(4, null)]
    [InlineData(5, 15)]
    [InlineData(6, null)]
    [InlineData(10, 30)]
    [InlineData(15, 60)]
    [InlineData(35, 960)]
    [InlineData(40, 1440)]
    [InlineData(5_000, 1440)]
    [InlineData(int.MaxValue - 2, 1440)]
    public void Each_round_waits_longer_up_to_a_day(int misses, int? minutes) =>
        CodeTryRules.WaitAfter(misses).ShouldBe(minutes is { } wait ? TimeSpan.FromMinutes(wait) : null);

    [Fact]
    public void Who_guesses_for_a_year_has_about_one_chance_in_two_hundred()
    {
        var (tries, gone) = (0, TimeSpan.Zero);
        while (gone < TimeSpan.FromDays(365))
            gone += CodeTryRules.WaitAfter(++tries) ?? TimeSpan.Zero;
        (tries * 3 / 1_000_000d).ShouldBeLessThan(1 / 175d);
    }

    [Theory]
    [InlineData(1, false, true)]
    [InlineData(1, true, false)]
    [InlineData(2, true, false)]
    [InlineData(3, true, true)]
    [InlineData(null, true, true)]
    public void A_slip_at_ones_own_device_is_no_alarm(int? misses, bool knownDevice, bool told) => CodeTryRules.IsTold(misses, knownDevice).ShouldBe(told);
}
