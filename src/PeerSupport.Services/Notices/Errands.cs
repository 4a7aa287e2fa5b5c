using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Notices;

/// <summary>When an errand is to be done again.</summary>
internal sealed record ErrandAgain(int Step, DateTimeOffset DueAt);

/// <summary>Does one kind of timed work.</summary>
internal interface IErrandHandler
{
    /// <summary>What it does.</summary>
    ErrandKind Kind { get; }

    /// <summary>
    /// Does one errand inside the transaction that also deletes or moves its row: never commits, is quick, and may leave
    /// tracked changes for the caller to save. Throwing undoes everything; it is tried again a little later.
    /// </summary>
    /// <returns>When to do it again; null when it is done for good.</returns>
    Task<ErrandAgain?> RunAsync(Work work, Errand errand, CancellationToken cancellationToken);
}

/// <summary>
/// Runs timed work that is due, on every node. An errand is taken by the lock on its row and done in the transaction
/// that holds this lock: whoever dies in the middle leaves it exactly as it was, for the next.
/// </summary>
public sealed class Errands
{
    /// <summary>An errand that failed is left alone for so long.</summary>
    private static readonly TimeSpan LeftAlone = TimeSpan.FromSeconds(30);

    private readonly Database database;
    private readonly Dictionary<ErrandKind, IErrandHandler> handlers;
    private readonly TimeProvider clock;
    private readonly ILogger<Errands> log;

    internal Errands(Database database, IEnumerable<IErrandHandler> handlers, TimeProvider clock, ILogger<Errands> log)
    {
        this.handlers = handlers.ToDictionary(handler => handler.Kind);
        (this.database, this.clock, this.log) = (database, clock, log);
    }

    /// <summary>Does everything that is due now. Returns how many errands were taken.</summary>
    public async Task<int> RunDueAsync(CancellationToken stopping)
    {
        var taken = 0;
        while (!stopping.IsCancellationRequested && await RunOneAsync(stopping))
            taken++;
        return taken;
    }

    private async Task<bool> RunOneAsync(CancellationToken stopping)
    {
        await using var work = await database.BeginJobAsync("errands", stopping);
        if (await TakeAsync(work.Context, stopping) is not { } errand)
            return false;
        try
        {
            var again = await handlers[errand.Kind].RunAsync(work, errand, stopping);
            if (again is null)
                work.Context.Errands.Remove(errand);
            else
                (errand.Step, errand.DueAt, errand.ClaimedUntil) = (again.Step, again.DueAt, null);
            await work.Context.SaveChangesAsync(stopping);
            work.CaseChanged(); // mails it wrote are sent at once, and pages that show it reread
            await work.CommitAsync(stopping);
        }
        catch (Exception failed) when (!stopping.IsCancellationRequested)
        {
            log.LogWarning("An errand ({Errand}) was interrupted ({Kind}) and will be tried again", errand.Kind, failed.GetType().Name);
            await work.DisposeAsync();
            await LeaveAloneAsync(errand.Id, stopping);
        }

        return true;
    }

    /// <summary>The longest due errand that nobody else is at, its row locked; of two due at once, the one with the smaller id. Only kinds this release knows.</summary>
    private async Task<Errand?> TakeAsync(PeerSupportContext db, CancellationToken cancellationToken)
    {
        // A node that lost its power would hold the lock for as long as the network takes to notice.
        // And an errand gives way: it holds its own row while it waits for a case that somebody burns together with that row.
        await db.Database.ExecuteSqlAsync($"select set_config('idle_in_transaction_session_timeout', '60s', true), set_config('lock_timeout', '500ms', true)", cancellationToken);
        var now = clock.GetUtcNow();
        var kinds = handlers.Keys.Select(kind => (int)kind).ToArray();
        var taken = await db.Errands.FromSql(
            $"""
            select * from errands
            where due_at <= {now} and (claimed_until is null or claimed_until <= {now}) and kind = any({kinds})
            order by due_at, id limit 1 for update skip locked
            """).ToListAsync(cancellationToken);
        return taken.SingleOrDefault();
    }

    /// <summary>So that one that cannot be done keeps nothing from the others.</summary>
    private async Task LeaveAloneAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginJobAsync("errands", cancellationToken);
        var until = clock.GetUtcNow() + LeftAlone;
        await work.Context.Errands.Where(errand => errand.Id == id).ExecuteUpdateAsync(set => set.SetProperty(e => e.ClaimedUntil, until), cancellationToken);
        await work.CommitAsync(cancellationToken);
    }
}

/// <summary>Runs the errands.</summary>
internal sealed class ErrandService(Errands errands, CaseSignals signals, TimeProvider clock, ILogger<ErrandService> log)
    : WokenService(signals, clock, log, "Timed work")
{
    protected override Task<int> WorkAsync(CancellationToken stoppingToken) => errands.RunDueAsync(stoppingToken);
}
