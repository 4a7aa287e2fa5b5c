namespace PeerSupport.Domain.Escalation;

/// <summary>How an agency keeps its formal tracks.</summary>
public sealed class TrackSettings
{
    public required Guid AgencyId { get; init; }

    /// <summary>Months after its end for which a track is kept, until <see cref="NextFrom"/>.</summary>
    public required int RetentionMonths { get; set; }

    /// <summary>A shorter time that was chosen and does not hold yet; null for none.</summary>
    public int? NextMonths { get; set; }

    /// <summary>The day from which the shorter time holds.</summary>
    public DateOnly? NextFrom { get; set; }

    /// <summary>The psychologist who changed it last, for the others to ask.</summary>
    public Guid? ChangedBy { get; set; }
    public DateOnly? ChangedOn { get; set; }

    /// <summary>The time in force on a day.</summary>
    public int MonthsOn(DateOnly day) => NextMonths is { } next && NextFrom <= day ? next : RetentionMonths;

    /// <summary>The day on which a track that ended then goes, as things stand today: what is overdue goes today, and a shorter time takes nothing before it holds.</summary>
    public DateOnly DestroyOn(DateOnly ended, DateOnly today)
    {
        var now = Later(RetentionRules.DestroyOn(ended, MonthsOn(today)), today);
        if (NextMonths is not { } next || NextFrom is not { } from || from <= today)
            return now;
        var then = Later(RetentionRules.DestroyOn(ended, next), from);
        return then < now ? then : now;
    }

    /// <summary>
    /// Chooses another time. A longer one holds at once, and calls off a shorter one that was waiting; a shorter one holds
    /// only after <see cref="RetentionRules.ShorterAfterDays"/>, so that the others can see it and set a legal hold.
    /// </summary>
    public void Choose(int months, Guid by, DateOnly today)
    {
        RetentionMonths = MonthsOn(today);
        var shorter = months < RetentionMonths;
        RetentionMonths = shorter ? RetentionMonths : months;
        NextMonths = shorter ? months : null;
        NextFrom = shorter ? today.AddDays(RetentionRules.ShorterAfterDays) : null;
        (ChangedBy, ChangedOn) = (by, today);
    }

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;
}

/// <summary>That tracks were destroyed on a day: how many, never which.</summary>
public sealed class RetentionRun
{
    public required Guid AgencyId { get; init; }
    public required DateOnly Day { get; init; }
    public required int Destroyed { get; set; }
}

/// <summary>Retention of formal tracks. State law decides how long; these are the limits of the setting.</summary>
public static class RetentionRules
{
    public const int DefaultMonths = 84;
    public const int LeastMonths = 12;
    public const int MostMonths = 240;

    /// <summary>Days before a shorter time takes effect: nobody alone destroys anything today.</summary>
    public const int ShorterAfterDays = 30;

    /// <summary>The day on which a track that ended then is destroyed, unless held.</summary>
    public static DateOnly DestroyOn(DateOnly ended, int months) => ended.AddMonths(months);
}
