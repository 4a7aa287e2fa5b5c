using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Sealing;

/// <summary>The state of the keys, for administrators: days and times only. How many cases there are, or whether there are any, cannot be read off it.</summary>
/// <param name="Kept">Days of the keys still kept, oldest first.</param>
/// <param name="LastStarted">When the last rotation began.</param>
/// <param name="LastFinished">When the last rotation that reached its end did so.</param>
/// <param name="KeyDays">Days old keys are kept: the restore window.</param>
/// <param name="IsToday">Everything open is under today's key.</param>
/// <param name="SomeBroken">The last rotation of this node met sealed rows that do not open; null before the first.</param>
public sealed record SealingView(
    IReadOnlyList<DateOnly> Kept, DateTimeOffset? LastStarted, DateTimeOffset? LastFinished, int KeyDays, bool IsToday, bool? SomeBroken)
{
    /// <summary>Day of the key that new cases are sealed under; null while there is none.</summary>
    public DateOnly? Newest => Kept.Count == 0 ? null : Kept[^1];

    /// <summary>Days after which a case closed today cannot be read in any backup.</summary>
    public int DaysUntilUnreadable => KeyDays + 1;
}

/// <summary>Reads the state of the keys.</summary>
public sealed class SealingOverview(Database database, EpochRotation rotation, IEpochKeyStore epochKeys)
{
    /// <summary>For an administrator; for anybody else there is nothing here.</summary>
    public async Task<Result<SealingView>> ReadAsync(Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.Roles.Contains(Role.Administrator))
            return CaseRefusals.NotFound;
        var keys = epochKeys.List();
        await using var work = await database.BeginJobAsync("overview", cancellationToken);
        var runs = work.Context.Set<SealingRun>().AsNoTracking();
        return new SealingView(
            [.. keys.Select(DateOnly.FromDayNumber)],
            await runs.MaxAsync(run => (DateTimeOffset?)run.StartedAt, cancellationToken),
            await runs.MaxAsync(run => run.FinishedAt, cancellationToken),
            rotation.KeyDays,
            keys.Count > 0 && keys[^1] >= rotation.Today && await rotation.LeftBehindAsync(rotation.Today, cancellationToken) == 0,
            rotation.SomeBroken);
    }
}
