namespace PeerSupport.Domain.Escalation;

/// <summary>How an agency keeps its formal tracks.</summary>
public sealed class TrackSettings
{
    public required Guid AgencyId { get; init; }

    /// <summary>Months after its end for which a track is kept.</summary>
    public required int RetentionMonths { get; set; }
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

    /// <summary>The day on which a track that ended then is destroyed, unless held.</summary>
    public static DateOnly DestroyOn(DateOnly ended, int months) => ended.AddMonths(months);
}
