using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.Reporting;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Cases;

/// <summary>The end of a case.</summary>
internal static class Burn
{
    /// <summary>
    /// Destroys the case as it was read: identity, key, recusals and deliveries go with its row (they cascade from it),
    /// in this one statement. False when it changed hands meanwhile; then nothing was touched.
    /// </summary>
    public static async Task<bool> BurnAsync(this PeerSupportContext db, SupportCase supportCase, CancellationToken cancellationToken) =>
        await db.SupportCases
            .Where(c => c.Id == supportCase.Id && c.Status == supportCase.Status && c.HolderId == supportCase.HolderId)
            .ExecuteDeleteAsync(cancellationToken) == 1;

    /// <summary>One more in one cell of each measure: all that stays. Same transaction as the burn.</summary>
    public static Task TallyAsync(this PeerSupportContext db, SupportCase supportCase, CaseOutcome outcome, DateOnly today, CancellationToken cancellationToken)
    {
        var category = CaseNotice.CategoryOf(supportCase.SituationTypeId).ToString(CultureInfo.InvariantCulture);
        var waited = TallyCells.TimeToAccept(supportCase.AcceptedAt - supportCase.PostedAt);
        var agency = supportCase.AgencyId.ToString();
        var contacts = TallyCells.Contacts(supportCase.ContactDays.Length);
        return db.Database.ExecuteSqlAsync($"select tally_case({today}, {category}, {outcome.ToString()}, {waited}, {agency}, {contacts})", cancellationToken);
    }
}
