using System.Net;
using Microsoft.Extensions.Time.Testing;
using PeerSupport.Services.People;

namespace PeerSupport.Tests.People;

/// <summary>Wrong tries of one network address.</summary>
public sealed class SourceThrottleTests
{
    private static readonly IPAddress One = IPAddress.Parse("192.0.2.1");
    private readonly FakeTimeProvider clock = new();
    private readonly SourceThrottle throttle;

    public SourceThrottleTests() => throttle = new SourceThrottle(clock);

    [Fact]
    public void A_burst_is_let_through_and_then_a_few_a_minute()
    {
        TriesOf(One).ShouldBe(SourceThrottle.Burst);
        clock.Advance(TimeSpan.FromMinutes(1));
        TriesOf(One).ShouldBe(SourceThrottle.PerMinute);
        clock.Advance(TimeSpan.FromDays(1));
        TriesOf(One).ShouldBe(SourceThrottle.Burst, "no more than that is saved up");
    }

    [Fact]
    public void Right_ones_take_nothing_away()
    {
        for (var signIn = 0; signIn < 1000; signIn++)
        {
            throttle.Take(One).ShouldBeTrue();
            throttle.GiveBack(One);
        }
    }

    [Fact]
    public void A_network_of_version_6_is_one_source_and_version_4_in_its_clothes_is_version_4()
    {
        TriesOf(IPAddress.Parse("2001:db8:1:2::1"));
        throttle.Take(IPAddress.Parse("2001:db8:1:2:ffff::9")).ShouldBeFalse();
        throttle.Take(IPAddress.Parse("2001:db8:1:3::1")).ShouldBeTrue();
        TriesOf(One);
        throttle.Take(One.MapToIPv6()).ShouldBeFalse();
    }

    [Fact]
    public void A_flood_of_sources_stays_bounded_and_who_is_at_it_now_is_not_forgotten()
    {
        for (var source = 0; source < SourceThrottle.MostSources + 5000; source++)
        {
            throttle.Take(new IPAddress([10, (byte)(source >> 16), (byte)(source >> 8), (byte)source]));
            clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        throttle.Count.ShouldBeLessThanOrEqualTo(SourceThrottle.MostSources);
    }

    private int TriesOf(IPAddress source)
    {
        var tries = 0;
        while (throttle.Take(source))
            tries++;
        return tries;
    }
}
