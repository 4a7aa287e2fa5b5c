using Microsoft.EntityFrameworkCore;
using Npgsql;
using PeerSupport.Domain;
using PeerSupport.Domain.People;
using PeerSupport.Services.Cases;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.People.Administration;

/// <summary>
/// What one administrator may do alone: bring somebody in, who can do nothing yet; take somebody out, at once; keep what
/// stands about them. Roles and ways in take a second person: <see cref="RoleRequests"/>.
/// </summary>
public sealed class PeopleKeeping(Database database, TimeProvider clock)
{
    /// <summary>Brings somebody in (without a time zone: in their agency's): an account without a way in, a letter to set one up, and the request for a role.</summary>
    public async Task<Result<PersonOutcome>> AddAsync(Actor actor, PersonForm form, string email, Role? role, TrainingForm? training, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        if (!work.KeepsAccounts())
            return AdministrationRefusals.NotFound;
        var db = work.Context;
        if (form.TimeZone.Length == 0) // the agency's, unless another was chosen
            form = form with { TimeZone = await db.Agencies.Where(agency => agency.Id == form.AgencyId).Select(agency => agency.TimeZone).SingleOrDefaultAsync(cancellationToken) ?? "Etc/UTC" };
        var problems = await ProblemsAsync(db, form, email, cancellationToken);
        if (training is not null)
            problems.AddRange(training.Problems(clock.Today(actor)));
        if (problems.Count > 0)
            return new PersonOutcome(problems, null);
        var now = clock.GetUtcNow();
        var person = db.AddPerson(form, email);
        if (training is not null)
            db.AddTraining(person.Id, training, actor.PersonId, now);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            await db.InviteAsync(person.Id, actor.PersonId, now, cancellationToken);
            if (role is { } wanted)
            {
                db.Request(ApprovalKind.GrantRole, person.Id, actor, now, wanted);
                await db.TellWhoDecidesAsync(actor, [person.AgencyId], now, cancellationToken);
            }

            await db.SaveChangesAsync(cancellationToken);
            await work.CommitAsync(cancellationToken);
        }
        catch (DbUpdateException taken) when (taken.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return new PersonOutcome([PersonForm.EmailTaken], null); // somebody else brought the same address in a moment ago
        }

        return new PersonOutcome([], person.Id);
    }

    /// <summary>Changes what stands about somebody. Moving to another agency ends their sessions, what a peer holds goes back, and what a psychologist posted is left to the others.</summary>
    public async Task<Result<PersonOutcome>> ChangeAsync(Actor actor, Guid personId, PersonForm form, Guid? unitId, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        var db = work.Context;
        await db.HoldAccountAsync(personId, cancellationToken);
        if (!work.KeepsAccounts() || await db.LockedAsync(personId, cancellationToken) is not { } person)
            return AdministrationRefusals.NotFound;
        var problems = await ProblemsAsync(db, form, null, cancellationToken);
        if (problems.Count > 0)
            return new PersonOutcome(problems, null);
        var now = clock.GetUtcNow();
        var moves = person.AgencyId != form.AgencyId;
        if (moves)
        {
            await db.PeerStopsAsync(personId, now, cancellationToken);
            await db.PsychologistStopsAsync(personId, now, cancellationToken);
            await db.EndSessionsAsync(personId, cancellationToken);
            db.Log(personId, SecurityEvent.MovedToAgency, now, actor.PersonId);
        }

        // Others are sent to this number, so its owner can see who put it there.
        if ((person.Phone ?? "") != form.Phone)
            db.Log(personId, SecurityEvent.PhoneChanged, now, actor.PersonId);
        (person.DisplayName, person.AgencyId, person.Language, person.TimeZone, person.Phone) =
            (form.Name.Trim(), form.AgencyId!.Value, form.Language, form.TimeZone, form.Phone.Length == 0 ? null : form.Phone);
        var unit = unitId is { } id && await db.Units.AnyAsync(one => one.Id == id && one.AgencyId == person.AgencyId, cancellationToken) ? unitId : null;
        await db.Peers.Where(peer => peer.PersonId == personId).ExecuteUpdateAsync(set => set.SetProperty(peer => peer.UnitId, unit), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        if (moves)
            work.CaseChanged();
        await work.CommitAsync(cancellationToken);
        return new PersonOutcome([], personId);
    }

    /// <summary>Disables at once and everywhere, or enables somebody who has a way in.</summary>
    public async Task<Result> SetActiveAsync(Actor actor, Guid personId, bool active, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        var db = work.Context;
        if (!work.KeepsAccounts() || await db.People.AllAsync(person => person.Id != personId, cancellationToken))
            return AdministrationRefusals.NotFound;
        await db.HoldAccountAsync(personId, cancellationToken);
        var now = clock.GetUtcNow();
        if (active)
        {
            if (!await db.Standings(now).AnyAsync(one => one.Person.Id == personId && one.Enrolled, cancellationToken))
                return AdministrationRefusals.NotEnrolled;
        }
        else
        {
            if (personId == actor.PersonId)
                return AdministrationRefusals.NotYourself;
            await db.LockAdministratorsAsync(cancellationToken);
            if (!await db.OtherAdministratorAsync(personId, cancellationToken))
                return AdministrationRefusals.LastAdministrator;
            await db.PeerStopsAsync(personId, now, cancellationToken);
            await db.PsychologistStopsAsync(personId, now, cancellationToken);
            await db.EndSessionsAsync(personId, cancellationToken);
            await db.VoidLettersAsync(personId, now, cancellationToken);
        }

        await db.People.Where(person => person.Id == personId).ExecuteUpdateAsync(set => set.SetProperty(person => person.Active, active), cancellationToken);
        db.Log(personId, active ? SecurityEvent.Enabled : SecurityEvent.Disabled, now, actor.PersonId);
        await db.SaveChangesAsync(cancellationToken);
        work.CaseChanged(); // what they have open on a screen is reread, and is gone
        await work.CommitAsync(cancellationToken);
        return Result.Done;
    }

    /// <summary>A letter, or another one, for somebody who has never had a way in.</summary>
    public async Task<Result> InviteAsync(Actor actor, Guid personId, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        var db = work.Context;
        var now = clock.GetUtcNow();
        if (!work.KeepsAccounts() || await db.Standings(now).SingleOrDefaultAsync(one => one.Person.Id == personId, cancellationToken) is not { } standing)
            return AdministrationRefusals.NotFound;
        if (standing.Enrolled || standing.Person.Active)
            return AdministrationRefusals.AlreadyEnrolled;
        await db.InviteAsync(personId, actor.PersonId, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await work.CommitAsync(cancellationToken);
        return Result.Done;
    }

    /// <summary>How many cases a peer may hold at once.</summary>
    public async Task<Result> SetCaseloadAsync(Actor actor, Guid personId, int limit, CancellationToken cancellationToken)
    {
        if (limit is < 1 or > PeerRules.MostCaseload)
            return AdministrationRefusals.Caseload;
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        if (!work.KeepsAccounts())
            return AdministrationRefusals.NotFound;
        // The condition is the table's own. Whether it holds is all that is ever said about what somebody holds.
        var set = await work.Context.Peers.Where(peer => peer.PersonId == personId && peer.Held <= limit)
            .ExecuteUpdateAsync(change => change
                .SetProperty(peer => peer.CaseloadMost, limit)
                .SetProperty(peer => peer.CaseloadLimit, peer => peer.CaseloadLimit < limit ? peer.CaseloadLimit : limit), cancellationToken);
        if (set == 0)
            return await work.Context.Peers.AnyAsync(peer => peer.PersonId == personId, cancellationToken) ? AdministrationRefusals.CaseloadNow : AdministrationRefusals.NotFound;
        await work.CommitAsync(cancellationToken);
        return Result.Done;
    }

    private static async Task<List<FormProblem>> ProblemsAsync(PeerSupportContext db, PersonForm form, string? email, CancellationToken cancellationToken)
    {
        List<FormProblem> problems = [.. form.Problems()];
        if (form.AgencyId is { } agency && !await db.Agencies.AnyAsync(one => one.Id == agency, cancellationToken))
            problems.Add(PersonForm.AgencyMissing);
        if (email is null)
            return problems;
        var normalized = email.ToUpperInvariant();
        if (!Written.IsEmail(email))
            problems.Add(PersonForm.BadEmail);
        else if (await db.Users.AnyAsync(account => account.NormalizedEmail == normalized || account.NormalizedUserName == normalized, cancellationToken))
            problems.Add(PersonForm.EmailTaken);
        return problems;
    }
}
