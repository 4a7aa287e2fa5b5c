using Microsoft.EntityFrameworkCore;
using Npgsql;
using PeerSupport.Domain;
using PeerSupport.Domain.People;
using PeerSupport.Services.Cases;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.People.Administration;

/// <summary>One row of a list, and what is wrong with it.</summary>
/// <param name="Person">As it was written.</param>
/// <param name="Problems">What keeps the list out.</param>
/// <param name="Notes">What does not, and should be seen before it comes in.</param>
public sealed record ImportRow(ImportedPerson Person, IReadOnlyList<FormProblem> Problems, IReadOnlyList<FormProblem> Notes);

/// <summary>What became of an import: the rows with what is wrong, and how many people were brought in.</summary>
public sealed record ImportOutcome(IReadOnlyList<ImportRow> Rows, int Imported)
{
    /// <summary>Nothing is wrong with any row.</summary>
    public bool IsSound => Rows.Count > 0 && Rows.All(row => row.Problems.Count == 0);
}

/// <summary>
/// Brings a list of people in: all of them in one transaction, or none. Their roles wait for a second person, who decides
/// about the whole list in one step; then the letters go out.
/// </summary>
public sealed class PeopleImport(Database database, TimeProvider clock)
{
    /// <summary>Reads the list and says what is wrong. Writes nothing.</summary>
    public async Task<Result<ImportOutcome>> PreviewAsync(Actor actor, IReadOnlyList<ImportedPerson> people, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        return work.KeepsAccounts() ? new ImportOutcome(await ReadAsync(work.Context, actor, people, (_, _, _) => { }, cancellationToken), 0) : AdministrationRefusals.NotFound;
    }

    /// <summary>Brings everybody in, if nothing is wrong with any row.</summary>
    public async Task<Result<ImportOutcome>> ImportAsync(Actor actor, IReadOnlyList<ImportedPerson> people, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        if (!work.KeepsAccounts())
            return AdministrationRefusals.NotFound;
        var (db, now) = (work.Context, clock.GetUtcNow());
        List<(Person Person, ReadPerson Read)> added = [];
        var rows = await ReadAsync(db, actor, people, (read, agency, unit) => added.Add((Add(db, actor, read, agency, unit, now), read)), cancellationToken);
        var outcome = new ImportOutcome(rows, 0);
        if (!outcome.IsSound)
            return outcome;
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            foreach (var (person, read) in added)
            {
                if (read.Role is { } role)
                    db.Request(ApprovalKind.GrantRole, person.Id, actor, now, role);
                else
                    await db.InviteAsync(person.Id, actor.PersonId, now, cancellationToken);
            }

            if (added.Exists(one => one.Read.Role is not null))
                await db.TellWhoDecidesAsync(actor, [.. added.Select(one => one.Person.AgencyId).Distinct()], now, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            await work.CommitAsync(cancellationToken);
        }
        catch (DbUpdateException taken) when (taken.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // Somebody else brought one of them in a moment ago: the rows are read anew, and then say which.
            return await PreviewAsync(actor, people, cancellationToken);
        }

        return outcome with { Imported = added.Count };
    }

    /// <summary>Every row with what is wrong; sound ones are handed on with their agency and unit.</summary>
    private async Task<IReadOnlyList<ImportRow>> ReadAsync(
        PeerSupportContext db, Actor actor, IReadOnlyList<ImportedPerson> people, Action<ReadPerson, Guid, Guid?> sound, CancellationToken cancellationToken)
    {
        var agencies = (await db.Agencies.AsNoTracking().ToListAsync(cancellationToken)).GroupBy(agency => agency.Name, StringComparer.OrdinalIgnoreCase).ToDictionary(same => same.Key, same => same.First(), StringComparer.OrdinalIgnoreCase);
        var units = (await db.Units.AsNoTracking().ToListAsync(cancellationToken)).ToLookup(unit => unit.AgencyId);
        var emails = people.Select(one => one.Email.ToUpperInvariant()).ToList();
        var taken = await db.Users.Where(account => emails.Contains(account.NormalizedEmail!) || emails.Contains(account.NormalizedUserName!)).Select(account => account.NormalizedEmail!).ToHashSetAsync(StringComparer.Ordinal, cancellationToken);
        var twice = emails.GroupBy(email => email, StringComparer.Ordinal).Where(same => same.Count() > 1).Select(same => same.Key).ToHashSet(StringComparer.Ordinal);
        // The few there are; of many the first, so that a mistyped name is found beside it.
        var known = string.Join(", ", agencies.Keys.Order(StringComparer.Ordinal).Take(5));
        List<ImportRow> rows = [];
        List<(ReadPerson Read, Guid Agency, Guid? Unit)> good = [];
        foreach (var one in people)
        {
            var agency = agencies.GetValueOrDefault(one.Agency);
            var (read, problems) = one.Read(agency?.TimeZone ?? "Etc/UTC", clock.Today(actor));
            List<FormProblem> all = [.. problems];
            List<Unit> named = one.Unit.Length == 0 || agency is null ? [] : [.. units[agency.Id].Where(other => string.Equals(other.Name, one.Unit, StringComparison.OrdinalIgnoreCase))];
            if (agency is null)
                all.Add(Row($"There is no agency “{one.Agency}”. Write its name as it stands there ({known}), or add it first", $"No hay ninguna agencia «{one.Agency}». Escriba su nombre tal como aparece ({known}) o añádala primero"));
            else if (one.Unit.Length > 0 && named.Count == 0)
                all.Add(Row($"{agency.Name} has no unit “{one.Unit}”. Add it on the agency’s page first, or leave the cell empty", $"{agency.Name} no tiene ninguna unidad «{one.Unit}». Añádala primero en la página de la agencia o deje la celda vacía"));
            if (named.Count > 1)
                all.Add(Row("The agency has several units of this name. Leave it empty, and choose the unit on the person’s page", "La agencia tiene varias unidades con este nombre. Déjelo vacío y elija la unidad en la página de la persona"));
            if (twice.Contains(one.Email.ToUpperInvariant()))
                all.Add(Row("This mail address stands in the list twice", "Esta dirección de correo aparece dos veces en la lista"));
            if (taken.Contains(one.Email.ToUpperInvariant()))
                all.Add(PersonForm.EmailTaken);
            List<FormProblem> notes = read.Role == Role.Peer && (read.Training is not { ValidUntil: { } until } || until < clock.Today(actor))
                ? [Row("No training that counts: no case is offered until one is entered", "Sin formación vigente: no se le ofrece ningún caso hasta que se anote una")]
                : [];
            rows.Add(new ImportRow(one, all, notes));
            if (all.Count == 0)
                good.Add((read, agency!.Id, named is [var unit] ? unit.Id : null));
        }

        if (good.Count == rows.Count)
            good.ForEach(one => sound(one.Read, one.Agency, one.Unit));
        return rows;
    }

    private Person Add(PeerSupportContext db, Actor actor, ReadPerson read, Guid agency, Guid? unit, DateTimeOffset now)
    {
        var person = db.AddPerson(read.Form with { AgencyId = agency }, read.Email);
        if (read.Training is { } training)
            db.AddTraining(person.Id, training, actor.PersonId, now);
        // What a peer brings is kept for the day of the role: without it, the row means nothing.
        if (read.Role == Role.Peer)
            db.Peers.Add(new Peer
            {
                PersonId = person.Id,
                TrainedUntil = read.Training?.ValidUntil ?? clock.Today(actor).AddDays(-1),
                CaseloadLimit = PeerRules.UsualCaseload,
                Tags = SpokenLanguage.WithTag(read.Languages, read.Tags),
                SpokenLanguages = [.. read.Languages],
                UnitId = unit,
            });
        return person;
    }

    private static FormProblem Row(string english, string spanish) => new("rows", english, spanish);
}
