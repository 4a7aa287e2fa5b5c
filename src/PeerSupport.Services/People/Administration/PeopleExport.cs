using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.People.Administration;

/// <summary>
/// People as a file that can be brought in again elsewhere, whole however many they are. What a peer says about themselves
/// (tags, languages) is theirs alone and not in it.
/// </summary>
public sealed class PeopleExport(Database database, TimeProvider clock)
{
    /// <summary>Everybody the filter finds, by name.</summary>
    public async Task<Result<IReadOnlyList<ExportedPerson>>> ReadAsync(Actor actor, PeopleFilter filter, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        if (!work.KeepsAccounts())
            return AdministrationRefusals.NotFound;
        var db = work.Context;
        var people = await db.Matching(filter, clock.GetUtcNow()).OrderBy(one => one.Person.DisplayName).ThenBy(one => one.Person.Id).ToListAsync(cancellationToken);
        var roles = (await db.RoleGrants.AsNoTracking().ToListAsync(cancellationToken)).ToLookup(grant => grant.PersonId, grant => grant.Role);
        var trainings = (await db.TrainingRecords.AsNoTracking().Where(training => training.WithdrawnAt == null).ToListAsync(cancellationToken)).ToLookup(training => training.PersonId);
        var units = await (from peer in db.Peers join unit in db.Units on peer.UnitId equals unit.Id select new { peer.PersonId, unit.Name }).ToDictionaryAsync(one => one.PersonId, one => one.Name, cancellationToken);
        return people.ConvertAll(one =>
        {
            var held = roles[one.Person.Id].Order().ToList();
            var training = trainings[one.Person.Id].OrderByDescending(record => record.ValidUntil).ThenBy(record => record.Id).FirstOrDefault();
            return new ExportedPerson(
                new ImportedPerson(
                    0, one.Person.DisplayName, one.Email, one.AgencyName, units.GetValueOrDefault(one.Person.Id, ""),
                    held.Count == 0 ? "" : ImportedPerson.Word(held[0]), "", "", Day(training?.CompletedOn), Day(training?.ValidUntil),
                    one.Person.TimeZone, one.Person.Language, one.Person.Phone ?? ""),
                [.. held.Skip(1)], one.State);
        });
    }

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
