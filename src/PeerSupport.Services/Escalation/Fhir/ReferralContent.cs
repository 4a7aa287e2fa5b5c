using System.Diagnostics;
using PeerSupport.Domain.Escalation;

namespace PeerSupport.Services.Escalation.Fhir;

/// <summary>
/// All that goes into a referral for a clinician's own system. For the clinician of the track only; made after the
/// reading was recorded.
/// </summary>
/// <param name="TrackId">The track. It is not written down; the ids in the document are derived from it.</param>
/// <param name="Facts">What the officer agreed to share.</param>
/// <param name="Basis">Consent, or the exception.</param>
/// <param name="Voluntariness">Null for an exception.</param>
/// <param name="ReferredAt">When it was handed to this clinician.</param>
/// <param name="ReferredTo">The clinician's name, from the directory.</param>
/// <param name="ReferredBy">The psychologist's name.</param>
/// <param name="ReferredByPhone">The psychologist's number, where there is one.</param>
[DebuggerDisplay("[sealed]")]
public sealed record ReferralContent(
    Guid TrackId,
    AgreedFacts Facts,
    Basis Basis,
    Voluntariness? Voluntariness,
    DateTimeOffset ReferredAt,
    string ReferredTo,
    string ReferredBy,
    string? ReferredByPhone)
{
    /// <summary>Never the words.</summary>
    public override string ToString() => "[sealed]";
}
