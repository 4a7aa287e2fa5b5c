using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PeerSupport.Domain.People;

namespace PeerSupport.Services.People;

/// <summary>A line of somebody's own security log.</summary>
/// <param name="At">When.</param>
/// <param name="Event">What.</param>
/// <param name="Role">The role it was about.</param>
/// <param name="By">Who did it, where it was somebody else.</param>
public sealed record OwnLogEntry(DateTimeOffset At, SecurityEvent Event, Role? Role, string? By);

/// <summary>Part of somebody's own security log.</summary>
/// <param name="Entries">Newest first.</param>
/// <param name="Total">How many there are.</param>
public sealed record OwnLogPage(IReadOnlyList<OwnLogEntry> Entries, int Total);

/// <summary>What happened to the signed-in person's own account.</summary>
public sealed class OwnSecurityLog
{
    /// <summary>Lines on a page.</summary>
    public const int PageSize = 25;
    private readonly IServiceScopeFactory scopes;

    internal OwnSecurityLog(IServiceScopeFactory scopes) => this.scopes = scopes;

    /// <summary>One page, counted from 1.</summary>
    public async Task<OwnLogPage> ListAsync(Actor actor, int page, CancellationToken cancellationToken)
    {
        await using var work = new AccountWork(scopes);
        var own = work.Db.SecurityLog.AsNoTracking().Where(e => e.PersonId == actor.PersonId);
        var entries = await (
            from e in own
            join other in work.Db.People on e.ByPersonId equals other.Id into others
            from who in others.DefaultIfEmpty()
            orderby e.At descending, e.Id
            select new OwnLogEntry(e.At, e.Event, e.Role, who == null ? null : who.DisplayName))
            .Skip((Math.Clamp(page, 1, 100_000) - 1) * PageSize).Take(PageSize).ToListAsync(cancellationToken);
        return new OwnLogPage(entries, await own.CountAsync(cancellationToken));
    }
}
