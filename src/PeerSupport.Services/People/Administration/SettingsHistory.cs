using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.People.Administration;

/// <summary>Which changes somebody looks for; without anything, all.</summary>
public sealed record SettingsFilter(SettingKind? Kind = null, Guid? AgencyId = null);

/// <summary>One change of a setting.</summary>
/// <param name="At">When.</param>
/// <param name="By">Name of the administrator, as it is now.</param>
/// <param name="Kind">What kind of setting.</param>
/// <param name="AgencyId">Whose; null where it is everybody's.</param>
/// <param name="AgencyName">Its name, as it is now.</param>
/// <param name="Subject">As it was called before; English, and on a second line Spanish, where it has a name in each.</param>
/// <param name="Before">The parts that changed; null where there was nothing before.</param>
/// <param name="After">The same parts; null where nothing is left.</param>
public sealed record SettingChange(
    DateTimeOffset At, string By, SettingKind Kind, Guid? AgencyId, string? AgencyName, string Subject, IReadOnlyList<SettingLine>? Before, IReadOnlyList<SettingLine>? After);

/// <summary>A page of changes, newest first.</summary>
public sealed record SettingsBoard(IReadOnlyList<SettingChange> Changes, IReadOnlyList<AgencyName> Agencies, int Total, int Page, int PageSize);

/// <summary>Reads what administrators changed, for administrators.</summary>
public sealed class SettingsHistory(Database database)
{
    /// <summary>Changes on a page.</summary>
    public const int PageSize = 25;

    /// <summary>One page, counted from 1; a page that is not there is the nearest that is.</summary>
    public async Task<Result<SettingsBoard>> ReadAsync(Actor actor, SettingsFilter filter, int page, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        if (!work.KeepsAccounts())
            return AdministrationRefusals.NotFound;
        var db = work.Context;
        var found = db.SettingsLog.AsNoTracking().Where(entry => (filter.Kind == null || entry.Kind == filter.Kind) && (filter.AgencyId == null || entry.AgencyId == filter.AgencyId));
        var total = await found.CountAsync(cancellationToken);
        var shown = Math.Clamp(page, 1, Math.Max(1, (total + PageSize - 1) / PageSize));
        var rows = await (
            from entry in found
            join person in db.People on entry.ActorId equals person.Id
            join agency in db.Agencies on entry.AgencyId equals agency.Id into agencies
            from whose in agencies.DefaultIfEmpty()
            orderby entry.At descending, entry.Id
            select new { Entry = entry, By = person.DisplayName, AgencyName = whose == null ? null : whose.Name })
            .Skip((shown - 1) * PageSize).Take(PageSize).ToListAsync(cancellationToken);
        return new SettingsBoard(
            [.. rows.Select(row => new SettingChange(row.Entry.At, row.By, row.Entry.Kind, row.Entry.AgencyId, row.AgencyName, row.Entry.Subject, Lines(row.Entry.Before), Lines(row.Entry.After)))],
            await db.AgencyNamesAsync(cancellationToken), total, shown, PageSize);
    }

    private static IReadOnlyList<SettingLine>? Lines(string? written) => written is null ? null : SettingLine.Read(written);
}
