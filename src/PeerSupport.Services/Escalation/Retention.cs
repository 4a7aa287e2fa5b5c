using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.Escalation;
using PeerSupport.Domain.People;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Escalation;

/// <summary>How long the formal tracks of an agency are kept, and what will be destroyed when. For its psychologists.</summary>
public sealed class Retention(Database database, TimeProvider clock)
{
    /// <summary>Tracks on one page of the preview.</summary>
    public const int PageSize = 20;
    private const int RunsShown = 6;

    /// <summary>The setting, and the reader's own ended tracks in the order in which they go.</summary>
    /// <param name="actor">A psychologist.</param>
    /// <param name="months">A setting to try out; null for the one in force.</param>
    /// <param name="page">From 1.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<Result<RetentionOverview>> ReadAsync(Actor actor, int? months, int page, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Tracks, actor, cancellationToken);
        if (!work.ActorIs(Role.Psychologist))
            return EscalationRefusals.NotFound;
        var db = work.Context;
        var chosen = await db.TrackSettings.AsNoTracking().Where(s => s.AgencyId == actor.AgencyId).Select(s => (int?)s.RetentionMonths).SingleOrDefaultAsync(cancellationToken);
        var inForce = months ?? chosen ?? RetentionRules.DefaultMonths;
        var ended = db.Tracks.AsNoTracking().Where(t => t.StewardId == actor.PersonId && t.EndedAt != null);
        var total = await ended.CountAsync(cancellationToken);
        page = Math.Clamp(page, 1, Math.Max(1, (total + PageSize - 1) / PageSize));
        // Held ones last: the others go in the order in which they ended.
        var rows = await ended.OrderBy(t => t.LegalHold).ThenBy(t => t.EndedAt).ThenBy(t => t.Id).Skip((page - 1) * PageSize).Take(PageSize).ToListAsync(cancellationToken);
        var runs = await db.RetentionRuns.AsNoTracking().Where(run => run.AgencyId == actor.AgencyId).OrderByDescending(run => run.Day).Take(RunsShown)
            .Select(run => new RetentionDay(run.Day, run.Destroyed)).ToListAsync(cancellationToken);
        return new RetentionOverview(inForce, chosen is not null, [.. rows.Select(row => Of(row, inForce))], total, page, PageSize, runs);
    }

    /// <summary>How many of the reader's own tracks the next daily run would destroy under a setting.</summary>
    public async Task<Result<int>> DueAsync(Actor actor, int months, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Tracks, actor, cancellationToken);
        if (!work.ActorIs(Role.Psychologist))
            return EscalationRefusals.NotFound;
        var before = RetentionTimes.EndedBefore(DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), months);
        return await work.Context.Tracks.CountAsync(t => t.StewardId == actor.PersonId && t.EndedAt < before && !t.LegalHold, cancellationToken);
    }

    /// <summary>Chooses how long. Holds from the next daily run, for tracks that ended before too.</summary>
    public async Task<Result> SetAsync(Actor actor, int? months, CancellationToken cancellationToken)
    {
        if (months is not (>= RetentionRules.LeastMonths and <= RetentionRules.MostMonths))
            return RetentionRefusals.OutOfRange;
        await using var work = await database.BeginAsync(DatabaseRole.Tracks, actor, cancellationToken);
        if (!work.ActorIs(Role.Psychologist))
            return EscalationRefusals.NotFound;
        await work.Context.Database.ExecuteSqlAsync(
            $"""
            insert into track_settings (agency_id, retention_months) values ({actor.AgencyId}, {months})
            on conflict (agency_id) do update set retention_months = excluded.retention_months
            """, cancellationToken);
        await work.CommitAsync(cancellationToken);
        return Result.Done;
    }

    private static RetainedTrack Of(FormalTrack track, int months)
    {
        var ended = RetentionTimes.EndedOn(track.EndedAt!.Value);
        return new RetainedTrack(track.Id, track.Handle, ended, RetentionRules.DestroyOn(ended, months), track.LegalHold);
    }
}

/// <summary>Every expected "no" about retention.</summary>
public static class RetentionRefusals
{
    public static readonly Refusal OutOfRange = new("retention-out-of-range", $"Enter a whole number of months from {RetentionRules.LeastMonths} to {RetentionRules.MostMonths}.");
}
