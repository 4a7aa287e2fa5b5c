using System.Globalization;

namespace PeerSupport.Web.Shared;

/// <summary>Times as a person reads them, in the reader's own zone.</summary>
public static class LocalTime
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");

    /// <summary>"02:14", "yesterday 22:30" or "7 December 02:14".</summary>
    public static string Brief(DateTimeOffset time, TimeZoneInfo zone, DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(time, zone);
        var today = TimeZoneInfo.ConvertTime(now, zone).Date;
        var clock = local.ToString("HH:mm", English);
        if (local.Date == today)
            return clock;
        return local.Date == today.AddDays(-1) ? $"yesterday {clock}" : local.ToString("d MMMM HH:mm", English);
    }

    /// <summary>"2 November, 15:40", with the year where it is not this one: for records that are kept for years.</summary>
    public static string Dated(DateTimeOffset time, TimeZoneInfo zone, DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(time, zone);
        return local.ToString(local.Year == TimeZoneInfo.ConvertTime(now, zone).Year ? "d MMMM, HH:mm" : "d MMMM yyyy, HH:mm", English);
    }

    /// <summary>"14 March 2027".</summary>
    public static string Day(DateOnly day) => day.ToString("d MMMM yyyy", English);
}
