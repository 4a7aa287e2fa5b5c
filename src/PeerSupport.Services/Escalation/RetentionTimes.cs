using PeerSupport.Domain.Escalation;

namespace PeerSupport.Services.Escalation;

/// <summary>From the setting in months to the moment a track must have ended before.</summary>
internal static class RetentionTimes
{
    private const int MostDaysInAMonth = 31;
    private const int FewestDaysInAMonth = 28;

    /// <summary>The day on which a track ended, as retention counts it: in UTC, the same for everybody.</summary>
    public static DateOnly EndedOn(DateTimeOffset endedAt) => DateOnly.FromDateTime(endedAt.UtcDateTime);

    /// <summary>
    /// Tracks that ended before this are due today. Found from the rule itself: "a month later" is no inverse of "a month
    /// earlier" at the end of a month.
    /// </summary>
    public static DateTimeOffset EndedBefore(DateOnly today, int months)
    {
        var day = today.AddMonths(-months).AddDays(MostDaysInAMonth - FewestDaysInAMonth);
        while (RetentionRules.DestroyOn(day, months) > today)
            day = day.AddDays(-1);
        return new DateTimeOffset(day.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
    }
}
