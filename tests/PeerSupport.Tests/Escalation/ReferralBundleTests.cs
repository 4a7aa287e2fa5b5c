using System.Text;
using CsCheck;
using Hl7.Fhir.FhirPath;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using PeerSupport.Domain.Escalation;
using PeerSupport.Domain.Sealing;
using PeerSupport.Services.Escalation.Fhir;

namespace PeerSupport.Tests.Escalation;

/// <summary>The referral for a clinician's own system: valid, whole, and not a word more than was agreed.</summary>
public sealed class ReferralBundleTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 2, 23, 40, 7, 123, TimeSpan.Zero);

    /// <summary>Whatever a keyboard, a paste or an attacker can put into a field.</summary>
    private static readonly Gen<string> Words = Gen.OneOf(
        Gen.String[Gen.Char, 0, 60],
        Gen.String[Gen.Char["\u0000\u0001\u0009\u000a\u000d\u0020\u0085\u00a0\u00ad\u200b\u200d\u2028\u2029\u202e\u2066\u3000\ud800\udc00\ufeff\uffff<>&\"'{}\\/=+-@"], 0, 40],
        Among("206-555-0164", "+1 (206) 555-0164", "m.halloran@example.org", "<script>alert(1)</script>", "👮🏽‍♀️ Zoë Ñandú", "日本語", "مرحبا", "# heading *bold* [x](http://x)"));

    private static readonly Gen<ReferralContent> Contents =
        from facts in Gen.Select(Words, Words, Words, Words, Words)
        from language in Among([.. Languages.All.Keys])
        from talk in Gen.Enum<FirstTalk>()
        from basis in Gen.Enum<Basis>()
        from voluntariness in Gen.Enum<Voluntariness>()
        from id in Gen.Guid
        from seconds in Gen.Int[0, 1_000_000_000]
        from people in Gen.Select(Among("R. Abara", "Dr. Ó Súilleabháin"), Among("N. Okafor", "李"), Among<string?>(null, "", "206-555-0100"))
        select new ReferralContent(
            id,
            new AgreedFacts(Sealed(facts.Item1), Sealed(facts.Item2), Sealed(facts.Item3), Sealed(facts.Item4), Sealed(facts.Item5), language, talk),
            basis, basis.IsException() ? null : voluntariness, At.AddSeconds(seconds), people.Item1, people.Item2, people.Item3);

    /// <summary>The invariants that R4 puts on these resources, in its own expressions.</summary>
    private static readonly (string Key, string On, string Expression)[] Invariants =
    [
        ("bdl-3", "Bundle", "entry.all(request.exists() = (%resource.type = 'batch' or %resource.type = 'transaction' or %resource.type = 'history'))"),
        ("bdl-4", "Bundle", "entry.all(response.exists() = (%resource.type = 'batch-response' or %resource.type = 'transaction-response' or %resource.type = 'history'))"),
        ("bdl-5", "Bundle", "entry.all(resource.exists() or request.exists() or response.exists())"),
        ("bdl-7", "Bundle", "(type = 'history') or entry.where(fullUrl.exists()).select(fullUrl&resource.meta.versionId).isDistinct()"),
        ("bdl-8", "Bundle", "entry.all(fullUrl.contains('/_history/').not())"),
        ("prr-1", "ServiceRequest", "orderDetail.empty() or code.exists()"),
        ("ppc-1", "Consent", "policy.exists() or policyRule.exists()"),
        ("ppc-2", "Consent", "patient.exists() or scope.coding.where(system='something' and code='patient-privacy').exists().not()"),
        ("cpt-2", "Patient", "telecom.all(value.empty() or system.exists())"),
        ("dom-2", "Patient", "contained.contained.empty()"),
    ];

    [Fact]
    public void An_agreed_referral_reads_as_expected()
    {
        var json = Encoding.UTF8.GetString(ReferralJson.Of(Agreed()));
        var texts = ReferralReading.Of(ReferralJson.Of(Agreed())).Strings.Select(entry => $"{entry.Path} {entry.Value}").ToList();
        string[] expected =
        [
            "name.text M. Halloran",
            "telecom.value 206-555-0164",
            "telecom.system phone",
            "concept.text When to reach them: evenings",
            "concept.text Poor sleep for two months.",
            "concept.text With the officer's consent.",
            "concept.text Voluntary, not in lieu of discipline.",
            "concept.text Department: Harlan Bay",
            "coding.display Spanish",
            "ServiceRequest.authoredOn 2026-11-02T23:40:07Z",
            "name.text R. Abara",
            "name.text N. Okafor",
            "telecom.value 206-555-0100",
        ];
        expected.Except(texts, StringComparer.Ordinal).ShouldBeEmpty();
        json.ShouldNotContain("\"text\":{\"status\"", Case.Sensitive, "no narrative");
    }

    [Fact]
    public void An_exception_has_no_consent_and_says_so()
    {
        var exception = Agreed() with { Basis = Basis.Suicidal, Voluntariness = null, Facts = Agreed().Facts with { InShort = Sealed(""), Department = Sealed("") } };
        var reading = ReferralReading.Of(ReferralJson.Of(exception));
        reading.Findings.ShouldBeEmpty();
        reading.Strings.ShouldNotContain(entry => entry.Value == "Consent");
        reading.Strings.ShouldContain(entry => entry.Value == "Without consent: the officer said that they are suicidal.");
        // What nobody agreed to, or was asked for, is not made up.
        reading.Strings.ShouldNotContain(entry => entry.Value.Contains("oluntary", StringComparison.Ordinal) || entry.Value.Contains("First talk", StringComparison.Ordinal) || entry.Value == "Spanish");
    }

    [Fact]
    public void The_department_is_there_only_if_it_was_agreed() =>
        ReferralReading.Of(ReferralJson.Of(Agreed() with { Facts = Agreed().Facts with { Department = Sealed("") } })).Strings
            .ShouldNotContain(entry => entry.Value.Contains("Department", StringComparison.Ordinal) || entry.Value.Contains("Harlan", StringComparison.Ordinal));

    [Fact]
    public void Taken_over_twice_it_is_the_same_and_no_id_of_ours_leaves()
    {
        var content = Agreed();
        ReferralJson.Of(content).ShouldBe(ReferralJson.Of(content));
        Encoding.UTF8.GetString(ReferralJson.Of(content)).ShouldNotContain(content.TrackId.ToString());
        var other = ReferralReading.Of(ReferralJson.Of(content with { TrackId = Guid.NewGuid() })).Strings.Where(entry => entry.Path == "Bundle.entry.fullUrl").Select(entry => entry.Value);
        ReferralReading.Of(ReferralJson.Of(content)).Strings.Select(entry => entry.Value).Intersect(other, StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Fact]
    public void Whatever_was_typed_an_independent_reader_finds_it_valid() =>
        Contents.Sample(content => ReferralReading.Of(ReferralJson.Of(content)).Findings.ShouldBeEmpty(), iter: 1000);

    [Fact]
    public void Whatever_was_typed_no_string_carries_more_than_was_agreed() =>
        Contents.Sample(
            content =>
            {
                var allowed = AllowedOf(content);
                var strings = ReferralReading.Of(ReferralJson.Of(content)).Strings;
                strings.Where(entry => !allowed.Contains(entry.Value) && !IsAddress(entry.Value)).ShouldBeEmpty();
                // And nothing agreed is lost on the way.
                foreach (var (prefix, fact) in AgreedOf(content))
                    if (Expected(fact) is { Length: > 0 } words)
                        strings.ShouldContain(entry => entry.Value == prefix + words);
            },
            iter: 1000);

    [Fact]
    public void Whatever_was_typed_the_invariants_of_R4_hold() =>
        Contents.Sample(
            content =>
            {
                var bundle = ReferralBundle.Make(content);
                foreach (var resource in bundle.Entry.Select(entry => entry.Resource!).Prepend<Resource>(bundle))
                    foreach (var (key, _, expression) in Invariants.Where(invariant => invariant.On == resource.TypeName))
                        resource.Predicate(expression).ShouldBeTrue(key);
            },
            iter: 200);

    [Fact]
    public void The_reader_and_the_invariants_find_what_is_wrong()
    {
        var bundle = ReferralBundle.Make(Agreed());
        var request = (ServiceRequest)bundle.Entry[0].Resource!;
        request.Code = null;
        request.Predicate(Invariants.Single(invariant => invariant.Key == "prr-1").Expression).ShouldBeFalse();
        request.Intent = null;
        request.Subject!.Reference = "urn:uuid:" + Guid.NewGuid();
        request.Text = new Narrative("<div xmlns=\"http://www.w3.org/1999/xhtml\">more</div>");
        var json = Encoding.UTF8.GetBytes(new FhirJsonSerializer().SerializeToString(bundle));
        var findings = ReferralReading.Of(json).Findings;
        new[] { "ServiceRequest.intent is missing", "ServiceRequest.text is not expected" }.Except(findings, StringComparer.Ordinal).ShouldBeEmpty();
        findings.ShouldContain(finding => finding.EndsWith("leads nowhere", StringComparison.Ordinal));
    }

    [Fact]
    public void It_prints_as_sealed() => $"{Agreed()}".ShouldBe("[sealed]");

    private static HashSet<string> AllowedOf(ReferralContent content) => new(
    [
        .. AgreedOf(content).Select(fact => fact.Prefix + Expected(fact.Words)), content.ReferredTo, content.ReferredBy, content.ReferredByPhone ?? "",
        content.ReferredAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
        .. content.Basis == Basis.Consent ? [content.Facts.Language, Languages.All[content.Facts.Language]] : Array.Empty<string>(),
        .. Constants,
    ], StringComparer.Ordinal);

    private static IEnumerable<(string Prefix, string Words)> AgreedOf(ReferralContent content) =>
    [
        ("", content.Facts.Name.Unsealed), ("", content.Facts.Reach.Unsealed), ("", content.Facts.InShort.Unsealed),
        ("When to reach them: ", content.Facts.When.Unsealed), ("Department: ", content.Facts.Department.Unsealed),
    ];

    /// <summary>What a reader should get of what was typed: written down a second time, in another way.</summary>
    private static string Expected(string typed)
    {
        var utf8 = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(typed)); // half pairs become U+FFFD
        return string.Concat(utf8.Select(character => character switch
        {
            '\n' or '\t' => character.ToString(),
            '\r' => "",
            '\u2028' or '\u2029' => "\n",
            _ when char.IsControl(character) || char.IsWhiteSpace(character) => " ",
            _ => character.ToString(),
        })).Trim();
    }

    private static readonly string[] Constants =
    [
        "Bundle", "collection", "ServiceRequest", "Patient", "Consent", "Practitioner", "active", "order", "permit", "instance", "phone", "email", "other", "work",
        "urn:ietf:rfc:3986", "urn:ietf:bcp:47", "http://snomed.info/sct", "409063005", "Counselling", "3457005", "Patient referral",
        "http://terminology.hl7.org/CodeSystem/v3-ActCode", "IDSCL", "information disclosure", "OPTIN", "opt-in",
        "http://terminology.hl7.org/CodeSystem/v3-ActReason", "TREAT", "treatment", "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "R", "restricted",
        "http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "IRCP", "information recipient",
        "http://terminology.hl7.org/CodeSystem/consentscope", "patient-privacy", "Privacy Consent", "http://terminology.hl7.org/CodeSystem/consentaction", "disclose", "Disclose",
        "With the officer's consent.", "Without consent: the officer said that they are suicidal.", "Without consent: the officer said that they are homicidal.",
        "Without consent: the officer said that they are committing crimes.", "Voluntary, not in lieu of discipline.", "In lieu of discipline.",
        "First talk wanted this week.", "First talk wanted in the next weeks.", "No hurry with the first talk.",
    ];

    private static bool IsAddress(string value) => value.StartsWith("urn:uuid:", StringComparison.Ordinal) && Guid.TryParse(value.AsSpan(9), out _);

    private static Gen<T> Among<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static Confidential Sealed(string words) => Confidential.From(words);

    private static ReferralContent Agreed() => new(
        new Guid("5f1c2a52-7d3c-4a51-8a27-0f2f60f9c111"),
        new AgreedFacts(Sealed("M. Halloran"), Sealed("206-555-0164"), Sealed("evenings"), Sealed("Poor sleep for two months."), Sealed("Harlan Bay"), "es", FirstTalk.ThisWeek),
        Basis.Consent, Voluntariness.Voluntary, At, "R. Abara", "N. Okafor", "206-555-0100");
}
