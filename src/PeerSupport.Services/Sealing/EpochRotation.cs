using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using PeerSupport.Services.Cases;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Sealing;

/// <summary>What one rotation achieved.</summary>
/// <param name="Complete">Everything that can be opened is under the new epoch.</param>
/// <param name="SomeBroken">There are sealed rows whose key does not open: altered, or restored from before the window.</param>
public readonly record struct RotationOutcome(bool Complete, bool SomeBroken);

/// <summary>
/// The daily rotation: a new epoch key, every open case's key rewrapped under it, keys older than N days destroyed.
/// Each step may be interrupted and repeated; a key is destroyed only when nothing is wrapped by it any more. Counts of
/// posted cases that are too old to tell what is rare go at the same time.
/// </summary>
public sealed class EpochRotation
{
    private const int NotLooked = -1;
    private readonly Database database;
    private readonly CaseSealer sealer;
    private readonly IEpochKeyStore epochKeys;
    private readonly TimeProvider clock;
    private volatile int lastBroken = NotLooked;

    internal EpochRotation(Database database, CaseSealer sealer, IEpochKeyStore epochKeys, TimeProvider clock, IConfiguration configuration)
    {
        (this.database, this.sealer, this.epochKeys, this.clock) = (database, sealer, epochKeys, clock);
        KeyDays = ReadKeyDays(configuration);
    }

    internal static int ReadKeyDays(IConfiguration configuration) =>
        configuration.GetValue("PeerSupport:KeyDays", 7) is >= 1 and <= 30 and var days
            ? days
            : throw new InvalidOperationException("PeerSupport:KeyDays must lie between 1 and 30.");

    /// <summary>Days for which old keys are kept: the restore window. A closed case is unreadable everywhere one day later.</summary>
    public int KeyDays { get; }

    /// <summary>Whether the last run on this node met sealed rows that do not open; null before the first.</summary>
    public bool? SomeBroken => lastBroken is var broken and not NotLooked ? broken > 0 : null;

    /// <summary>Today's epoch.</summary>
    public int Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).DayNumber;

    /// <summary>
    /// All steps. Two nodes may do this at the same moment: each skips the rows the other is at, and the one that finds
    /// rows left over says so and tries again later.
    /// </summary>
    public async Task<RotationOutcome> RunAsync(CancellationToken cancellationToken)
    {
        var today = Today;
        epochKeys.Ensure(today);
        await StartedAsync(today, cancellationToken);
        var broken = 0;
        foreach (var table in WrappedKeys.All)
        {
            var at = new RewrapPosition(Guid.Empty, 0, More: true);
            while (at.More)
                at = await RewrapBatchAsync(table, today, at, cancellationToken);
            broken += at.Broken;
        }

        lastBroken = broken;
        var destroyed = await DestroyOldAsync(today, cancellationToken);
        await ForgetOldPostsAsync(today, cancellationToken);
        var left = await LeftBehindAsync(today, cancellationToken);
        if (left <= broken)
            await FinishedAsync(today, destroyed, cancellationToken);
        return new RotationOutcome(left <= broken, broken > 0);
    }

    /// <summary>Rewraps one batch of keys, in one transaction. A row that does not open is left as it is: it must not hold up the others.</summary>
    internal async Task<RewrapPosition> RewrapBatchAsync(WrappedKeys table, int epoch, RewrapPosition from, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginJobAsync("rotation", cancellationToken);
        var rows = await work.Context.Database.SqlQueryRaw<WrappedRow>(table.Select, epoch, from.After, WrappedKeys.Batch).ToListAsync(cancellationToken);
        var broken = from.Broken;
        foreach (var row in rows)
        {
            try
            {
                var rewrapped = sealer.Rewrap(row.Subject, new WrappedKey(row.KeyEpoch, row.WrappedKey), epoch);
                await work.Context.Database.ExecuteSqlRawAsync(table.Update, [rewrapped.Epoch, rewrapped.Bytes, row.Owner], cancellationToken);
            }
            catch (SealBrokenException)
            {
                broken++;
            }
        }

        await work.CommitAsync(cancellationToken);
        return new RewrapPosition(rows.Count == 0 ? from.After : rows[^1].Owner, broken, More: rows.Count == WrappedKeys.Batch);
    }

    /// <summary>Destroys keys older than the window, but for those by which something is still wrapped. Returns the newest destroyed.</summary>
    internal async Task<int?> DestroyOldAsync(int epoch, CancellationToken cancellationToken)
    {
        var cutoff = epoch - KeyDays;
        var old = epochKeys.List().Where(key => key < cutoff).ToList();
        if (old.Count == 0)
            return null;
        await using var work = await database.BeginJobAsync("rotation", cancellationToken);
        var inUse = await work.Context.Database.SqlQuery<int>(
            $"select key_epoch as \"Value\" from sealed_identities where key_epoch < {cutoff} union select key_epoch from case_drafts where key_epoch < {cutoff} union select key_epoch from track_facts where key_epoch < {cutoff}")
            .ToListAsync(cancellationToken);
        int? destroyed = null;
        foreach (var key in old.Except(inUse).Order())
        {
            epochKeys.Destroy(key);
            destroyed = key;
        }

        return destroyed;
    }

    /// <summary>How many keys are still wrapped by an earlier epoch's.</summary>
    internal async Task<int> LeftBehindAsync(int epoch, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginJobAsync("rotation", cancellationToken);
        return await work.Context.Database.SqlQuery<int>(
            $"select ((select count(*) from sealed_identities where key_epoch < {epoch}) + (select count(*) from case_drafts where key_epoch < {epoch}) + (select count(*) from track_facts where key_epoch < {epoch}))::int as \"Value\"")
            .SingleAsync(cancellationToken);
    }

    private async Task ForgetOldPostsAsync(int epoch, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginJobAsync("rotation", cancellationToken);
        await work.Context.ForgetOldPostsAsync(DateOnly.FromDayNumber(epoch), cancellationToken);
        await work.CommitAsync(cancellationToken);
    }

    private async Task StartedAsync(int epoch, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginJobAsync("rotation", cancellationToken);
        await work.Context.Database.ExecuteSqlAsync(
            $"insert into sealing_runs (epoch, started_at) values ({epoch}, {clock.GetUtcNow()}) on conflict (epoch) do update set started_at = excluded.started_at", cancellationToken);
        await work.CommitAsync(cancellationToken);
    }

    private async Task FinishedAsync(int epoch, int? destroyed, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginJobAsync("rotation", cancellationToken);
        await work.Context.Database.ExecuteSqlAsync(
            $"update sealing_runs set finished_at = {clock.GetUtcNow()}, destroyed_up_to = coalesce({destroyed}, destroyed_up_to) where epoch = {epoch}", cancellationToken);
        await work.CommitAsync(cancellationToken);
    }

    private sealed record WrappedRow(Guid Owner, Guid Subject, int KeyEpoch, byte[] WrappedKey);
}
