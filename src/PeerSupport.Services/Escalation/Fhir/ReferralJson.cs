using System.Text;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Hl7.Fhir.Utility;
using Hl7.Fhir.Validation;

namespace PeerSupport.Services.Escalation.Fhir;

/// <summary>A referral as the file that leaves: checked as a model, written, and read back by a strict reader before anybody gets it.</summary>
public static class ReferralJson
{
    /// <summary>The media type of the file.</summary>
    public const string MediaType = "application/fhir+json";

    /// <summary>Its name: the same for everybody.</summary>
    public const string FileName = "referral.fhir.json";

    private static readonly FhirJsonSerializer Serializer = new();

    /// <summary>The file, as UTF-8.</summary>
    /// <exception cref="InvalidReferralException">It would not be valid FHIR R4: a defect.</exception>
    public static byte[] Of(ReferralContent content)
    {
        var bundle = ReferralBundle.Make(content);
        Refuse(bundle.Validate(NarrativeValidationKind.FhirXhtml));
        var json = Serializer.SerializeToString(bundle);
        if (!FhirJsonDeserializer.STRICT.TryDeserializeResource(json, out _, out var issues))
            Refuse(issues);
        return Encoding.UTF8.GetBytes(json);
    }

    private static void Refuse(IEnumerable<CodedException> findings)
    {
        // Codes only: a finding's message can quote what was typed.
        var codes = findings.Select(finding => finding.ErrorCode).Distinct(StringComparer.Ordinal).ToList();
        if (codes.Count > 0)
            throw new InvalidReferralException(string.Join(", ", codes));
    }
}

/// <summary>A referral that is not valid FHIR. Carries codes of the validator, never words.</summary>
public sealed class InvalidReferralException(string codes) : Exception($"The referral is not valid FHIR R4: {codes}.");
