using System.Security.Claims;
using Npgsql;
using PeerSupport.Domain.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.People;

/// <summary>Names of the claims by which a cookie is recognised. Everything that decides is reread.</summary>
public static class ActorClaims
{
    public const string PersonId = ClaimTypes.NameIdentifier;
    public const string SessionId = "sid";

    /// <summary>The person's own name, for the top bar of their own pages.</summary>
    public const string DisplayName = "display";
}

/// <summary>
/// Turns a signed-in principal into an <see cref="Actor"/> by rereading session, active state and roles. No row, an
/// ended or idle session, or a disabled account: no actor. Without a second factor where a role asks for one: no roles.
/// </summary>
public sealed class ActorResolver
{
    private const string Standing =
        """
        select s.started_at, s.last_seen_at, p.agency_id, a.region_id, p.display_name, p.language, p.time_zone,
               array(select g.role from role_grants g where g.person_id = p.id), s.strong, s.id, p.id
        from sessions s
        join people p on p.id = s.person_id and p.active
        join agencies a on a.id = p.agency_id
        where s.id = any(@sessions)
        """;

    private static readonly TimeSpan TouchEvery = TimeSpan.FromSeconds(30);
    private readonly DataSources sources;
    private readonly SignInRules rules;
    private readonly TimeProvider clock;
    private readonly Gathering<Guid, Found> together;

    /// <summary>Rereads by the login of accounts.</summary>
    public ActorResolver(DataSources sources, SignInRules rules, TimeProvider clock)
    {
        (this.sources, this.rules, this.clock) = (sources, rules, clock);
        together = new(ReadAsync);
    }

    /// <summary>Who this is now, or null.</summary>
    /// <param name="principal">From the cookie or the circuit.</param>
    /// <param name="touch">True when a person did something; false for background refreshes, which must not keep a session awake, and of which many come at once.</param>
    /// <param name="cancellationToken">Cancels the look-up.</param>
    public async Task<Actor?> ResolveAsync(ClaimsPrincipal principal, bool touch, CancellationToken cancellationToken)
    {
        if (SessionOf(principal) is not (var personId, var sessionId))
            return null;
        if (!touch)
            return await together.AskAsync(sessionId, cancellationToken) is { } seen && seen.Actor.PersonId == personId ? seen.Actor : null;

        await using var connection = await sources[DatabaseRole.Accounts].OpenConnectionAsync(cancellationToken);
        if (!(await ReadAsync(connection, [sessionId], cancellationToken)).TryGetValue(sessionId, out var found) || found.Actor.PersonId != personId)
            return null;
        var now = clock.GetUtcNow();
        if (now - found.LastSeenAt > TouchEvery)
        {
            await using var update = new NpgsqlCommand("update sessions set last_seen_at = @now where id = @session", connection);
            update.Parameters.AddWithValue("now", now);
            update.Parameters.AddWithValue("session", sessionId);
            await update.ExecuteNonQueryAsync(cancellationToken);
        }

        return found.Actor;
    }

    /// <summary>Whom a cookie or a circuit claims to be, and by which session; null where it says nothing.</summary>
    internal static (Guid PersonId, Guid SessionId)? SessionOf(ClaimsPrincipal principal) =>
        Guid.TryParse(principal.FindFirstValue(ActorClaims.PersonId), out var person) && Guid.TryParse(principal.FindFirstValue(ActorClaims.SessionId), out var session)
            ? (person, session)
            : null;

    /// <summary>Who these sessions are now, for background refreshes of many at once. A session that is over is missing.</summary>
    internal async Task<IReadOnlyDictionary<Guid, Actor>> ResolveTogetherAsync(IReadOnlyCollection<Guid> sessions) =>
        (await ReadAsync(sessions)).ToDictionary(found => found.Key, found => found.Value.Actor);

    private async Task<IReadOnlyDictionary<Guid, Found>> ReadAsync(IReadOnlyCollection<Guid> sessions)
    {
        await using var connection = await sources[DatabaseRole.Accounts].OpenConnectionAsync();
        return await ReadAsync(connection, sessions, CancellationToken.None);
    }

    private async Task<Dictionary<Guid, Found>> ReadAsync(NpgsqlConnection connection, IReadOnlyCollection<Guid> sessions, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Standing, connection);
        command.Parameters.AddWithValue("sessions", sessions.ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = new Dictionary<Guid, Found>(sessions.Count);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (ActorOf(reader) is { } actor)
                found.Add(actor.SessionId, new Found(actor, reader.GetFieldValue<DateTimeOffset>(1)));
        }

        return found;
    }

    /// <summary>Null where the session is over.</summary>
    private Actor? ActorOf(NpgsqlDataReader row)
    {
        var roles = row.GetFieldValue<int[]>(7).Select(value => (Role)value).ToArray();
        if (!SessionRules.IsAlive(roles, row.GetFieldValue<DateTimeOffset>(0), row.GetFieldValue<DateTimeOffset>(1), clock.GetUtcNow()))
            return null;
        var strong = row.GetBoolean(8);
        var counting = rules.Counting(roles, strong);
        return new Actor
        {
            PersonId = row.GetGuid(10),
            SessionId = row.GetGuid(9),
            AgencyId = row.GetGuid(2),
            RegionId = row.GetGuid(3),
            DisplayName = row.GetString(4),
            Language = row.GetString(5),
            TimeZone = TimeZoneInfo.TryFindSystemTimeZoneById(row.GetString(6), out var zone) ? zone : TimeZoneInfo.Utc,
            Roles = counting,
            Strong = rules.IsEnough(strong),
            MustAddFactor = counting.Count < roles.Length,
        };
    }

    private sealed record Found(Actor Actor, DateTimeOffset LastSeenAt);
}
