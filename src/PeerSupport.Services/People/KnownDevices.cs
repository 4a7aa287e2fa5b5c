using Microsoft.EntityFrameworkCore;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.People;

/// <summary>
/// Browsers that have signed in before (device cookies, as OWASP describes them). A browser may be several people's: a
/// shared computer carries a token for each, and whoever reads the cookie learns from it whose they are only with the
/// database and the key directory.
/// </summary>
internal sealed class KnownDevices(DeviceTokens tokens, TimeProvider clock)
{
    /// <summary>How long a browser stays known without signing in.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromDays(180);

    private const int MostInOneBrowser = 5;
    private const int MostOfOnePerson = 20;

    /// <summary>This person's row for this browser; null for a stranger's browser, and for an account that does not exist.</summary>
    public Task<KnownDevice?> FindAsync(PeerSupportContext db, Guid personId, Caller from, CancellationToken cancellationToken)
    {
        var ids = IdsOf(from);
        var oldest = clock.GetUtcNow() - Lasts;
        return db.KnownDevices.AsNoTracking().FirstOrDefaultAsync(d => ids.Contains(d.Id) && d.PersonId == personId && d.LastUsedAt > oldest, cancellationToken);
    }

    /// <summary>After a sign-in: this browser is known from now on. The caller saves.</summary>
    /// <returns>What the browser carries from now on.</returns>
    public async Task<string> RememberAsync(PeerSupportContext db, Guid personId, Caller from, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var device = await FindAsync(db, personId, from, cancellationToken);
        if (device is null)
        {
            var oldest = now - Lasts;
            await db.KnownDevices.Where(d => d.LastUsedAt <= oldest).ExecuteDeleteAsync(cancellationToken);
            var kept = db.KnownDevices.Where(d => d.PersonId == personId).OrderByDescending(d => d.LastUsedAt).Take(MostOfOnePerson - 1).Select(d => d.Id);
            await db.KnownDevices.Where(d => d.PersonId == personId && !kept.Contains(d.Id)).ExecuteDeleteAsync(cancellationToken);
            device = new KnownDevice { Id = Guid.NewGuid(), PersonId = personId, LastUsedAt = now };
            db.KnownDevices.Add(device);
        }
        else
        {
            await db.KnownDevices.Where(d => d.Id == device.Id).ExecuteUpdateAsync(set => set.SetProperty(d => d.LastUsedAt, now), cancellationToken);
        }

        return string.Join('.', IdsOf(from).Where(id => id != device.Id).Prepend(device.Id).Take(MostInOneBrowser).Select(tokens.TokenOf));
    }

    /// <summary>Counts a failure of a known device, and locks it. Strangers are counted on the account, by <see cref="PasswordCheck"/>.</summary>
    public Task<int> CountFailureAsync(PeerSupportContext db, Guid deviceId, int mostTries, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        DateTimeOffset? locked = until;
        return db.KnownDevices.Where(d => d.Id == deviceId && (d.LockedUntil == null || d.LockedUntil <= now)).ExecuteUpdateAsync(
            set => set
                .SetProperty(d => d.LockedUntil, d => d.Failures + 1 >= mostTries ? locked : d.LockedUntil)
                .SetProperty(d => d.Failures, d => d.Failures + 1 >= mostTries ? 0 : d.Failures + 1),
            cancellationToken);
    }

    /// <summary>After a right answer; false when the device was locked meanwhile.</summary>
    public async Task<bool> ClearFailuresAsync(PeerSupportContext db, Guid deviceId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return await db.KnownDevices.Where(d => d.Id == deviceId && (d.LockedUntil == null || d.LockedUntil <= now))
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.Failures, 0), cancellationToken) == 1;
    }

    private List<Guid> IdsOf(Caller from) =>
        [.. (from.Device is { Length: < 1000 } cookie ? cookie.Split('.') : []).Take(MostInOneBrowser).Select(tokens.IdOf).OfType<Guid>().Distinct()];
}
