using System.Diagnostics;
using System.Globalization;
using PeerSupport.Domain.Escalation;
using PeerSupport.Domain.Sealing;
using PeerSupport.Services.Escalation;
using PeerSupport.Web.Features.Escalation.Clinicians;
using PeerSupport.Web.Features.Escalation.Referral;

namespace PeerSupport.Web.Features.Escalation.HandOn;

/// <summary>
/// The consent form as it stands on the page: what was typed with the officer, so that nothing is ever typed twice. Lives
/// for one request, on static pages only; nothing of it is kept before the last step.
/// </summary>
[DebuggerDisplay("[sealed]")]
public sealed record FilledReferral
{
    public string Name { get; init; } = "";
    public string Reach { get; init; } = "";
    public string When { get; init; } = "";
    public string InShort { get; init; } = "";
    public bool ShareDepartment { get; init; }

    /// <summary>Names of department and clinician as the review page said them. Only to be said again: the service reads its own.</summary>
    public string Department { get; init; } = "";
    public string ClinicianName { get; init; } = "";
    public string Language { get; init; } = "en";
    public FirstTalk? FirstTalk { get; init; }
    public Voluntariness? Voluntariness { get; init; }
    public Guid? Clinician { get; init; }
    public bool Consent { get; init; }
    public bool CheckIn { get; init; }

    /// <summary>How the list of clinicians is narrowed. No part of the referral.</summary>
    public ClinicianFilter Filter { get; init; } = new();

    /// <summary>Page of that list.</summary>
    public int Page { get; init; } = 1;

    /// <summary>As posted. Codes that are on no list are left out and then asked for again.</summary>
    public static FilledReferral Of(IFormCollection form) => new()
    {
        Name = Text(form, "name"),
        Reach = Text(form, "reach"),
        When = Text(form, "when"),
        InShort = Text(form, "short").ReplaceLineEndings("\n"),
        ShareDepartment = form["department"] == "yes",
        Department = Text(form, "department-name"),
        ClinicianName = Text(form, "clinician-name"),
        Language = Text(form, "language"),
        FirstTalk = ClinicianFilters.Code<FirstTalk>(form["talk"]),
        Voluntariness = ClinicianFilters.Code<Voluntariness>(form["voluntary"]),
        Clinician = Guid.TryParse(form["clinician"], out var clinician) ? clinician : null,
        Consent = form["consent"] == "yes",
        CheckIn = form["check-in"] == "yes",
        Filter = ClinicianFilters.Of(name => form["f-" + name]),
        Page = int.TryParse(form["filter"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? Math.Clamp(page, 1, 1000) : 1,
    };

    /// <summary>The same as hidden fields, for the page that repeats it all.</summary>
    public IEnumerable<(string Name, string Value)> Fields()
    {
        yield return ("name", Name);
        yield return ("reach", Reach);
        yield return ("when", When);
        yield return ("short", InShort);
        yield return ("department", ShareDepartment ? "yes" : "no");
        yield return ("department-name", Department);
        yield return ("clinician-name", ClinicianName);
        yield return ("language", Language);
        yield return ("talk", $"{FirstTalk}");
        yield return ("voluntary", $"{Voluntariness}");
        yield return ("clinician", $"{Clinician}");
        yield return ("consent", Consent ? "yes" : "no");
        yield return ("check-in", CheckIn ? "yes" : "no");
    }

    /// <summary>For the use case.</summary>
    public ReferralForm AsForm() => new(
        Clinician,
        new AgreedFacts(
            Confidential.From(Name), Confidential.From(Reach), Confidential.From(When), Confidential.From(InShort), Confidential.From(null), Language, FirstTalk ?? default(FirstTalk)),
        ShareDepartment, Voluntariness, Consent, CheckIn);

    /// <summary>In words, as it will be shared.</summary>
    public AgreedWords AsWords() => new(Name, Reach, When, InShort, ShareDepartment ? Department : "", Language, FirstTalk);

    /// <summary>Never the words.</summary>
    public override string ToString() => "[sealed]";

    private static string Text(IFormCollection form, string name) => form[name].ToString().Trim();
}
