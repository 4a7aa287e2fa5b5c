using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.Escalation;
using PeerSupport.Domain.People;
using PeerSupport.Services.Cases;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Escalation;

/// <summary>
/// The clinicians of a region. Psychologists and administrators keep it; whoever helps an officer choose reads those who
/// take new people, outside ones first.
/// </summary>
public sealed class ClinicianDirectory(Database database, TimeProvider clock)
{
    /// <summary>Entries on one page.</summary>
    public const int PageSize = 20;

    /// <summary>Clinicians to choose from on one page.</summary>
    public const int ChoicesPageSize = 8;

    /// <summary>The directory as those see it who keep it: everybody, with contact and account.</summary>
    /// <param name="actor">A psychologist or administrator.</param>
    /// <param name="filter">What is looked for.</param>
    /// <param name="active">True for those offered, false for those taken out.</param>
    /// <param name="page">From 1.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<Result<DirectoryPage>> ReadAsync(Actor actor, ClinicianFilter filter, bool active, int page, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        if (!work.MayKeepDirectory())
            return EscalationRefusals.NotFound;
        var db = work.Context;
        var found = db.Clinicians.AsNoTracking().Where(c => c.RegionId == actor.RegionId && c.Active == active).Matching(filter);
        var total = await found.CountAsync(cancellationToken);
        page = Math.Clamp(page, 1, LastPage(total, PageSize));
        var rows = await found.OutsideFirst().Skip((page - 1) * PageSize).Take(PageSize).ToListAsync(cancellationToken);
        return new DirectoryPage(await db.EntriesAsync(rows, clock.Today(actor), cancellationToken), total, page, PageSize);
    }

    /// <summary>One entry, for those who keep it.</summary>
    public async Task<Result<DirectoryEntry>> FindAsync(Actor actor, Guid clinicianId, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        if (!work.MayKeepDirectory())
            return EscalationRefusals.NotFound;
        var rows = await work.Context.Clinicians.AsNoTracking().Where(c => c.Id == clinicianId && c.RegionId == actor.RegionId).ToListAsync(cancellationToken);
        return rows.Count == 0
            ? EscalationRefusals.NotFound
            : (await work.Context.EntriesAsync(rows, clock.Today(actor), cancellationToken))[0];
    }

    /// <summary>Who can be chosen now: checked and taking new people, outside ones first. For peer, psychologist and clinician.</summary>
    public async Task<Result<ClinicianChoices>> ChoicesAsync(Actor actor, ClinicianFilter filter, int page, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Board, actor, cancellationToken);
        if (!work.ActorIs(Role.Peer) && !work.ActorIs(Role.Psychologist) && !work.ActorIs(Role.Clinician))
            return EscalationRefusals.NotFound;
        var db = work.Context;
        var found = db.Choosable().Where(c => c.RegionId == actor.RegionId).Matching(filter);
        var total = await found.CountAsync(cancellationToken);
        page = Math.Clamp(page, 1, LastPage(total, ChoicesPageSize));
        var rows = await found.OutsideFirst().Skip((page - 1) * ChoicesPageSize).Take(ChoicesPageSize).ToListAsync(cancellationToken);
        var agencies = await db.AgencyNamesAsync(rows, cancellationToken);
        var today = clock.Today(actor);
        return new ClinicianChoices([.. rows.Select(row => row.AsChoice(agencies, today))], total, page, ChoicesPageSize);
    }

    /// <summary>One clinician who can be chosen now, such as the one a form already carries; null when they cannot.</summary>
    public async Task<ClinicianChoice?> FindChoiceAsync(Actor actor, Guid clinicianId, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Board, actor, cancellationToken);
        if (!work.ActorIs(Role.Peer) && !work.ActorIs(Role.Psychologist) && !work.ActorIs(Role.Clinician))
            return null;
        var rows = await work.Context.Choosable().Where(c => c.Id == clinicianId && c.RegionId == actor.RegionId).ToListAsync(cancellationToken);
        var agencies = await work.Context.AgencyNamesAsync(rows, cancellationToken);
        return rows.Count == 0 ? null : rows[0].AsChoice(agencies, clock.Today(actor));
    }

    private static int LastPage(int total, int size) => Math.Max(1, (total + size - 1) / size);
}
