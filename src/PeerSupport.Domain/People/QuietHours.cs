namespace PeerSupport.Domain.People;

/// <summary>A stretch of the day, possibly over midnight, as a clock on the wall shows it.</summary>
public static class QuietHours
{
    /// <summary>Whether a time of day lies in the stretch: its first minute does, its end does not. Without both ends there is no stretch.</summary>
    public static bool Cover(TimeOnly? from, TimeOnly? until, TimeOnly time) =>
        from is { } start && until is { } end && time.IsBetween(start, end);

    /// <summary>The time of day somewhere. An unknown zone counts as UTC: nobody is forgotten because of a typing error.</summary>
    public static TimeOnly TimeIn(string zone, DateTimeOffset at) => TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Zone(zone)).DateTime);

    /// <summary>The day somewhere.</summary>
    public static DateOnly DayIn(string zone, DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Zone(zone)).DateTime);

    private static TimeZoneInfo Zone(string id) => TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : TimeZoneInfo.Utc;
}
