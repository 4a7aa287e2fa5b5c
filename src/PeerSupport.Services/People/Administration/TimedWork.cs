using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.People;
using PeerSupport.Services.Notices;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.People.Administration;

/// <summary>Timed work of one kind: a name, a number and a time.</summary>
/// <param name="Kind">Name of the kind.</param>
/// <param name="OfCases">Belongs to cases or tracks: only what is late is counted, so that nobody learns how many there are.</param>
/// <param name="Waiting">How many rows; of what belongs to cases, how many are late.</param>
/// <param name="Oldest">The earliest due time among them.</param>
/// <param name="Late">Whether something should have been done by now.</param>
public sealed record TimedWorkRow(string Kind, bool OfCases, int Waiting, DateTimeOffset? Oldest, bool Late);

/// <summary>What is to be done at a time, by kind. The login of the administrators reads no row of it: a function counts.</summary>
public sealed class TimedWork(Database database, TimeProvider clock)
{
    /// <summary>Later than this is late: the nodes look every few seconds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static readonly ErrandKind[] OfTheInstallation = [ErrandKind.Retention, ErrandKind.Publish, ErrandKind.TrainingReminder];

    /// <summary>Every kind there is.</summary>
    public async Task<Result<IReadOnlyList<TimedWorkRow>>> ReadAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        if (!work.KeepsAccounts())
            return AdministrationRefusals.NotFound;
        var late = clock.GetUtcNow() - Patience;
        var counted = await work.Context.Database.SqlQuery<Counted>($"select kind, waiting, oldest from timed_work({late})").ToDictionaryAsync(row => row.Kind, cancellationToken);
        return Enum.GetValues<ErrandKind>().Select(kind =>
        {
            var row = counted.GetValueOrDefault((int)kind);
            return new TimedWorkRow(kind.ToString(), !OfTheInstallation.Contains(kind), row?.Waiting ?? 0, row?.Oldest, row is { } found && found.Oldest < late);
        }).ToList();
    }

    private sealed record Counted
    {
        public required int Kind { get; init; }
        public required int Waiting { get; init; }
        public required DateTimeOffset Oldest { get; init; }
    }
}
