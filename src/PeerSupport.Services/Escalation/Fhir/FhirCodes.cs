using Hl7.Fhir.Model;
using PeerSupport.Domain.Escalation;

namespace PeerSupport.Services.Escalation.Fhir;

/// <summary>The few codes a referral needs, each from the terminology that FHIR R4 names for its element.</summary>
internal static class FhirCodes
{
    private const string Snomed = "http://snomed.info/sct";
    private const string Act = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
    private const string ActReason = "http://terminology.hl7.org/CodeSystem/v3-ActReason";
    private const string Confidentiality = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";
    private const string Participation = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
    private const string ConsentScope = "http://terminology.hl7.org/CodeSystem/consentscope";
    private const string ConsentAction = "http://terminology.hl7.org/CodeSystem/consentaction";

    public static CodeableConcept Counselling() => new(Snomed, "409063005", "Counselling", null);

    public static CodeableConcept PatientReferral() => new(Snomed, "3457005", "Patient referral", null);

    public static CodeableConcept PrivacyConsent() => new(ConsentScope, "patient-privacy", "Privacy Consent", null);

    public static CodeableConcept InformationDisclosure() => new(Act, "IDSCL", "information disclosure", null);

    public static CodeableConcept OptIn() => new(Act, "OPTIN", "opt-in", null);

    public static CodeableConcept Recipient() => new(Participation, "IRCP", "information recipient", null);

    public static CodeableConcept Disclose() => new(ConsentAction, "disclose", "Disclose", null);

    public static Coding Treatment() => new(ActReason, "TREAT", "treatment");

    /// <summary>Confidentiality "restricted": the label by which systems keep it from wider view.</summary>
    public static Coding Restricted() => new(Confidentiality, "R", "restricted");

    public static CodeableConcept Language(string code) => new("urn:ietf:bcp:47", code, Languages.All[code], null);

    /// <summary>Words without a code.</summary>
    public static CodeableConcept Words(string words) => new() { Text = words };
}
