using PeerSupport.Domain.People;

namespace PeerSupport.Services.Escalation;

/// <summary>The psychologist of a track, as somebody without an account may know her: whom to call, and in which zone her days are.</summary>
internal sealed record StewardCard(string Name, string? Phone, TimeZoneInfo Zone)
{
    public static StewardCard Of(Person steward) =>
        new(steward.DisplayName, steward.Phone, TimeZoneInfo.TryFindSystemTimeZoneById(steward.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc);

    /// <summary>The day on which something happened, where she is.</summary>
    public DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Zone).DateTime);
}
