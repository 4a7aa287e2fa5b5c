using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.Escalation;
using PeerSupport.Domain.People;
using PeerSupport.Services.Cases;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;
using static PeerSupport.Domain.Say;

namespace PeerSupport.Services.Escalation;

/// <summary>
/// Keeping the directory. Entries are never deleted: tracks refer to them. Only a psychologist links an account, because
/// whoever signs in with it reads what officers agreed to share. Whatever decides where a link and a code go loses its
/// check when it changes, and then a psychologist makes the next one; until then nobody is handed to that entry and no mail
/// goes to it: an administrator alone cannot lead a hand-off astray.
/// </summary>
public sealed class ClinicianDirectoryKeeping(Database database, TimeProvider clock)
{
    /// <summary>What the form offers.</summary>
    /// <param name="actor">A psychologist or administrator.</param>
    /// <param name="clinicianId">The entry, whose own account is offered too; null for a new one.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<Result<DirectoryOptions>> OptionsAsync(Actor actor, Guid? clinicianId, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        if (!work.MayKeepDirectory())
            return EscalationRefusals.NotFound;
        var db = work.Context;
        var agencies = await db.Agencies.AsNoTracking().Where(agency => agency.RegionId == actor.RegionId).OrderBy(agency => agency.Name)
            .Select(agency => new DirectoryAgency(agency.Id, agency.Name)).ToListAsync(cancellationToken);
        var accounts = work.ActorIs(Role.Psychologist)
            ? await Linkable(db, actor.RegionId, clinicianId).OrderBy(person => person.DisplayName)
                .Select(person => new ClinicianAccount(person.Id, person.DisplayName, db.Agencies.Single(agency => agency.Id == person.AgencyId).Name)).ToListAsync(cancellationToken)
            : [];
        return new DirectoryOptions(agencies, accounts, work.ActorIs(Role.Psychologist));
    }

    /// <summary>Adds an entry.</summary>
    public async Task<Result<DirectoryOutcome>> AddAsync(Actor actor, ClinicianForm form, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        if (!work.MayKeepDirectory())
            return EscalationRefusals.NotFound;
        var problems = await ProblemsAsync(work, actor, form, null, cancellationToken);
        if (problems.Count > 0)
            return new DirectoryOutcome(problems, null);
        var entry = new Clinician
        {
            Id = Guid.NewGuid(),
            RegionId = actor.RegionId,
            Name = form.Name,
            Licence = form.Licence,
            Phone = form.Phone,
            Email = form.Email,
            PersonId = form.PersonId,
            LastVerified = Verification.Never,
        };
        Fill(entry, form);
        Check(work, actor, form, entry);
        work.Context.Clinicians.Add(entry);
        await work.Context.SaveChangesAsync(cancellationToken);
        await work.CommitAsync(cancellationToken);
        return new DirectoryOutcome([], entry.Id);
    }

    /// <summary>Changes an entry.</summary>
    public async Task<Result<DirectoryOutcome>> ChangeAsync(Actor actor, Guid clinicianId, ClinicianForm form, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        if (!work.MayKeepDirectory() || await LockedAsync(work, actor, clinicianId, cancellationToken) is not { } entry)
            return EscalationRefusals.NotFound;
        var problems = await ProblemsAsync(work, actor, form, entry, cancellationToken);
        if (problems.Count > 0)
            return new DirectoryOutcome(problems, null);
        if ((entry.Name, entry.Licence, entry.Phone, entry.Email) != (form.Name, form.Licence, form.Phone, form.Email))
            entry.LastVerified = Verification.Never;
        (entry.Name, entry.Licence, entry.Phone, entry.Email) = (form.Name, form.Licence, form.Phone, form.Email);
        if (work.ActorIs(Role.Psychologist))
            entry.PersonId = form.PersonId;
        Fill(entry, form);
        Check(work, actor, form, entry);
        await work.Context.SaveChangesAsync(cancellationToken);
        await work.CommitAsync(cancellationToken);
        return new DirectoryOutcome([], entry.Id);
    }

    /// <summary>Licence and contact were checked today.</summary>
    public Task<Result> VerifyAsync(Actor actor, Guid clinicianId, CancellationToken cancellationToken) =>
        SetAsync(actor, clinicianId, (work, entry) =>
        {
            if (!MayCheck(work, entry))
                return DirectoryRefusals.PsychologistChecks;
            entry.LastVerified = clock.Today(actor);
            return Result.Done;
        }, cancellationToken);

    /// <summary>Takes an entry out of every choice, or back in. Its tracks stay as they are.</summary>
    public Task<Result> SetActiveAsync(Actor actor, Guid clinicianId, bool active, CancellationToken cancellationToken) =>
        SetAsync(actor, clinicianId, (_, entry) =>
        {
            entry.Active = active;
            return Result.Done;
        }, cancellationToken);

    private async Task<Result> SetAsync(Actor actor, Guid clinicianId, Func<Work, Clinician, Result> change, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        if (!work.MayKeepDirectory() || await LockedAsync(work, actor, clinicianId, cancellationToken) is not { } entry)
            return EscalationRefusals.NotFound;
        var changed = change(work, entry);
        if (!changed.Succeeded)
            return changed;
        await work.Context.SaveChangesAsync(cancellationToken);
        await work.CommitAsync(cancellationToken);
        return Result.Done;
    }

    /// <summary>The entry, locked: of two people who change it, the second sees what the first wrote.</summary>
    private static Task<Clinician?> LockedAsync(Work work, Actor actor, Guid clinicianId, CancellationToken cancellationToken) =>
        work.Context.Clinicians.FromSql($"select * from clinicians where id = {clinicianId} and region_id = {actor.RegionId} for update")
            .SingleOrDefaultAsync(cancellationToken);

    private void Check(Work work, Actor actor, ClinicianForm form, Clinician entry)
    {
        if (form.CheckedToday && MayCheck(work, entry))
            entry.LastVerified = clock.Today(actor);
    }

    private static bool MayCheck(Work work, Clinician entry) => work.ActorIs(Role.Psychologist) || entry.LastVerified != Verification.Never;

    private static void Fill(Clinician entry, ClinicianForm form)
    {
        entry.AgencyId = form.Outside == true ? null : form.AgencyId;
        entry.Specialities = [.. form.Specialities.Distinct().Order()];
        entry.Languages = [.. form.Languages.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        entry.Distance = form.Distance!.Value;
        entry.Telehealth = form.Telehealth || form.Distance == Distance.TelehealthOnly;
        entry.Accepting = form.Accepting;
    }

    /// <summary>Everything wrong, with what only the database knows: a forged or stale form gets a sentence, not an error.</summary>
    private static async Task<IReadOnlyList<ClinicianProblem>> ProblemsAsync(Work work, Actor actor, ClinicianForm form, Clinician? entry, CancellationToken cancellationToken)
    {
        var db = work.Context;
        List<ClinicianProblem> problems = [.. form.Problems()];
        if (form is { Outside: false, AgencyId: { } agency } && !await db.Agencies.AnyAsync(a => a.Id == agency && a.RegionId == actor.RegionId, cancellationToken))
            problems.Add(new(ClinicianField.Workplace, T("Choose the department from the list", "Elija el departamento de la lista")));
        if (form.PersonId is { } account && account != entry?.PersonId
            && (!work.ActorIs(Role.Psychologist) || !await Linkable(db, actor.RegionId, entry?.Id).AnyAsync(person => person.Id == account, cancellationToken)))
            problems.Add(new(ClinicianField.Account, T("Choose an account from the list that belongs to nobody else here", "Elija de la lista una cuenta que aquí no sea de nadie más")));
        return problems;
    }

    /// <summary>Active people of the region with the clinician's role who belong to no other entry.</summary>
    private static IQueryable<Person> Linkable(PeerSupportContext db, Guid regionId, Guid? clinicianId) =>
        db.People.AsNoTracking().Where(person => person.Active
            && db.Agencies.Any(agency => agency.Id == person.AgencyId && agency.RegionId == regionId)
            && db.RoleGrants.Any(grant => grant.PersonId == person.Id && grant.Role == Role.Clinician)
            && !db.Clinicians.Any(other => other.PersonId == person.Id && other.Id != clinicianId));
}
