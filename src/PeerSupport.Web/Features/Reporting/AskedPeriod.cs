using System.Globalization;
using PeerSupport.Domain.Reporting;

namespace PeerSupport.Web.Features.Reporting;

/// <summary>A period in an address: year=2026 and part=q3, m11 or y. Whatever else stands there is no period.</summary>
public static class AskedPeriod
{
    /// <summary>The period asked for; null when it is none.</summary>
    public static Period? Read(IQueryCollection query)
    {
        if (!int.TryParse(query["year"], NumberStyles.None, CultureInfo.InvariantCulture, out var year) || year is < 2000 or > 2200)
            return null;
        return query["part"].ToString() switch
        {
            "y" => Period.Of(PeriodKind.Year, new DateOnly(year, 1, 1)),
            ['q', >= '1' and <= '4' and var quarter] => Period.Of(PeriodKind.Quarter, new DateOnly(year, ((quarter - '1') * 3) + 1, 1)),
            ['m', .. var month] when int.TryParse(month, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 12 => Period.Of(PeriodKind.Month, new DateOnly(year, number, 1)),
            _ => null,
        };
    }

    /// <summary>"q3", "m11" or "y".</summary>
    public static string Part(Period period) => period.Kind switch
    {
        PeriodKind.Year => "y",
        PeriodKind.Quarter => $"q{((period.Start.Month - 1) / 3) + 1}",
        PeriodKind.Month => string.Create(CultureInfo.InvariantCulture, $"m{period.Start.Month}"),
        _ => throw new ArgumentOutOfRangeException(nameof(period)),
    };

    /// <summary>"year=2026&amp;part=q3&amp;lang=en".</summary>
    public static string Query(Period period, string language) => string.Create(CultureInfo.InvariantCulture, $"year={period.Start.Year}&part={Part(period)}&lang={language}");
}
