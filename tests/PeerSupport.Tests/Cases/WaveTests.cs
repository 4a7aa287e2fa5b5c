using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;

namespace PeerSupport.Tests.Cases;

/// <summary>Whom a wave alerts, and when the next one comes.</summary>
public sealed class WaveTests
{
    private static readonly Guid Here = Guid.NewGuid();
    private static readonly Guid Elsewhere = Guid.NewGuid();
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly AlertPlan Plan = new() { AgencyId = Here };

    [Fact]
    public void The_first_wave_is_whoever_fulfils_most_of_the_wishes()
    {
        var (both, one, none) = (Peer(Here, PeerTag.Veteran, PeerTag.BeenThroughShooting), Peer(Here, PeerTag.Veteran), Peer(Here));
        Audience(Waves.BestMatch, [PeerTag.Veteran, PeerTag.BeenThroughShooting], both, one, none).ShouldBe([both]);
        Audience(Waves.BestMatch, [PeerTag.Veteran], both, one, none).ShouldBe([both, one]);
    }

    [Fact]
    public void Without_wishes_or_with_wishes_nobody_fulfils_the_whole_group_is_alerted_at_once()
    {
        var (here, there) = (Peer(Here), Peer(Elsewhere));
        Audience(Waves.BestMatch, [], here, there).ShouldBe([here]);
        Audience(Waves.BestMatch, [PeerTag.Veteran], here, there).ShouldBe([here]);
    }

    [Fact]
    public void Spanish_is_spoken_by_whoever_says_so_in_tags_or_languages_and_another_agency_is_another_agency()
    {
        var (tag, language, neither) = (Peer(Here, PeerTag.SpeaksSpanish), Peer(Here) with { SpokenLanguages = ["en", "es"] }, Peer(Here));
        Audience(Waves.BestMatch, [PeerTag.SpeaksSpanish], tag, language, neither).ShouldBe([tag, language]);
        var there = Peer(Elsewhere);
        Audience(Waves.BestMatch, [PeerTag.OtherAgency], there, neither).ShouldBe([there]);
    }

    [Fact]
    public void Each_wave_takes_in_the_one_before_it_so_nobody_who_came_late_is_lost()
    {
        var (best, here, there) = (Peer(Elsewhere, PeerTag.Veteran), Peer(Here), Peer(Elsewhere));
        Audience(Waves.Group, [PeerTag.Veteran], best, here, there).ShouldBe([best, here]);
        Audience(Waves.Region, [PeerTag.Veteran], best, here, there).ShouldBe([best, here, there]);
        Audience(Waves.Region, [PeerTag.Veteran], best with { Alerted = true }, here with { Alerted = true }, there).ShouldBe([there]);
    }

    [Theory]
    [InlineData("22:00", "06:00", "Etc/UTC", 23, true)]
    [InlineData("22:00", "06:00", "Etc/UTC", 6, false)]
    [InlineData("22:00", "06:00", "Etc/UTC", 22, true)]
    [InlineData("22:00", "06:00", "America/Los_Angeles", 7, true)] // 23:00 there
    [InlineData("22:00", "06:00", "America/Los_Angeles", 15, false)] // 07:00 there
    [InlineData("13:00", "15:00", "Etc/UTC", 14, true)]
    [InlineData("13:00", "15:00", "Etc/UTC", 15, false)]
    [InlineData("08:00", "08:00", "Etc/UTC", 8, false)]
    [InlineData("22:00", "06:00", "No/Such_Zone", 23, true)] // counts as UTC
    public void Quiet_hours_are_told_by_the_peers_own_clock_and_may_run_over_midnight(string from, string until, string zone, int hourInUtc, bool quiet)
    {
        var peer = Peer(Here) with { QuietFrom = Time(from), QuietUntil = Time(until), TimeZone = zone };
        var at = new DateTimeOffset(2026, 11, 24, hourInUtc, 0, 0, TimeSpan.Zero);
        peer.IsQuietAt(at).ShouldBe(quiet);
        Waves.Audience(Waves.Region, Here, [], [peer], at).Count.ShouldBe(quiet ? 0 : 1);
    }

    [Fact]
    public void Whoever_wants_quiet_is_no_best_match_either()
    {
        var (asleep, awake) = (Peer(Here, PeerTag.Veteran) with { QuietFrom = Time("10:00"), QuietUntil = Time("14:00") }, Peer(Here));
        Audience(Waves.BestMatch, [PeerTag.Veteran], asleep, awake).ShouldBe([awake]);
    }

    [Theory]
    [InlineData("12:00", Urgency.Today, 5, 10, 15)]
    [InlineData("23:00", Urgency.Today, 10, 20, 30)]
    [InlineData("05:59", Urgency.NextDays, 10, 20, 30)]
    [InlineData("06:00", Urgency.NextDays, 5, 10, 15)]
    [InlineData("23:00", Urgency.Tonight, 5, 10, 15)]
    public void By_day_it_widens_faster_than_by_night_and_tonight_knows_no_night(string agencyTime, Urgency urgency, int group, int region, int tell)
    {
        var waits = new[] { Waves.BestMatch, Waves.Group, Waves.Region, Waves.Told }.Select(wave => Waves.WaitAfter(wave, Plan, urgency, Time(agencyTime)).TotalMinutes);
        waits.ShouldBe([group, region, tell, 30]);
    }

    [Fact]
    public void A_plan_out_of_order_makes_a_wave_come_at_once_and_never_before_the_one_before_it()
    {
        var plan = new AlertPlan { AgencyId = Here, GroupAfter = 20, RegionAfter = 10, TellAfter = 30 };
        Waves.WaitAfter(Waves.Group, plan, Urgency.Today, Time("12:00")).ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void The_psychologist_is_reminded_after_1_3_7_and_15_hours_and_then_twice_a_day()
    {
        Enumerable.Range(1, 130).Where(Waves.RemindsAt).Select(look => look * Waves.LookEvery.TotalHours).ShouldBe([1, 3, 7, 15, 27, 39, 51, 63]);
    }

    [Fact]
    public void S18_From_the_third_hand_back_in_a_day_on_the_next_accept_waits_until_the_first_of_them_is_a_day_old()
    {
        var limit = HandBackLimit.Usual;
        limit.WaitsUntil([Noon.AddHours(-3), Noon.AddHours(-2)], Noon).ShouldBeNull();
        limit.WaitsUntil([Noon.AddHours(-25), Noon.AddHours(-3), Noon.AddHours(-2)], Noon).ShouldBeNull();
        limit.WaitsUntil([Noon.AddHours(-3), Noon.AddHours(-2), Noon.AddHours(-1)], Noon).ShouldBe(Noon.AddHours(21));
        limit.WaitsUntil([Noon.AddHours(-3), Noon.AddHours(-2), Noon.AddHours(-1), Noon], Noon).ShouldBe(Noon.AddHours(22), "below the limit only once two of the four are over");
    }

    [Fact]
    public void Whoever_may_take_it_is_called_first_and_then_whoever_suits_best()
    {
        var (off, here, there, veteran, fresh) = (Peer(Here), Peer(Here), Peer(Elsewhere), Peer(Elsewhere, PeerTag.Veteran), Peer(Here, PeerTag.Veteran));
        var peers = new (Candidate Peer, CallReason Why)[] { (off, CallReason.OffDuty), (there, CallReason.NoAnswer), (here, CallReason.NoAnswer), (fresh, CallReason.NotAlerted), (veteran, CallReason.NoAnswer) };
        CallOrder.Sorted(peers, one => one.Peer, one => one.Why, [PeerTag.Veteran], Here).Select(one => one.Peer).ShouldBe([veteran, here, there, fresh, off]);
    }

    private static IReadOnlyList<Candidate> Audience(short wave, PeerTag[] wanted, params Candidate[] candidates) => Waves.Audience(wave, Here, wanted, candidates, Noon);

    private static Candidate Peer(Guid agency, params PeerTag[] tags) => new(Guid.NewGuid(), agency, tags, ["en"], "Etc/UTC", null, null, Alerted: false);

    private static TimeOnly Time(string time) => TimeOnly.ParseExact(time, "HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
