using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.Escalation;
using PeerSupport.Domain.People;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Escalation;

/// <summary>A psychologist goes on call and off again, with the number peers are shown when someone may be in danger.</summary>
public sealed class OnCallDuty
{
    private readonly Database database;
    private readonly TimeProvider clock;

    internal OnCallDuty(Database database, TimeProvider clock) => (this.database, this.clock) = (database, clock);

    /// <summary>Who is on call in the actor's agency.</summary>
    public async Task<Result<OnCallBoard>> ReadAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Board, actor, cancellationToken);
        if (!work.ActorIs(Role.Psychologist))
            return DangerRefusals.NotFound;
        var db = work.Context;
        var rows = await db.OnDuty(actor.AgencyId).OrderBy(row => row.Since).ToListAsync(cancellationToken);
        var known = await db.People.Where(person => person.Id == actor.PersonId).Select(person => person.Phone).SingleAsync(cancellationToken);
        return new OnCallBoard(
            rows.Where(row => row.PersonId == actor.PersonId).Select(AsRow).SingleOrDefault(),
            [.. rows.Where(row => row.PersonId != actor.PersonId).Select(AsRow)],
            known);
    }

    /// <summary>On call from now on, or under another number.</summary>
    public async Task<Result> GoOnAsync(Actor actor, string phone, CancellationToken cancellationToken)
    {
        var number = phone.Trim();
        if (!OnCallRules.IsPhone(number))
            return DangerRefusals.NeedsPhone;
        await using var work = await database.BeginAsync(DatabaseRole.Board, actor, cancellationToken);
        if (!work.ActorIs(Role.Psychologist))
            return DangerRefusals.NotFound;
        await work.Context.Database.ExecuteSqlAsync(
            $"""
            insert into on_call (person_id, agency_id, phone, since) values ({actor.PersonId}, {actor.AgencyId}, {number}, {clock.GetUtcNow()})
            on conflict (person_id) do update set phone = excluded.phone
            """, cancellationToken);
        work.CaseChanged();
        await work.CommitAsync(cancellationToken);
        return Result.Done;
    }

    /// <summary>Off call. Doing it twice is harmless.</summary>
    public async Task<Result> GoOffAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Board, actor, cancellationToken);
        if (!work.ActorIs(Role.Psychologist))
            return DangerRefusals.NotFound;
        await work.Context.OnCall.Where(duty => duty.PersonId == actor.PersonId).ExecuteDeleteAsync(cancellationToken);
        work.CaseChanged();
        await work.CommitAsync(cancellationToken);
        return Result.Done;
    }

    private static OnCallRow AsRow(OnCallQueries.Row row) => new(row.Name, row.Phone, row.Since);
}

/// <summary>Who is on call, shared by the pages that show a number.</summary>
internal static class OnCallQueries
{
    public sealed record Row
    {
        public required Guid PersonId { get; init; }
        public required string Name { get; init; }
        public required string Phone { get; init; }
        public required DateTimeOffset Since { get; init; }
    }

    /// <summary>On call for an agency, and still an active psychologist of it.</summary>
    public static IQueryable<Row> OnDuty(this PeerSupportContext db, Guid agencyId) =>
        from duty in db.OnCall.AsNoTracking()
        join person in db.People on duty.PersonId equals person.Id
        where duty.AgencyId == agencyId && person.AgencyId == agencyId && person.Active
            && db.RoleGrants.Any(grant => grant.PersonId == person.Id && grant.Role == Role.Psychologist)
        select new Row { PersonId = person.Id, Name = person.DisplayName, Phone = duty.Phone, Since = duty.Since };
}
