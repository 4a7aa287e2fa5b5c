using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.People;
using PeerSupport.Domain.Reporting;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Reporting;

/// <summary>How long the periods of a measure are, for administrators. No count stands here.</summary>
/// <param name="Measure">What is counted.</param>
/// <param name="Now">In force.</param>
/// <param name="Next">Chosen, and from when; null where nothing was chosen.</param>
/// <param name="NextFrom">First day of <paramref name="Next"/>.</param>
/// <param name="Cells">Lines of its table.</param>
public sealed record CalendarRow(Measure Measure, PeriodKind Now, PeriodKind? Next, DateOnly? NextFrom, int Cells);

/// <summary>The calendar, chosen ahead by an administrator, who sees no counts: whoever sees them cannot cut the periods.</summary>
public sealed class ReleaseCalendars(Database database, TimeProvider clock)
{
    /// <summary>What is in force and what was chosen.</summary>
    public async Task<Result<IReadOnlyList<CalendarRow>>> ReadAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        if (!work.ActorIs(Role.Administrator))
            return ReportingRefusals.NotFound;
        var calendar = await ReadAsync(work.Context, cancellationToken);
        var rows = new List<CalendarRow>();
        foreach (var measure in Enum.GetValues<Measure>())
        {
            var pending = calendar.Pending(measure, Today);
            var cells = await Cells.OfAsync(work.Context, measure, cancellationToken);
            rows.Add(new CalendarRow(measure, calendar.KindOn(measure, Today), pending?.PeriodKind, pending?.EffectiveFrom, cells.Count));
        }

        return rows;
    }

    /// <summary>Chooses a kind for days to come. Choosing the one in force takes back what was chosen before.</summary>
    /// <returns>From when it holds; null when it is in force already.</returns>
    public async Task<Result<DateOnly?>> ChooseAsync(Actor actor, Measure measure, PeriodKind kind, CancellationToken cancellationToken)
    {
        if (!Enum.IsDefined(measure) || !Enum.IsDefined(kind))
            return ReportingRefusals.ChoosePeriod;
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        if (!work.ActorIs(Role.Administrator))
            return ReportingRefusals.NotFound;
        var db = work.Context;
        var calendar = await ReadAsync(db, cancellationToken);
        await db.ReleaseCalendar.Where(entry => entry.Measure == measure && entry.EffectiveFrom > Today).ExecuteDeleteAsync(cancellationToken);
        DateOnly? from = null;
        if (calendar.KindOn(measure, Today) != kind)
        {
            from = calendar.ChangesFrom(measure, kind, Today);
            db.ReleaseCalendar.Add(new CalendarEntry { Measure = measure, EffectiveFrom = from.Value, PeriodKind = kind });
            await db.SaveChangesAsync(cancellationToken);
        }

        await work.CommitAsync(cancellationToken);
        return from;
    }

    private DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    private static async Task<ReleaseCalendar> ReadAsync(PeerSupportContext db, CancellationToken cancellationToken) =>
        new(await db.ReleaseCalendar.AsNoTracking().ToListAsync(cancellationToken));
}
