using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.People.Administration;

/// <summary>The units of an agency: who commands whom, so that whoever is too near can be suggested to be kept away.</summary>
public sealed class UnitKeeping(Database database, TimeProvider clock)
{
    /// <summary>Adds a unit under another one, or under none.</summary>
    public Task<Result> AddAsync(Actor actor, Guid agencyId, string name, Guid? parentId, CancellationToken cancellationToken) =>
        ChangeAsync(actor, agencyId, async db =>
        {
            if (!Written.IsName(name))
                return AdministrationRefusals.UnitName;
            if (parentId is { } parent && !await db.Units.AnyAsync(unit => unit.Id == parent && unit.AgencyId == agencyId, cancellationToken))
                return AdministrationRefusals.NotFound;
            Log(db, actor, agencyId, name.Trim(), null, SettingLines.OfUnit(name.Trim(), await NameAsync(db, parentId, cancellationToken)));
            db.Units.Add(new Unit { Id = Guid.NewGuid(), AgencyId = agencyId, ParentId = parentId, Name = name.Trim() });
            return Result.Done;
        }, cancellationToken);

    /// <summary>Gives it another name or another place.</summary>
    public Task<Result> SaveAsync(Actor actor, Guid agencyId, Guid unitId, string name, Guid? parentId, CancellationToken cancellationToken) =>
        ChangeAsync(actor, agencyId, async db =>
        {
            if (!Written.IsName(name))
                return AdministrationRefusals.UnitName;
            var units = await db.Units.Where(unit => unit.AgencyId == agencyId).ToDictionaryAsync(unit => unit.Id, cancellationToken);
            if (!units.TryGetValue(unitId, out var found) || (parentId is { } parent && !units.ContainsKey(parent)))
                return AdministrationRefusals.NotFound;
            if (new UnitTree(units.Values).MayStandUnder(unitId, parentId) is { Succeeded: false } circle)
                return circle;
            Log(db, actor, agencyId, found.Name, SettingLines.OfUnit(found.Name, NameOf(found.ParentId)), SettingLines.OfUnit(name.Trim(), NameOf(parentId)));
            (found.Name, found.ParentId) = (name.Trim(), parentId);
            return Result.Done;

            string? NameOf(Guid? id) => id is { } one ? units[one].Name : null;
        }, cancellationToken);

    /// <summary>Removes a unit that nothing stands under. Its peers then belong to none.</summary>
    public Task<Result> RemoveAsync(Actor actor, Guid agencyId, Guid unitId, CancellationToken cancellationToken) =>
        ChangeAsync(actor, agencyId, async db =>
        {
            if (await db.Units.AnyAsync(unit => unit.ParentId == unitId, cancellationToken))
                return AdministrationRefusals.UnitInUse;
            if (await db.Units.SingleOrDefaultAsync(unit => unit.Id == unitId && unit.AgencyId == agencyId, cancellationToken) is not { } found)
                return AdministrationRefusals.NotFound;
            Log(db, actor, agencyId, found.Name, SettingLines.OfUnit(found.Name, await NameAsync(db, found.ParentId, cancellationToken)), null);
            db.Units.Remove(found);
            return Result.Done;
        }, cancellationToken);

    private void Log(PeerSupportContext db, Actor actor, Guid agencyId, string name, IReadOnlyList<SettingLine>? before, IReadOnlyList<SettingLine>? after) =>
        db.Changed(actor, clock.GetUtcNow(), new ChangedSetting(SettingKind.Unit, agencyId, name), before, after);

    private static Task<string?> NameAsync(PeerSupportContext db, Guid? unitId, CancellationToken cancellationToken) =>
        db.Units.Where(unit => unit.Id == unitId).Select(unit => unit.Name).SingleOrDefaultAsync(cancellationToken);

    private async Task<Result> ChangeAsync(Actor actor, Guid agencyId, Func<PeerSupportContext, Task<Result>> change, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        var db = work.Context;
        if (!work.KeepsAccounts() || await db.Agencies.AllAsync(agency => agency.Id != agencyId, cancellationToken))
            return AdministrationRefusals.NotFound;
        await db.LockSettingsAsync(cancellationToken); // two who move units at once could else make a circle together
        var changed = await change(db);
        if (!changed.Succeeded)
            return changed;
        await db.SaveChangesAsync(cancellationToken);
        await work.CommitAsync(cancellationToken);
        return Result.Done;
    }
}

/// <summary>The tree as a list: each unit after the one it stands under.</summary>
internal static class UnitRows
{
    private const int Deepest = 12;

    public static async Task<IReadOnlyList<UnitRow>> UnitTreeAsync(this PeerSupportContext db, Guid agencyId, CancellationToken cancellationToken)
    {
        var units = await db.Units.AsNoTracking().Where(unit => unit.AgencyId == agencyId).OrderBy(unit => unit.Name)
            .Select(unit => new UnitRow(unit.Id, unit.ParentId, unit.Name, 0, db.Peers.Count(peer => peer.UnitId == unit.Id))).ToListAsync(cancellationToken);
        var under = units.ToLookup(unit => unit.ParentId);
        List<UnitRow> tree = [];
        Add(null, 0);
        return tree;

        void Add(Guid? parent, int depth)
        {
            foreach (var unit in under[parent])
            {
                tree.Add(unit with { Depth = depth });
                if (depth < Deepest)
                    Add(unit.UnitId, depth + 1);
            }
        }
    }
}
