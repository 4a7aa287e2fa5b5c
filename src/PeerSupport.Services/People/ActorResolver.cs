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
public sealed class ActorResolver(DataSources sources, SignInRules rules, TimeProvider clock)
{
    private static readonly TimeSpan TouchEvery = TimeSpan.FromSeconds(30);

    /// <summary>Who this is now, or null.</summary>
    /// <param name="principal">From the cookie or the circuit.</param>
    /// <param name="touch">True when a person did something; false for background refreshes, which must not keep a session awake.</param>
    /// <param name="cancellationToken">Cancels the look-up.</param>
    public async Task<Actor?> ResolveAsync(ClaimsPrincipal principal, bool touch, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(principal.FindFirstValue(ActorClaims.PersonId), out var personId)
            || !Guid.TryParse(principal.FindFirstValue(ActorClaims.SessionId), out var sessionId))
            return null;

        await using var connection = await sources[DatabaseRole.Accounts].OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(
            """
            select s.started_at, s.last_seen_at, p.agency_id, a.region_id, p.display_name, p.language, p.time_zone,
                   array(select g.role from role_grants g where g.person_id = p.id), s.strong
            from sessions s
            join people p on p.id = s.person_id and p.active
            join agencies a on a.id = p.agency_id
            where s.id = @session and s.person_id = @person
            """, connection);
        command.Parameters.AddWithValue("session", sessionId);
        command.Parameters.AddWithValue("person", personId);
        Actor actor;
        DateTimeOffset lastSeen;
        var now = clock.GetUtcNow();
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            if (!await reader.ReadAsync(cancellationToken))
                return null;
            var roles = reader.GetFieldValue<int[]>(7).Select(value => (Role)value).ToArray();
            lastSeen = reader.GetFieldValue<DateTimeOffset>(1);
            if (!SessionRules.IsAlive(roles, reader.GetFieldValue<DateTimeOffset>(0), lastSeen, now))
                return null;
            var strong = reader.GetBoolean(8);
            var counting = rules.Counting(roles, strong);
            actor = new Actor
            {
                PersonId = personId,
                SessionId = sessionId,
                AgencyId = reader.GetGuid(2),
                RegionId = reader.GetGuid(3),
                DisplayName = reader.GetString(4),
                Language = reader.GetString(5),
                TimeZone = TimeZoneInfo.TryFindSystemTimeZoneById(reader.GetString(6), out var zone) ? zone : TimeZoneInfo.Utc,
                Roles = counting,
                Strong = rules.IsEnough(strong),
                MustAddFactor = counting.Count < roles.Length,
            };
        }

        if (touch && now - lastSeen > TouchEvery)
        {
            await using var update = new NpgsqlCommand("update sessions set last_seen_at = @now where id = @session", connection);
            update.Parameters.AddWithValue("now", now);
            update.Parameters.AddWithValue("session", sessionId);
            await update.ExecuteNonQueryAsync(cancellationToken);
        }

        return actor;
    }
}
