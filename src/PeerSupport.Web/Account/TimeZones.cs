using static PeerSupport.Domain.Say;

namespace PeerSupport.Web.Account;

/// <summary>The time zones that are offered: those of the United States, and the reader's own where it is another.</summary>
internal static class TimeZones
{
    public static IReadOnlyList<(string Id, string Words)> Offered(string own)
    {
        List<(string Id, string Words)> offered =
        [
            ("America/New_York", T("Eastern", "Este")),
            ("America/Chicago", T("Central", "Centro")),
            ("America/Denver", T("Mountain", "Montaña")),
            ("America/Phoenix", T("Arizona", "Arizona")),
            ("America/Los_Angeles", T("Pacific", "Pacífico")),
            ("America/Anchorage", T("Alaska", "Alaska")),
            ("Pacific/Honolulu", T("Hawaii", "Hawái")),
            ("America/Puerto_Rico", T("Puerto Rico and the Virgin Islands", "Puerto Rico e Islas Vírgenes")),
            ("Pacific/Guam", T("Guam and the Northern Marianas", "Guam e Islas Marianas del Norte")),
            ("Pacific/Pago_Pago", T("American Samoa", "Samoa Americana")),
        ];
        return own.Length == 0 || offered.Exists(zone => zone.Id == own) ? offered : [.. offered, (own, own)];
    }
}
