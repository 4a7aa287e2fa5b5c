using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.People;
using PeerSupport.Services.Cases;
using PeerSupport.Services.Notices;
using PeerSupport.Services.Notices.Alerts;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.People.Administration;

/// <summary>The list of people and the file of one, for administrators.</summary>
public sealed class PeopleList
{
    private const int PageSize = 25;
    private const int LogPageSize = 15;
    private readonly Database database;
    private readonly VapidKeys keys;
    private readonly TimeProvider clock;

    internal PeopleList(Database database, VapidKeys keys, TimeProvider clock) => (this.database, this.keys, this.clock) = (database, keys, clock);

    /// <summary>One page, by name.</summary>
    public async Task<Result<PeoplePage>> ReadAsync(Actor actor, PeopleFilter filter, int page, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        if (!work.KeepsAccounts())
            return AdministrationRefusals.NotFound;
        var db = work.Context;
        var found = db.Matching(filter, clock.GetUtcNow());
        var total = await found.CountAsync(cancellationToken);
        var shown = Math.Clamp(page, 1, Math.Max(1, (total + PageSize - 1) / PageSize));
        var rows = await RowsAsync(db, found, (shown - 1) * PageSize, PageSize, cancellationToken);
        var toDecide = await db.Approvals.CountAsync(asked => asked.Granted == null && asked.RequestedBy != actor.PersonId && asked.PersonId != actor.PersonId, cancellationToken);
        return new PeoplePage(rows, await db.AgencyNamesAsync(cancellationToken), toDecide, total, shown, PageSize);
    }

    /// <summary>What the form for somebody new offers.</summary>
    public async Task<Result<IReadOnlyList<AgencyName>>> AgenciesAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        return work.KeepsAccounts() ? await work.Context.AgencyNamesAsync(cancellationToken) : AdministrationRefusals.NotFound;
    }

    /// <summary>Everything an administrator may know of one person.</summary>
    /// <param name="actor">An administrator.</param>
    /// <param name="personId">Whose file.</param>
    /// <param name="logPage">Page of the security log, from 1.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<Result<PersonFile>> FindAsync(Actor actor, Guid personId, int logPage, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        var db = work.Context;
        if (!work.KeepsAccounts() || await db.Standings(clock.GetUtcNow()).SingleOrDefaultAsync(one => one.Person.Id == personId, cancellationToken) is not { } found)
            return AdministrationRefusals.NotFound;
        var (person, today) = (found.Person, clock.Today(actor));
        var log = db.SecurityLog.AsNoTracking().Where(entry => entry.PersonId == personId);
        var total = await log.CountAsync(cancellationToken);
        var shown = Math.Clamp(logPage, 1, Math.Max(1, (total + LogPageSize - 1) / LogPageSize));
        return new PersonFile(
            personId, person.DisplayName, found.Email, person.AgencyId, found.AgencyName, person.Language, person.TimeZone, person.Phone, found.State,
            await db.RoleGrants.Where(grant => grant.PersonId == personId).Select(grant => grant.Role).Order().ToListAsync(cancellationToken),
            await db.Approvals.AsNoTracking().Where(asked => asked.PersonId == personId && asked.Granted == null).OrderBy(asked => asked.RequestedAt)
                .Select(asked => new WaitingRequest(asked.Id, asked.Kind, asked.Role, asked.Email, asked.RequestedAt)).ToListAsync(cancellationToken),
            await db.Peers.Where(peer => peer.PersonId == personId).Select(peer => new PeerFile(peer.UnitId, peer.CaseloadMost, peer.OnDuty, peer.TrainedUntil, peer.TrainedUntil >= today)).SingleOrDefaultAsync(cancellationToken),
            await db.TrainingRecords.AsNoTracking().Where(training => training.PersonId == personId).OrderBy(training => training.WithdrawnAt != null).ThenByDescending(training => training.ValidUntil).ThenBy(training => training.Name)
                .Select(training => new TrainingLine(training.Id, training.Name, training.CompletedOn, training.ValidUntil, training.Hours, training.WithdrawnAt,
                    db.People.Where(by => by.Id == training.WithdrawnBy).Select(by => by.DisplayName).SingleOrDefault())).ToListAsync(cancellationToken),
            await ChannelsAsync(db, personId, cancellationToken),
            await log.OrderByDescending(entry => entry.At).ThenBy(entry => entry.Id).Skip((shown - 1) * LogPageSize).Take(LogPageSize)
                .Select(entry => new SecurityLine(entry.Event, db.People.Where(by => by.Id == entry.ByPersonId).Select(by => by.DisplayName).SingleOrDefault(), entry.Role, entry.At)).ToListAsync(cancellationToken),
            total, shown, LogPageSize,
            await db.AgencyNamesAsync(cancellationToken),
            [.. (await db.UnitNamesAsync(cancellationToken)).Where(unit => unit.AgencyId == person.AgencyId)]);
    }

    private async Task<List<ChannelLine>> ChannelsAsync(PeerSupportContext db, Guid personId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var channels = await db.AlertChannels.AsNoTracking().Where(channel => channel.PersonId == personId).OrderBy(channel => channel.Kind).ThenBy(channel => channel.AddedAt).ToListAsync(cancellationToken);
        return channels.ConvertAll(channel => new ChannelLine(
            channel.Kind, channel.Name, channel.StateOf(now, channel.KeyId is null ? null : keys.Id), channel.TakenAt, channel.RefusedAt, channel.DeferredSince));
    }

    private static async Task<List<PersonRow>> RowsAsync(PeerSupportContext db, IQueryable<PeopleQueries.Standing> found, int skip, int take, CancellationToken cancellationToken)
    {
        var people = await found.OrderBy(one => one.Person.DisplayName).ThenBy(one => one.Person.Id).Skip(skip).Take(take).ToListAsync(cancellationToken);
        var ids = people.ConvertAll(one => one.Person.Id);
        var roles = (await db.RoleGrants.AsNoTracking().Where(grant => ids.Contains(grant.PersonId)).ToListAsync(cancellationToken)).ToLookup(grant => grant.PersonId, grant => grant.Role);
        var asked = (await db.Approvals.AsNoTracking().Where(request => ids.Contains(request.PersonId) && request.Granted == null && request.Role != null).ToListAsync(cancellationToken))
            .ToLookup(request => request.PersonId, request => request.Role!.Value);
        return people.ConvertAll(one => new PersonRow(
            one.Person.Id, one.Person.DisplayName, one.Email, one.Person.AgencyId, one.AgencyName, one.State, [.. roles[one.Person.Id].Order()], [.. asked[one.Person.Id].Order()]));
    }
}
