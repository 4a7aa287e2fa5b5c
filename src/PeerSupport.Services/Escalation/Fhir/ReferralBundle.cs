using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Hl7.Fhir.Model;
using PeerSupport.Domain.Escalation;
using PeerSupport.Domain.Sealing;

namespace PeerSupport.Services.Escalation.Fhir;

/// <summary>
/// A referral as one FHIR R4 bundle: ServiceRequest, Patient, Consent (or, for an exception, the statement that there is
/// none) and the two Practitioners. Only what the officer agreed to share is in it, and no narrative that would say it twice.
/// </summary>
/// <remarks>
/// The bundle is a collection. A document would need a Composition, whose sections are narrative again; a message or
/// transaction would tell the receiving system what to do, and taking a referral in is the clinician's decision.
/// Ids are derived from the track: taken over twice, it is recognised, and no id of ours leaves.
/// </remarks>
public static class ReferralBundle
{
    /// <summary>Makes the bundle. Nothing but its input goes in: no clock, no database.</summary>
    public static Bundle Make(ReferralContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        var ids = new Ids(content.TrackId);
        var bundle = new Bundle { Type = Bundle.BundleType.Collection, Meta = Restricted() };
        Add(bundle, ids.Request, RequestOf(content, ids));
        Add(bundle, ids.Officer, OfficerOf(content));
        if (!content.Basis.IsException())
            Add(bundle, ids.Consent, ConsentOf(content, ids));
        Add(bundle, ids.Psychologist, PractitionerOf(content.ReferredBy, content.ReferredByPhone));
        Add(bundle, ids.Clinician, PractitionerOf(content.ReferredTo, null));
        return bundle;
    }

    private static ServiceRequest RequestOf(ReferralContent content, Ids ids)
    {
        var request = new ServiceRequest
        {
            Meta = Restricted(),
            Identifier = [new Identifier("urn:ietf:rfc:3986", ids.Request)],
            Status = RequestStatus.Active,
            Intent = RequestIntent.Order,
            Category = [FhirCodes.Counselling()],
            Code = FhirCodes.PatientReferral(),
            Subject = new ResourceReference(ids.Officer),
            AuthoredOn = At(content.ReferredAt).Value,
            Requester = new ResourceReference(ids.Psychologist),
            Performer = [new ResourceReference(ids.Clinician)],
            OrderDetail = [.. Details(content).Select(FhirCodes.Words)],
        };
        if (Typed(content.Facts.InShort) is { } inShort)
            request.ReasonCode = [FhirCodes.Words(inShort)];
        if (!content.Basis.IsException())
            request.SupportingInfo = [new ResourceReference(ids.Consent)];
        return request;
    }

    /// <summary>Plain sentences. Not notes, which are markdown and would lend what was typed a meaning of its own.</summary>
    private static IEnumerable<string> Details(ReferralContent content)
    {
        yield return FhirWords.Of(content.Basis);
        if (content.Voluntariness is { } voluntariness)
            yield return FhirWords.Of(voluntariness);
        if (!content.Basis.IsException())
            yield return FhirWords.Of(content.Facts.FirstTalk);
        if (Typed(content.Facts.When) is { } when)
            yield return "When to reach them: " + when;
        // Not as an employer or contact of the Patient: systems call contacts, and write to them.
        if (Typed(content.Facts.Department) is { } department)
            yield return "Department: " + department;
    }

    private static Patient OfficerOf(ReferralContent content)
    {
        var officer = new Patient
        {
            Meta = Restricted(),
            Name = Typed(content.Facts.Name) is { } name ? [new HumanName { Text = name }] : [],
            Telecom = Typed(content.Facts.Reach) is { } reach ? [FhirWords.Reach(reach)] : [],
        };
        // Nobody was asked for their language when an exception was invoked.
        if (!content.Basis.IsException())
            officer.Communication = [new() { Language = FhirCodes.Language(content.Facts.Language), Preferred = true }];
        return officer;
    }

    private static Consent ConsentOf(ReferralContent content, Ids ids) => new()
    {
        Meta = Restricted(),
        Status = Consent.ConsentState.Active,
        Scope = FhirCodes.PrivacyConsent(),
        Category = [FhirCodes.InformationDisclosure()],
        Patient = new ResourceReference(ids.Officer),
        DateTime = At(content.ReferredAt).Value,
        Performer = [new ResourceReference(ids.Officer)],
        PolicyRule = FhirCodes.OptIn(),
        Provision = new Consent.provisionComponent
        {
            Type = Consent.ConsentProvisionType.Permit,
            Period = new Period { StartElement = At(content.ReferredAt) },
            Actor = [new() { Role = FhirCodes.Recipient(), Reference = new ResourceReference(ids.Clinician) }],
            Action = [FhirCodes.Disclose()],
            Purpose = [FhirCodes.Treatment()],
            Data =
            [
                new() { Meaning = Consent.ConsentDataMeaning.Instance, Reference = new ResourceReference(ids.Request) },
                new() { Meaning = Consent.ConsentDataMeaning.Instance, Reference = new ResourceReference(ids.Officer) },
            ],
        },
    };

    private static Practitioner PractitionerOf(string name, string? phone) => new()
    {
        Name = [new HumanName { Text = FhirWords.Plain(name) }],
        Telecom = phone is { Length: > 0 } ? [new ContactPoint { System = ContactPoint.ContactPointSystem.Phone, Value = FhirWords.Plain(phone), Use = ContactPoint.ContactPointUse.Work }] : [],
    };

    private static Meta Restricted() => new() { Security = [FhirCodes.Restricted()] };

    private static void Add(Bundle bundle, string url, Resource resource) => bundle.Entry.Add(new() { FullUrl = url, Resource = resource });

    /// <summary>To the second: finer than that nobody needs.</summary>
    private static FhirDateTime At(DateTimeOffset time) => new(time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));

    private static string? Typed(Confidential fact) => FhirWords.Plain(fact.Unsealed) is { Length: > 0 } words ? words : null;

    /// <summary>Addresses of the entries: the same for the same track, telling nothing about it (UUID version 8 over SHA-256).</summary>
    private readonly struct Ids(Guid trackId)
    {
        public string Request => Of("request");
        public string Officer => Of("officer");
        public string Consent => Of("consent");
        public string Psychologist => Of("psychologist");
        public string Clinician => Of("clinician");

        private string Of(string part)
        {
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"referral|{trackId:N}|{part}"))[..16];
            hash[6] = (byte)((hash[6] & 0x0f) | 0x80);
            hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
            return $"urn:uuid:{new Guid(hash, bigEndian: true)}";
        }
    }
}
