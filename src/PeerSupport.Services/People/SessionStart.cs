using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.People;

/// <summary>What a browser is given after a sign-in.</summary>
/// <param name="Principal">For the session's cookie.</param>
/// <param name="Device">For the cookie by which this browser is known again.</param>
public sealed record SignedIn(ClaimsPrincipal Principal, string Device)
{
    /// <summary>Neither.</summary>
    public override string ToString() => "[signed in]";
}

/// <summary>Begins sessions, however somebody came in.</summary>
internal sealed class SessionStart(KnownDevices devices, SignInRules rules, TimeProvider clock)
{
    /// <summary>
    /// Begins one, in the caller's transaction, and saves it with whatever else the caller has added. Refused when the account
    /// was changed since it was read: what was shown then may have been taken away.
    /// </summary>
    /// <param name="db">The caller's, in a transaction.</param>
    /// <param name="account">Whose, as it was read before anything was shown.</param>
    /// <param name="strong">Whether a second factor was shown.</param>
    /// <param name="from">The browser.</param>
    /// <param name="disabled">What is said of a disabled account.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<Result<SignedIn>> BeginAsync(PeerSupportContext db, Account account, bool strong, Caller? from, Refusal disabled, CancellationToken cancellationToken)
    {
        var personId = account.Id;
        if (!await db.StandsAsync(account, cancellationToken))
            return SignInRefusals.Again;
        var person = await db.People.AsNoTracking().SingleOrDefaultAsync(p => p.Id == personId && p.Active, cancellationToken);
        if (person is null)
            return disabled;
        var roles = await db.RoleGrants.AsNoTracking().Where(g => g.PersonId == personId).Select(g => g.Role).ToListAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var over = now - SessionRules.Absolute;
        await db.Sessions.Where(s => s.StartedAt < over).ExecuteDeleteAsync(cancellationToken);
        var caller = from ?? Caller.Unknown;
        var session = new Session { Id = Guid.NewGuid(), PersonId = personId, StartedAt = now, LastSeenAt = now, Device = DeviceName.Of(caller.UserAgent), Strong = strong };
        db.Sessions.Add(session);
        db.Log(personId, SecurityEvent.SignedIn, now);
        var device = await devices.RememberAsync(db, personId, caller, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return new SignedIn(SessionPrincipal.Make(personId, session.Id, person.DisplayName, rules.Counting(roles, strong)), device);
    }
}
