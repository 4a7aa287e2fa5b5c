using PeerSupport.Domain.People;

namespace PeerSupport.Domain.Cases;

/// <summary>A peer who could take the case now: what decides in which wave they are alerted.</summary>
/// <param name="PeerId">Who.</param>
/// <param name="AgencyId">Their department.</param>
/// <param name="Tags">What they bring.</param>
/// <param name="SpokenLanguages">Two-letter codes.</param>
/// <param name="TimeZone">Where they are.</param>
/// <param name="QuietFrom">No alert from then …</param>
/// <param name="QuietUntil">… until then, by their own clock.</param>
/// <param name="Alerted">An alert to them left or is about to since the case last came to the board.</param>
/// <param name="Refused">An alert to them was refused for good since then. Where none left, they count as not alerted; they are not tried again either.</param>
public sealed record Candidate(
    Guid PeerId, Guid AgencyId, IReadOnlyList<PeerTag> Tags, IReadOnlyList<string> SpokenLanguages,
    string TimeZone, TimeOnly? QuietFrom, TimeOnly? QuietUntil, bool Alerted, bool Refused = false)
{
    /// <summary>Whether they asked for quiet at this moment.</summary>
    public bool IsQuietAt(DateTimeOffset now) => QuietHours.Cover(QuietFrom, QuietUntil, QuietHours.TimeIn(TimeZone, now));

    /// <summary>How many of the wishes they fulfil.</summary>
    public int Fulfils(IEnumerable<PeerTag> wanted, Guid agencyId) => wanted.Distinct().Count(tag => tag switch
    {
        PeerTag.SpeaksSpanish => Tags.Contains(tag) || SpokenLanguages.Contains("es", StringComparer.OrdinalIgnoreCase),
        PeerTag.OtherAgency => AgencyId != agencyId,
        _ => Tags.Contains(tag),
    });
}

/// <summary>
/// Whom the notice of a case alerts, and when. An open notice stands on every eligible peer's board at once, because
/// looking bothers nobody; the waves decide only who is mailed, pushed and called, so that few are woken.
/// </summary>
/// <remarks>
/// Each wave takes in the one before it. Whoever could not be alerted when their wave went out, because they were off duty
/// or had quiet hours, is alerted with the next one.
/// </remarks>
public static class Waves
{
    /// <summary>It has just come back to the board: the first wave goes out at once.</summary>
    public const short Anew = 0;

    /// <summary>Those who fulfil most of what was wished for; the whole group where nothing was, or nobody does.</summary>
    public const short BestMatch = 1;

    /// <summary>The group: the peers of the officer's agency.</summary>
    public const short Group = 2;

    /// <summary>The peers of every agency that shares with it.</summary>
    public const short Region = 3;

    /// <summary>Everybody was alerted, and the psychologist was told that nobody has taken it.</summary>
    public const short Told = 4;

    /// <summary>After that: how often to look for peers who have come on duty since, or whose quiet hours are over.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(30);

    /// <summary>Whom a wave alerts.</summary>
    /// <param name="wave">Which.</param>
    /// <param name="agencyId">The officer's agency.</param>
    /// <param name="wanted">What the psychologist wished for.</param>
    /// <param name="candidates">Everybody who could take it and has not said no.</param>
    /// <param name="now">When.</param>
    public static IReadOnlyList<Candidate> Audience(
        short wave, Guid agencyId, IReadOnlyCollection<PeerTag> wanted, IEnumerable<Candidate> candidates, DateTimeOffset now)
    {
        var awake = candidates.Where(one => !one.IsQuietAt(now)).ToList();
        var most = awake.Select(one => one.Fulfils(wanted, agencyId)).DefaultIfEmpty().Max();
        return [.. awake.Where(one => !one.Alerted && !one.Refused && IsIn(one))];

        bool IsIn(Candidate one) => wave switch
        {
            >= Region => true,
            Group => one.AgencyId == agencyId || IsBest(one),
            _ => most == 0 ? one.AgencyId == agencyId : IsBest(one),
        };

        bool IsBest(Candidate one) => most > 0 && one.Fulfils(wanted, agencyId) == most;
    }

    /// <summary>
    /// How long after a wave the next one goes out. By the agency's clock at that moment it is day or night; "tonight"
    /// cannot wait for the night's longer times.
    /// </summary>
    public static TimeSpan WaitAfter(short wave, AlertPlan plan, Urgency urgency, TimeOnly agencyTime)
    {
        var (group, region, tell) = IsNight(plan, agencyTime) && urgency != Urgency.Tonight
            ? (plan.NightGroupAfter, plan.NightRegionAfter, plan.NightTellAfter)
            : (plan.GroupAfter, plan.RegionAfter, plan.TellAfter);
        return wave switch
        {
            BestMatch => Minutes(group),
            Group => Minutes(region - group),
            Region => Minutes(tell - region),
            Told => LookEvery,
            _ => TimeSpan.Zero,
        };
    }

    /// <summary>Whether an agency's plan counts this time of day as night.</summary>
    public static bool IsNight(AlertPlan plan, TimeOnly agencyTime) => QuietHours.Cover(plan.NightFrom, plan.NightUntil, agencyTime);

    /// <summary>
    /// Whether the psychologist is reminded at the n-th look after she was told: after 1, 3, 7 and 15 hours, then every
    /// 12. She knows already; a reminder keeps it from being forgotten and does not pester.
    /// </summary>
    public static bool RemindsAt(int look) => look is 2 or 6 or 14 or 30 || (look > 30 && (look - 30) % 24 == 0);

    // A plan whose steps are out of order makes a wave come at once, never before the one before it.
    private static TimeSpan Minutes(int minutes) => TimeSpan.FromMinutes(Math.Max(0, minutes));
}
