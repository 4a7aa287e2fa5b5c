using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using PeerSupport.Domain.People;
using PeerSupport.Services.People.Administration;

namespace PeerSupport.Web.Features.Administration;

/// <summary>The filter of the list of people as an address carries it. Names stand in no address that the app makes but the one somebody searched for.</summary>
public static class PeopleFilters
{
    public static PeopleFilter Of(IQueryCollection query) => new(
        query["q"].ToString() is { Length: > 0 and <= 100 } words ? words : null,
        Guid.TryParse(query["agency"], out var agency) ? agency : null,
        Code<Role>(query["role"]), Code<PersonState>(query["state"]));

    public static string Query(string path, PeopleFilter filter) => QueryHelpers.AddQueryString(path, new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["q"] = filter.Words,
        ["agency"] = filter.AgencyId?.ToString(),
        ["role"] = Number((int?)filter.Role),
        ["state"] = Number((int?)filter.State),
    }.Where(pair => !string.IsNullOrEmpty(pair.Value)));

    private static string? Number(int? code) => code?.ToString(CultureInfo.InvariantCulture);

    private static T? Code<T>(string? text) where T : struct, Enum =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && Enum.IsDefined(typeof(T), number) ? (T)Enum.ToObject(typeof(T), number) : null;
}
