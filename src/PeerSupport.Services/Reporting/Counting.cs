using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.Reporting;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Reporting;

/// <summary>Counts a closing.</summary>
internal static class Counting
{
    /// <summary>
    /// One more in one cell of each measure, in the transaction that burns the case: counted exactly if it burned. Goes
    /// through a function of the database; the login that closes cases cannot read a count.
    /// </summary>
    public static Task CountAsync(this PeerSupportContext db, ClosedCase closed, DateOnly day, CancellationToken cancellationToken)
    {
        var category = closed.CategoryId.ToString(CultureInfo.InvariantCulture);
        return db.Database.ExecuteSqlAsync(
            $"select tally_case({day}, {category}, {closed.Outcome.ToString()}, {TallyCells.TimeToAccept(closed.Waited)}, {closed.AgencyId.ToString()}, {TallyCells.Contacts(closed.Contacts)})",
            cancellationToken);
    }
}
