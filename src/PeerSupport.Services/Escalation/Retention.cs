using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.Escalation;
using PeerSupport.Domain.People;
using PeerSupport.Services.Notices;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Escalation;

/// <summary>
/// How long the formal tracks of an agency are kept, and what will be destroyed when. For its psychologists: of the whole
/// agency they see counts, and handles only of their own.
/// </summary>
public sealed class Retention(Database database, TimeProvider clock)
{
    /// <summary>Tracks on one page of the preview.</summary>
    public const int PageSize = 20;
    private const int RunsShown = 6;

    private DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    /// <summary>The setting, the days on which tracks of the agency go, and the reader's own ended tracks in the order in which they go.</summary>
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
        var settings = await SettingsAsync(db, actor, cancellationToken);
        var change = await ChangeAsync(db, settings, cancellationToken);
        if (months is { } tried)
            settings.Choose(tried, actor.PersonId, Today);
        var ended = db.Tracks.AsNoTracking().Where(t => t.StewardId == actor.PersonId && t.EndedAt != null);
        var total = await ended.CountAsync(cancellationToken);
        page = Math.Clamp(page, 1, Math.Max(1, (total + PageSize - 1) / PageSize));
        // Held ones last: the others go in the order in which they ended.
        var rows = await ended.OrderBy(t => t.LegalHold).ThenBy(t => t.EndedAt).ThenBy(t => t.Id).Skip((page - 1) * PageSize).Take(PageSize).ToListAsync(cancellationToken);
        var runs = await db.RetentionRuns.AsNoTracking().Where(run => run.AgencyId == actor.AgencyId).OrderByDescending(run => run.Day).Take(RunsShown)
            .Select(run => new RetentionDay(run.Day, run.Destroyed)).ToListAsync(cancellationToken);
        var agency = await RetentionCounts.ReadAsync(database, settings, Today, cancellationToken);
        return new RetentionOverview(
            settings.MonthsOn(Today), change is not null, change, agency.Days, agency.Later, agency.Held, [.. rows.Select(row => Of(row, settings))], total, page, PageSize, runs);
    }

    /// <summary>What another setting would mean for the whole agency: from when it would hold, and how many more tracks it would find than the one in force.</summary>
    public async Task<Result<RetentionTrial>> DueAsync(Actor actor, int months, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Tracks, actor, cancellationToken);
        if (!work.ActorIs(Role.Psychologist))
            return EscalationRefusals.NotFound;
        var settings = await SettingsAsync(work.Context, actor, cancellationToken);
        settings.Choose(months, actor.PersonId, Today);
        var from = settings.NextFrom ?? Today;
        var past = await PastAsync(months);
        return new RetentionTrial(from, Math.Max(0, past - await PastAsync(settings.MonthsOn(Today))));

        Task<int> PastAsync(int kept) => RetentionCounts.PastAsync(database, actor.AgencyId, RetentionTimes.EndedBefore(from, kept), cancellationToken);
    }

    /// <summary>
    /// Chooses how long, for tracks that ended before too. A longer time holds at once; a shorter one after
    /// <see cref="RetentionRules.ShorterAfterDays"/>. The other psychologists of the agency get a mail.
    /// </summary>
    public async Task<Result> SetAsync(Actor actor, int? months, CancellationToken cancellationToken)
    {
        if (months is not { } wanted || wanted is < RetentionRules.LeastMonths or > RetentionRules.MostMonths)
            return RetentionRefusals.OutOfRange;
        await using var work = await database.BeginAsync(DatabaseRole.Tracks, actor, cancellationToken);
        if (!work.ActorIs(Role.Psychologist))
            return EscalationRefusals.NotFound;
        var db = work.Context;
        // One at a time: two who choose at once must not both start from the time before.
        await db.Database.ExecuteSqlAsync(
            $"insert into track_settings (agency_id, retention_months) values ({actor.AgencyId}, {RetentionRules.DefaultMonths}) on conflict (agency_id) do nothing", cancellationToken);
        var settings = (await db.TrackSettings.FromSql($"select * from track_settings where agency_id = {actor.AgencyId} for update").ToListAsync(cancellationToken)).Single();
        settings.Choose(wanted, actor.PersonId, Today);
        await TellOthersAsync(db, actor, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await work.CommitAsync(cancellationToken);
        return Result.Done;
    }

    private static async Task<TrackSettings> SettingsAsync(PeerSupportContext db, Actor actor, CancellationToken cancellationToken) =>
        await db.TrackSettings.AsNoTracking().SingleOrDefaultAsync(s => s.AgencyId == actor.AgencyId, cancellationToken)
        ?? new TrackSettings { AgencyId = actor.AgencyId, RetentionMonths = RetentionRules.DefaultMonths };

    private async Task<RetentionChange?> ChangeAsync(PeerSupportContext db, TrackSettings chosen, CancellationToken cancellationToken)
    {
        if (chosen is not { ChangedBy: { } by, ChangedOn: { } on })
            return null;
        var name = await db.People.Where(person => person.Id == by).Select(person => person.DisplayName).SingleOrDefaultAsync(cancellationToken);
        var waits = chosen.NextFrom > Today;
        return new RetentionChange(name ?? "", on, waits ? chosen.NextMonths : null, waits ? chosen.NextFrom : null);
    }

    private async Task TellOthersAsync(PeerSupportContext db, Actor actor, CancellationToken cancellationToken)
    {
        var others = await db.People
            .Where(person => person.AgencyId == actor.AgencyId && person.Active && person.Id != actor.PersonId
                && db.RoleGrants.Any(grant => grant.PersonId == person.Id && grant.Role == Role.Psychologist))
            .Select(person => person.Id).ToListAsync(cancellationToken);
        db.Messages.AddRange(others.Select(other => new Message { Id = Guid.NewGuid(), Kind = MessageKind.RetentionChanged, PersonId = other, DueAt = clock.GetUtcNow() }));
    }

    private RetainedTrack Of(FormalTrack track, TrackSettings settings)
    {
        var ended = RetentionTimes.EndedOn(track.EndedAt!.Value);
        return new RetainedTrack(track.Id, track.Handle, ended, settings.DestroyOn(ended, Today), track.LegalHold);
    }
}

/// <summary>Every expected "no" about retention.</summary>
public static class RetentionRefusals
{
    public static readonly Refusal OutOfRange = new("retention-out-of-range", $"Enter a whole number of months from {RetentionRules.LeastMonths} to {RetentionRules.MostMonths}.", $"Escriba un número entero de meses, de {RetentionRules.LeastMonths} a {RetentionRules.MostMonths}.");
}
