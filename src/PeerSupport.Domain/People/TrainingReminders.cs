namespace PeerSupport.Domain.People;

/// <summary>When a peer is reminded that the training ends.</summary>
public static class TrainingReminders
{
    /// <summary>Days before the last day on which the training counts; 0 is that day itself.</summary>
    public static readonly IReadOnlyList<int> DaysBefore = [60, 14, 0];

    /// <summary>
    /// The last days of training for which a reminder falls on one of the days after <paramref name="last"/> up to and with
    /// <paramref name="today"/>. Days on which nobody looked are made up for, and no day counts twice: so each reminder goes
    /// out once, and nothing need be kept about anybody.
    /// </summary>
    public static IReadOnlyList<DateOnly> Due(DateOnly last, DateOnly today)
    {
        // After a long silence nobody is reminded of what is long past.
        var first = last < today.AddDays(-DaysBefore[0]) ? today.AddDays(-DaysBefore[0]) : last;
        return [.. from days in DaysBefore
                   from ago in Enumerable.Range(0, Math.Max(0, today.DayNumber - first.DayNumber))
                   select today.AddDays(days - ago)];
    }
}
