using PeerSupport.Domain.Cases;

namespace PeerSupport.Domain.Reporting;

/// <summary>All that is counted of a case when it ends: five codes, each landing in one cell.</summary>
/// <param name="CategoryId">Of the situation; never its type.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Waited">From post to accept; null when nobody accepted.</param>
/// <param name="AgencyId">Of the psychologist who posted it.</param>
/// <param name="Contacts">How many were counted.</param>
public sealed record ClosedCase(int CategoryId, CaseOutcome Outcome, TimeSpan? Waited, Guid AgencyId, int Contacts)
{
    /// <summary>What a case that ends now leaves.</summary>
    public static ClosedCase Of(SupportCase supportCase, CaseOutcome outcome) => new(
        CaseNotice.CategoryOf(supportCase.SituationTypeId), outcome, supportCase.AcceptedAt - supportCase.PostedAt, supportCase.AgencyId, supportCase.ContactDays.Length);
}
