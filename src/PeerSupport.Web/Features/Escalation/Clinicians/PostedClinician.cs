using Microsoft.AspNetCore.WebUtilities;
using PeerSupport.Domain.Escalation;
using PeerSupport.Services.Escalation;

namespace PeerSupport.Web.Features.Escalation.Clinicians;

/// <summary>The form of a directory entry as it stands on the page: nothing is ever typed twice.</summary>
public sealed record PostedClinician
{
    /// <summary>Value of "outside the department" among the departments.</summary>
    public const string OutsideValue = "outside";

    public string Name { get; init; } = "";
    public string Licence { get; init; } = "";
    public string Workplace { get; init; } = "";
    public Guid? Account { get; init; }
    public string Phone { get; init; } = "";
    public string Email { get; init; } = "";
    public IReadOnlyList<Speciality> Specialities { get; init; } = [];
    public IReadOnlyList<string> Languages { get; init; } = ["en"];
    public Distance? Distance { get; init; }
    public bool Telehealth { get; init; }
    public bool Accepting { get; init; } = true;
    public bool CheckedToday { get; init; }

    /// <summary>As posted. Codes that are none are left out and then asked for again.</summary>
    public static PostedClinician Of(IFormCollection form) => new()
    {
        Name = Text(form, "name"),
        Licence = Text(form, "licence"),
        Workplace = Text(form, "workplace"),
        Account = Guid.TryParse(form["account"], out var account) ? account : null,
        Phone = Text(form, "phone"),
        Email = Text(form, "email"),
        Specialities = [.. form["speciality"].Select(ClinicianFilters.Code<Speciality>).OfType<Speciality>().Distinct()],
        Languages = [.. form["language"].OfType<string>().Where(PeerSupport.Domain.Escalation.Languages.All.ContainsKey).Distinct(StringComparer.Ordinal)],
        Distance = ClinicianFilters.Code<Distance>(form["distance"]),
        Telehealth = form["telehealth"] == "on",
        Accepting = form["accepting"] == "on",
        CheckedToday = form["checked"] == "on",
    };

    /// <summary>As the directory has it.</summary>
    public static PostedClinician Of(DirectoryEntry entry) => new()
    {
        Name = entry.Public.Name,
        Licence = entry.Public.Licence,
        Workplace = entry.AgencyId?.ToString() ?? OutsideValue,
        Account = entry.AccountId,
        Phone = entry.Phone,
        Email = entry.Email,
        Specialities = entry.Public.Specialities,
        Languages = entry.Public.Languages,
        Distance = entry.Public.Distance,
        Telehealth = entry.Public.Telehealth,
        Accepting = entry.Accepting,
    };

    /// <summary>For the use cases.</summary>
    public ClinicianForm AsForm() => new(
        Name, Licence, Workplace == OutsideValue ? true : Guid.TryParse(Workplace, out _) ? false : null, Guid.TryParse(Workplace, out var agency) ? agency : null,
        Account, Phone, Email, Specialities, Languages, Distance, Telehealth, Accepting, CheckedToday);

    private static string Text(IFormCollection form, string name) => form[name].ToString().Trim();
}

/// <summary>A filter as fields or an address carry it.</summary>
public static class ClinicianFilters
{
    /// <summary>From the fields of a form or the query of an address, whose names begin with "f-" or are bare.</summary>
    public static ClinicianFilter Of(Func<string, string?> field) => new(
        field("q") is { Length: > 0 } words ? words : null,
        Code<Speciality>(field("speciality")),
        field("language") is { } language && Languages.All.ContainsKey(language) ? language : null,
        Code<Distance>(field("distance")),
        field("telehealth") == "on",
        field("place") switch { "outside" => true, "inside" => false, _ => null });

    /// <summary>The filter as a query, kept while paging.</summary>
    public static string Query(string path, ClinicianFilter filter, bool inactive)
    {
        Dictionary<string, string?> query = new(StringComparer.Ordinal)
        {
            ["q"] = filter.Words,
            ["speciality"] = filter.Speciality?.ToString(),
            ["language"] = filter.Language,
            ["distance"] = filter.AtMost?.ToString(),
            ["telehealth"] = filter.Telehealth ? "on" : null,
            ["place"] = filter.Outside switch { true => "outside", false => "inside", null => null },
            ["out"] = inactive ? "1" : null,
        };
        return QueryHelpers.AddQueryString(path, query.Where(pair => pair.Value is not null));
    }

    internal static T? Code<T>(string? posted) where T : struct, Enum =>
        Enum.TryParse<T>(posted, ignoreCase: true, out var code) && Enum.IsDefined(code) ? code : null;
}
