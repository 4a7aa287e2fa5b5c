using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.Cases;
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
}
