using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.People.Administration;

/// <summary>A category or type as administrators keep it.</summary>
public sealed record SituationRow(int Id, int? CategoryId, string English, string Spanish, bool Retired);

/// <summary>What became of a form about a situation.</summary>
public sealed record SituationOutcome(IReadOnlyList<FormProblem> Problems, int? Id);

/// <summary>
/// The closed catalogue of situations. Never a row less: open cases and published tables carry its codes. What is
/// retired is not offered any more and keeps its name.
/// </summary>
public sealed class SituationKeeping(Database database, TimeProvider clock)
{
    private const int TypesInACategory = 100;

    /// <summary>Everything, in the order it is offered.</summary>
    public async Task<Result<IReadOnlyList<SituationRow>>> ReadAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        if (!work.KeepsAccounts())
            return AdministrationRefusals.NotFound;
        var categories = await work.Context.SituationCategories.AsNoTracking().OrderBy(c => c.Id).Select(c => new SituationRow(c.Id, null, c.English, c.Spanish, c.Retired)).ToListAsync(cancellationToken);
        var types = await work.Context.SituationTypes.AsNoTracking().OrderBy(t => t.Id).Select(t => new SituationRow(t.Id, t.CategoryId, t.English, t.Spanish, t.Retired)).ToListAsync(cancellationToken);
        return categories.Concat(types).ToList();
    }

    /// <summary>Adds a type to a category.</summary>
    public Task<Result<SituationOutcome>> AddTypeAsync(Actor actor, int categoryId, SituationForm form, CancellationToken cancellationToken) =>
        ChangeAsync(actor, form, async db =>
        {
            if (await db.SituationCategories.AllAsync(c => c.Id != categoryId, cancellationToken))
                return AdministrationRefusals.NotFound;
            var last = await db.SituationTypes.Where(t => t.CategoryId == categoryId).MaxAsync(t => (int?)t.Id, cancellationToken) ?? (categoryId * TypesInACategory);
            if (last + 1 >= (categoryId + 1) * TypesInACategory || await TypeTakenAsync(db, categoryId, null, form, cancellationToken))
                return new SituationOutcome([SituationForm.Taken], null);
            var type = new SituationType { Id = last + 1, CategoryId = categoryId, English = form.English.Trim(), Spanish = form.Spanish.Trim() };
            db.SituationTypes.Add(type);
            Log(db, actor, SettingKind.SituationType, SettingLines.InBoth(type.English, type.Spanish), null, SettingLines.Of(type));
            return new SituationOutcome([], last + 1);
        }, cancellationToken);

    /// <summary>Renames a type.</summary>
    public Task<Result<SituationOutcome>> RenameTypeAsync(Actor actor, int typeId, SituationForm form, CancellationToken cancellationToken) =>
        ChangeAsync(actor, form, async db =>
        {
            if (await db.SituationTypes.SingleOrDefaultAsync(t => t.Id == typeId, cancellationToken) is not { } type)
                return AdministrationRefusals.NotFound;
            if (await TypeTakenAsync(db, type.CategoryId, typeId, form, cancellationToken))
                return new SituationOutcome([SituationForm.Taken], null);
            var (name, before) = (SettingLines.InBoth(type.English, type.Spanish), SettingLines.Of(type));
            (type.English, type.Spanish) = (form.English.Trim(), form.Spanish.Trim());
            Log(db, actor, SettingKind.SituationType, name, before, SettingLines.Of(type));
            return new SituationOutcome([], typeId);
        }, cancellationToken);

    /// <summary>Renames a category.</summary>
    public Task<Result<SituationOutcome>> RenameCategoryAsync(Actor actor, int categoryId, SituationForm form, CancellationToken cancellationToken) =>
        ChangeAsync(actor, form, async db =>
        {
            if (await db.SituationCategories.SingleOrDefaultAsync(c => c.Id == categoryId, cancellationToken) is not { } category)
                return AdministrationRefusals.NotFound;
            var (english, spanish) = (PeopleQueries.Exactly(form.English.Trim()), PeopleQueries.Exactly(form.Spanish.Trim()));
            if (await db.SituationCategories.AnyAsync(c => c.Id != categoryId && (EF.Functions.ILike(c.English, english, "\\") || EF.Functions.ILike(c.Spanish, spanish, "\\")), cancellationToken))
                return new SituationOutcome([SituationForm.Taken], null);
            var (name, before) = (SettingLines.InBoth(category.English, category.Spanish), SettingLines.Of(category));
            (category.English, category.Spanish) = (form.English.Trim(), form.Spanish.Trim());
            Log(db, actor, SettingKind.SituationCategory, name, before, SettingLines.Of(category));
            return new SituationOutcome([], categoryId);
        }, cancellationToken);

    /// <summary>Offers a type no more, or again.</summary>
    public async Task<Result> RetireAsync(Actor actor, int typeId, bool retired, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        if (!work.KeepsAccounts())
            return AdministrationRefusals.NotFound;
        var db = work.Context;
        await db.LockSettingsAsync(cancellationToken);
        if (retired && !await db.SituationTypes.AnyAsync(type => !type.Retired && type.Id != typeId, cancellationToken))
            return AdministrationRefusals.LastType;
        if (await db.SituationTypes.SingleOrDefaultAsync(type => type.Id == typeId, cancellationToken) is not { } found)
            return AdministrationRefusals.NotFound;
        var before = SettingLines.Of(found);
        found.Retired = retired;
        Log(db, actor, SettingKind.SituationType, SettingLines.InBoth(found.English, found.Spanish), before, SettingLines.Of(found));
        await db.SaveChangesAsync(cancellationToken);
        await work.CommitAsync(cancellationToken);
        return Result.Done;
    }

    private void Log(PeerSupportContext db, Actor actor, SettingKind kind, string name, IReadOnlyList<SettingLine>? before, IReadOnlyList<SettingLine> after) =>
        db.Changed(actor, clock.GetUtcNow(), new ChangedSetting(kind, null, name), before, after);

    private async Task<Result<SituationOutcome>> ChangeAsync(Actor actor, SituationForm form, Func<PeerSupportContext, Task<Result<SituationOutcome>>> change, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        if (!work.KeepsAccounts())
            return AdministrationRefusals.NotFound;
        var problems = form.Problems();
        if (problems.Count > 0)
            return new SituationOutcome(problems, null);
        await work.Context.LockSettingsAsync(cancellationToken);
        var changed = await change(work.Context);
        if (!changed.Succeeded || changed.Value.Problems.Count > 0)
            return changed;
        await work.Context.SaveChangesAsync(cancellationToken);
        await work.CommitAsync(cancellationToken);
        return changed;
    }

    private static Task<bool> TypeTakenAsync(PeerSupportContext db, int categoryId, int? typeId, SituationForm form, CancellationToken cancellationToken)
    {
        var (english, spanish) = (PeopleQueries.Exactly(form.English.Trim()), PeopleQueries.Exactly(form.Spanish.Trim()));
        return db.SituationTypes.AnyAsync(type => type.CategoryId == categoryId && type.Id != typeId
            && (EF.Functions.ILike(type.English, english, "\\") || EF.Functions.ILike(type.Spanish, spanish, "\\")), cancellationToken);
    }
}
