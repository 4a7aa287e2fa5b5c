using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PeerSupport.Domain;
using PeerSupport.Domain.People;

namespace PeerSupport.Services.People;

/// <summary>One sign-in, on its owner's own list.</summary>
/// <param name="Id">Of the session; tells nobody else anything.</param>
/// <param name="Device">Coarse: "Firefox on Android"; null where nothing is known.</param>
/// <param name="StartedAt">Since when.</param>
/// <param name="LastSeenAt">When something was last done there.</param>
/// <param name="IsThis">The one that asks.</param>
public sealed record OwnSession(Guid Id, string? Device, DateTimeOffset StartedAt, DateTimeOffset LastSeenAt, bool IsThis);

/// <summary>Where the signed-in person is signed in.</summary>
public sealed class OwnSessions
{
    private readonly IServiceScopeFactory scopes;
    private readonly TimeProvider clock;

    internal OwnSessions(IServiceScopeFactory scopes, TimeProvider clock) => (this.scopes, this.clock) = (scopes, clock);

    /// <summary>Those that still count, this one first, then the newest.</summary>
    public async Task<IReadOnlyList<OwnSession>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var work = new AccountWork(scopes);
        var now = clock.GetUtcNow();
        var roles = await work.Db.RoleGrants.Where(g => g.PersonId == actor.PersonId).Select(g => g.Role).ToListAsync(cancellationToken);
        var sessions = await work.Db.Sessions.AsNoTracking().Where(s => s.PersonId == actor.PersonId).ToListAsync(cancellationToken);
        return [.. sessions
            .Where(s => SessionRules.IsAlive(roles, s.StartedAt, s.LastSeenAt, now))
            .Select(s => new OwnSession(s.Id, s.Device, s.StartedAt, s.LastSeenAt, s.Id == actor.SessionId))
            .OrderByDescending(s => s.IsThis).ThenByDescending(s => s.LastSeenAt)];
    }

    /// <summary>Signs one other device out; its cookie and its open pages are nobody's from then on.</summary>
    public async Task<Result> EndAsync(Actor actor, Guid session, CancellationToken cancellationToken) =>
        await EndAsync(actor, work => work.Db.Sessions.Where(s => s.Id == session && s.Id != actor.SessionId && s.PersonId == actor.PersonId), cancellationToken) > 0
            ? Result.Done
            : SignInRefusals.NoSuchSession;

    /// <summary>Signs every other device out.</summary>
    /// <returns>How many.</returns>
    public Task<int> EndOthersAsync(Actor actor, CancellationToken cancellationToken) =>
        EndAsync(actor, work => work.Db.Sessions.Where(s => s.Id != actor.SessionId && s.PersonId == actor.PersonId), cancellationToken);

    private async Task<int> EndAsync(Actor actor, Func<AccountWork, IQueryable<Session>> which, CancellationToken cancellationToken)
    {
        await using var work = new AccountWork(scopes);
        await work.BeginAsync(cancellationToken);
        var ended = await which(work).ExecuteDeleteAsync(cancellationToken);
        if (ended > 0)
            work.Db.Log(actor.PersonId, SecurityEvent.SessionEnded, clock.GetUtcNow());
        await work.CommitAsync(cancellationToken);
        return ended;
    }
}
