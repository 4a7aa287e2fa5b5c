using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.People;
using PeerSupport.Services.Notices;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.People.Administration;

/// <summary>
/// Asks a second person for what nobody may do alone: a role, a new sign-in, another mail address. Taking a role away is
/// done at once: whoever must not see something any more does not wait for a second person.
/// </summary>
public sealed class RoleRequests(Database database, TimeProvider clock)
{
    /// <summary>Asks for a role for somebody else.</summary>
    public async Task<Result> AskAsync(Actor actor, Guid personId, Role role, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        var db = work.Context;
        if (!work.KeepsAccounts() || !Enum.IsDefined(role) || await db.People.AllAsync(person => person.Id != personId, cancellationToken))
            return AdministrationRefusals.NotFound;
        if (personId == actor.PersonId)
            return AdministrationRefusals.OwnRole;
        var roles = await db.RoleGrants.Where(grant => grant.PersonId == personId).Select(grant => grant.Role).ToListAsync(cancellationToken);
        if (roles.Contains(role))
            return AdministrationRefusals.HasRole;
        if (!roles.TrueForAll(held => Roles.MayGoTogether(held, role)))
            return AdministrationRefusals.RolesClash;
        if (await db.Approvals.AnyAsync(asked => asked.PersonId == personId && asked.Role == role && asked.Granted == null, cancellationToken))
            return AdministrationRefusals.RoleAsked;
        return await SendAsync(work, actor, personId, ApprovalKind.GrantRole, role, null, cancellationToken);
    }

    /// <summary>Asks that somebody who lost their ways in may set up new ones.</summary>
    public async Task<Result> AskNewSignInAsync(Actor actor, Guid personId, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        var db = work.Context;
        if (!work.KeepsAccounts() || await db.Standings(clock.GetUtcNow()).SingleOrDefaultAsync(one => one.Person.Id == personId, cancellationToken) is not { } standing)
            return AdministrationRefusals.NotFound;
        if (!standing.Enrolled || !standing.Person.Active)
            return AdministrationRefusals.NotEnrolled;
        if (await db.Approvals.AnyAsync(asked => asked.PersonId == personId && asked.Kind == ApprovalKind.NewSignIn && asked.Granted == null, cancellationToken))
            return AdministrationRefusals.RoleAsked;
        return await SendAsync(work, actor, personId, ApprovalKind.NewSignIn, null, null, cancellationToken);
    }

    /// <summary>Asks that somebody's mail, and with it their letters, go to another address.</summary>
    public async Task<Result> AskEmailAsync(Actor actor, Guid personId, string email, CancellationToken cancellationToken)
    {
        if (!Written.IsEmail(email))
            return AdministrationRefusals.NotEmail;
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        var db = work.Context;
        if (!work.KeepsAccounts() || await db.People.AllAsync(person => person.Id != personId, cancellationToken))
            return AdministrationRefusals.NotFound;
        var normalized = email.ToUpperInvariant();
        if (await db.Users.AnyAsync(account => account.NormalizedEmail == normalized || account.NormalizedUserName == normalized, cancellationToken))
            return AdministrationRefusals.EmailTaken;
        if (await db.Approvals.AnyAsync(asked => asked.PersonId == personId && asked.Kind == ApprovalKind.ChangeEmail && asked.Granted == null, cancellationToken))
            return AdministrationRefusals.RoleAsked;
        return await SendAsync(work, actor, personId, ApprovalKind.ChangeEmail, null, email, cancellationToken);
    }

    /// <summary>Takes a role away, at once: sessions end, and what a peer holds goes back to the others.</summary>
    public async Task<Result> RemoveAsync(Actor actor, Guid personId, Role role, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        if (!work.KeepsAccounts())
            return AdministrationRefusals.NotFound;
        var db = work.Context;
        var now = clock.GetUtcNow();
        await db.HoldAccountAsync(personId, cancellationToken);
        if (role == Role.Administrator)
        {
            await db.LockAdministratorsAsync(cancellationToken);
            if (!await db.OtherAdministratorAsync(personId, cancellationToken))
                return AdministrationRefusals.LastAdministrator;
        }

        if (role == Role.Peer)
            await db.PeerStopsAsync(personId, now, cancellationToken);
        if (role == Role.Psychologist)
            await db.PsychologistStopsAsync(personId, now, cancellationToken);
        if (await db.RoleGrants.Where(grant => grant.PersonId == personId && grant.Role == role).ExecuteDeleteAsync(cancellationToken) == 0)
            return AdministrationRefusals.NoSuchRole;
        await db.EndSessionsAsync(personId, cancellationToken);
        db.Log(personId, SecurityEvent.RoleRemoved, now, actor.PersonId, role);
        await db.SaveChangesAsync(cancellationToken);
        work.CaseChanged(); // what they have open on a screen is reread, and is gone
        await work.CommitAsync(cancellationToken);
        return Result.Done;
    }

    private async Task<Result> SendAsync(Work work, Actor actor, Guid personId, ApprovalKind kind, Role? role, string? email, CancellationToken cancellationToken)
    {
        var (db, now) = (work.Context, clock.GetUtcNow());
        db.Request(kind, personId, actor, now, role, email);
        var agency = await db.People.Where(person => person.Id == personId).Select(person => person.AgencyId).SingleAsync(cancellationToken);
        await db.TellWhoDecidesAsync(actor, [agency], now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await work.CommitAsync(cancellationToken);
        return Result.Done;
    }
}

/// <summary>Writes requests and tells who may decide them; the caller saves.</summary>
internal static class Requests
{
    public static void Request(this PeerSupportContext db, ApprovalKind kind, Guid personId, Actor actor, DateTimeOffset now, Role? role = null, string? email = null)
    {
        db.Approvals.Add(new Approval { Id = Guid.NewGuid(), Kind = kind, PersonId = personId, Role = role, Email = email, RequestedBy = actor.PersonId, RequestedAt = now });
        if (kind == ApprovalKind.GrantRole)
            db.Log(personId, SecurityEvent.RoleAsked, now, actor.PersonId, role);
    }

    /// <summary>One mail to each other administrator; where there is none, to the psychologists of the agencies it is about.</summary>
    public static async Task TellWhoDecidesAsync(this PeerSupportContext db, Actor actor, IReadOnlyCollection<Guid> agencies, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var decide = await HaveAsync(db, Role.Administrator, actor, null, cancellationToken);
        if (decide.Count == 0)
            decide = await HaveAsync(db, Role.Psychologist, actor, agencies, cancellationToken);
        db.Messages.AddRange(decide.Select(person => new Message { Id = Guid.NewGuid(), Kind = MessageKind.ApprovalWaiting, PersonId = person, DueAt = now }));
    }

    private static Task<List<Guid>> HaveAsync(PeerSupportContext db, Role role, Actor actor, IReadOnlyCollection<Guid>? agencies, CancellationToken cancellationToken) =>
        db.People.Where(person => person.Active && person.Id != actor.PersonId && (agencies == null || agencies.Contains(person.AgencyId))
            && db.RoleGrants.Any(grant => grant.PersonId == person.Id && grant.Role == role)).Select(person => person.Id).ToListAsync(cancellationToken);
}
