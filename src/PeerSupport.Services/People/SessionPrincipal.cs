using System.Security.Claims;
using PeerSupport.Domain.People;

namespace PeerSupport.Services.People;

/// <summary>
/// What a cookie says: which session of which person, their own name for the top bar, and the roles that decide which
/// pages are offered. What they may do is decided anew in each use case.
/// </summary>
public static class SessionPrincipal
{
    /// <summary>Authentication type of a principal made here.</summary>
    public const string Scheme = "PeerSupport";

    /// <summary>The principal of somebody just read from the database.</summary>
    public static ClaimsPrincipal Of(Actor actor) => Make(actor.PersonId, actor.SessionId, actor.DisplayName, actor.Roles);

    internal static ClaimsPrincipal Make(Guid personId, Guid sessionId, string displayName, IEnumerable<Role> roles) =>
        new(new ClaimsIdentity(
            [
                new Claim(ActorClaims.PersonId, personId.ToString()),
                new Claim(ActorClaims.SessionId, sessionId.ToString()),
                new Claim(ActorClaims.DisplayName, displayName),
                .. roles.Select(role => new Claim(ClaimTypes.Role, role.ToString())),
            ],
            Scheme));
}
