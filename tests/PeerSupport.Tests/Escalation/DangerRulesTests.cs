using PeerSupport.Domain.Escalation;

namespace PeerSupport.Tests.Escalation;

/// <summary>Whom an alarm reaches, and when.</summary>
public sealed class DangerRulesTests
{
    private static readonly Guid OnCall = Guid.NewGuid();
    private static readonly Guid Colleague = Guid.NewGuid();
    private static readonly Guid Neighbour = Guid.NewGuid();
    private static readonly Guid NeighbourOnCall = Guid.NewGuid();

    private static readonly Alarmable[] Everybody =
        [new(OnCall, true, true), new(Colleague, true, false), new(Neighbour, false, false), new(NeighbourOnCall, false, true)];

    [Theory]
    [InlineData(0, DangerRung.OnCall)]
    [InlineData(299, DangerRung.OnCall)]
    [InlineData(300, DangerRung.Agency)]
    [InlineData(899, DangerRung.Agency)]
    [InlineData(900, DangerRung.Region)]
    [InlineData(864000, DangerRung.Region)]
    public void It_widens_at_five_and_at_fifteen_minutes(int seconds, DangerRung rung) =>
        DangerRules.RungAfter(TimeSpan.FromSeconds(seconds), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15)).ShouldBe(rung);

    [Fact]
    public void Each_rung_reaches_everybody_of_the_one_before()
    {
        DangerRules.Audience(DangerRung.OnCall, Everybody).ShouldBe([OnCall]);
        DangerRules.Audience(DangerRung.Agency, Everybody).ShouldBe([OnCall, Colleague]);
        DangerRules.Audience(DangerRung.Region, Everybody).ShouldBe([OnCall, Colleague, Neighbour, NeighbourOnCall]);
    }

    [Fact]
    public void An_alarm_falls_into_nothing_only_where_there_is_nobody_at_all()
    {
        DangerRules.Audience(DangerRung.OnCall, [.. Everybody.Where(one => !one.OnCall)]).ShouldBe([Colleague]);
        DangerRules.Audience(DangerRung.OnCall, [.. Everybody.Where(one => !one.SameAgency)]).ShouldBe([Neighbour, NeighbourOnCall]);
        DangerRules.Audience(DangerRung.Region, []).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("206-555-0150", true)]
    [InlineData("+1 (206) 555-0150", true)]
    [InlineData("206.555.0150", true)]
    [InlineData("", false)]
    [InlineData("555-01", false)]
    [InlineData("206-555-0150 ext 4", false)]
    [InlineData("206+555+0150", false)]
    [InlineData("12345678901234567890", false)]
    [InlineData("<script>2065550150", false)]
    public void A_number_on_call_is_one_that_can_be_called(string phone, bool callable) => OnCallRules.IsPhone(phone).ShouldBe(callable);
}
