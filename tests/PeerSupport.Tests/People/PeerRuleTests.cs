using PeerSupport.Domain.People;

namespace PeerSupport.Tests.People;

/// <summary>Rules about a peer's unit, breaks, reminders and number.</summary>
public sealed class PeerRuleTests
{
    private static readonly Guid Chief = Guid.NewGuid(), Patrol = Guid.NewGuid(), North = Guid.NewGuid(), South = Guid.NewGuid(), Squad = Guid.NewGuid(), Elsewhere = Guid.NewGuid();
    private static readonly UnitTree Tree = Of((Chief, null), (Patrol, Chief), (North, Patrol), (South, Patrol), (Squad, North), (Elsewhere, null));
    private static readonly DateOnly Today = new(2026, 11, 25);

    [Fact]
    public void Too_near_are_the_same_unit_the_chain_of_command_above_and_everything_below() =>
        Tree.Near(North).ShouldBe(new Dictionary<Guid, UnitRelation>
        {
            [North] = UnitRelation.Same,
            [Patrol] = UnitRelation.Above,
            [Chief] = UnitRelation.Above,
            [Squad] = UnitRelation.Below,
        }, ignoreOrder: true);

    [Fact]
    public void A_unit_beside_it_or_of_another_tree_is_not_too_near() => Tree.Near(North).Keys.ShouldNotContain(unit => unit == South || unit == Elsewhere);

    [Fact]
    public void A_unit_that_is_not_known_suggests_nobody() => Tree.Near(Guid.NewGuid()).ShouldBeEmpty();

    [Fact]
    public void A_unit_never_stands_under_itself()
    {
        Tree.MayStandUnder(Patrol, Patrol).Refusal.ShouldBe(UnitTree.Loop);
        Tree.MayStandUnder(Patrol, Squad).Refusal.ShouldBe(UnitTree.Loop);
        Tree.MayStandUnder(Chief, North).Refusal.ShouldBe(UnitTree.Loop);
        Tree.MayStandUnder(Squad, South).Succeeded.ShouldBeTrue();
        Tree.MayStandUnder(Patrol, null).Succeeded.ShouldBeTrue();
        Tree.MayStandUnder(Guid.NewGuid(), Squad).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public void A_loop_in_the_database_still_ends()
    {
        var (a, b, c) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        var loop = Of((a, b), (b, c), (c, b));
        loop.Near(a).Keys.ShouldBe([a, b, c], ignoreOrder: true);
        loop.Near(b)[b].ShouldBe(UnitRelation.Same);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(14)]
    [InlineData(0)]
    public void A_training_is_reminded_of_on_this_many_days_before_its_end(int before)
    {
        TrainingReminders.Due(Today.AddDays(-1), Today).ShouldContain(Today.AddDays(before));
        TrainingReminders.Due(Today, Today.AddDays(1)).ShouldNotContain(Today.AddDays(before));
        TrainingReminders.Due(Today.AddDays(-2), Today.AddDays(-1)).ShouldNotContain(Today.AddDays(before));
    }

    [Fact]
    public void Three_reminders_of_one_training_whatever_days_nobody_looked()
    {
        var end = Today.AddDays(70);
        int[] looks = [0, 1, 2, 9, 10, 11, 40, 55, 56, 57, 69, 70, 71, 90];
        looks.Zip(looks.Skip(1)).Count(pair => TrainingReminders.Due(Today.AddDays(pair.First), Today.AddDays(pair.Second)).Contains(end)).ShouldBe(3);
    }

    [Fact]
    public void Twice_on_one_day_reminds_once() => TrainingReminders.Due(Today, Today).ShouldBeEmpty();

    [Theory]
    [InlineData("+1 206 555 0137", "+12065550137")]
    [InlineData("1 (206) 555-0137", "+12065550137")]
    [InlineData("1234567", "+1234567")]
    [InlineData("123456", null)]
    [InlineData("1234567890123456", null)]
    [InlineData("206-555-0137\r\nX: y", null)]
    [InlineData("tel:2065550137", null)]
    [InlineData("206+5550137", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_number_is_seven_to_fifteen_digits(string? typed, string? number) => PhoneNumbers.Normal(typed).ShouldBe(number);

    [Fact]
    public void A_break_ends_after_a_week_after_two_or_when_the_peer_says_so()
    {
        var now = new DateTimeOffset(2026, 11, 25, 1, 0, 0, TimeSpan.Zero);
        BreakRules.End(BreakLength.Week, now).ShouldBe(now.AddDays(7));
        BreakRules.End(BreakLength.Fortnight, now).ShouldBe(now.AddDays(14));
        BreakRules.End(BreakLength.Open, now).ShouldBe(BreakRules.NoEnd);
    }

    private static UnitTree Of(params (Guid Id, Guid? Parent)[] units) =>
        new(units.Select(unit => new Unit { Id = unit.Id, AgencyId = Guid.Empty, ParentId = unit.Parent, Name = "" }));
}
