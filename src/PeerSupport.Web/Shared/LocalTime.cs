using System.Globalization;
using static PeerSupport.Domain.Say;

namespace PeerSupport.Web.Shared;

/// <summary>Times as a person reads them, in the reader's own zone and language.</summary>
public static class LocalTime
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");
    private static readonly CultureInfo Spanish = CultureInfo.GetCultureInfo("es-US");

    /// <summary>"02:14", "yesterday 22:30" or "7 December 02:14".</summary>
    public static string Brief(DateTimeOffset time, TimeZoneInfo zone, DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(time, zone);
        var today = TimeZoneInfo.ConvertTime(now, zone).Date;
        var clock = local.ToString("HH:mm", English);
        if (local.Date == today)
            return clock;
        return local.Date == today.AddDays(-1) ? T($"yesterday {clock}", $"ayer {clock}") : Written(local, "d MMMM HH:mm", "d 'de' MMMM HH:mm");
    }

    /// <summary>"2 November, 15:40", with the year where it is not this one: for records that are kept for years.</summary>
    public static string Dated(DateTimeOffset time, TimeZoneInfo zone, DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(time, zone);
        return local.Year == TimeZoneInfo.ConvertTime(now, zone).Year
            ? Written(local, "d MMMM, HH:mm", "d 'de' MMMM, HH:mm")
            : Written(local, "d MMMM yyyy, HH:mm", "d 'de' MMMM 'de' yyyy, HH:mm");
    }

    /// <summary>"14 March 2027", "14 de marzo de 2027".</summary>
    public static string Day(DateOnly day) => Written(day, "d MMMM yyyy", "d 'de' MMMM 'de' yyyy");

    private static string Written(IFormattable time, string english, string spanish) =>
        InSpanish ? time.ToString(spanish, Spanish) : time.ToString(english, English);
}
