using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PeerSupport.Domain;
using PeerSupport.Domain.People;
using PeerSupport.Services.Cases;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.People.Administration;

/// <summary>One crisis line as administrators keep it.</summary>
public sealed record CrisisLineRow(Guid LineId, Guid? AgencyId, string? AgencyName, string Label, string Tel, string English, string Spanish, int Position, DateOnly? LastVerified);

/// <summary>All crisis lines.</summary>
public sealed record CrisisLineBoard(IReadOnlyList<CrisisLineRow> Lines, IReadOnlyList<AgencyName> Agencies);

/// <summary>A crisis line as it is printed for everybody.</summary>
public sealed record PrintedLine(Guid? AgencyId, string Label, string Tel, string English, string Spanish, DateOnly LastVerified);

/// <summary>Crisis lines, for all or for one agency. A line is printed only with the day on which somebody checked it.</summary>
public sealed class CrisisLineKeeping(Database database, TimeProvider clock)
{
    /// <summary>All lines, those for everybody first.</summary>
    public async Task<Result<CrisisLineBoard>> ReadAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        if (!work.KeepsAccounts())
            return AdministrationRefusals.NotFound;
        var db = work.Context;
        var lines = await db.CrisisLines.AsNoTracking().OrderBy(line => line.AgencyId != null).ThenBy(line => line.AgencyId).ThenBy(line => line.Position).ThenBy(line => line.Label)
            .Select(line => new CrisisLineRow(line.Id, line.AgencyId, db.Agencies.Where(agency => agency.Id == line.AgencyId).Select(agency => agency.Name).SingleOrDefault(),
                line.Label, line.Tel, line.English, line.Spanish, line.Position, line.LastVerified)).ToListAsync(cancellationToken);
        return new CrisisLineBoard(lines, await db.AgencyNamesAsync(cancellationToken));
    }

    /// <summary>Adds or changes a line. A changed number has to be checked anew.</summary>
    public async Task<Result<AgencyOutcome>> SaveAsync(Actor actor, Guid? lineId, CrisisLineForm form, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        if (!work.KeepsAccounts())
            return AdministrationRefusals.NotFound;
        var db = work.Context;
        List<FormProblem> problems = [.. form.Problems()];
        if (form.AgencyId is { } agency && !await db.Agencies.AnyAsync(one => one.Id == agency, cancellationToken))
            problems.Add(PersonForm.AgencyMissing);
        if (problems.Count > 0)
            return new AgencyOutcome(problems, null);
        await db.LockSettingsAsync(cancellationToken); // of two changes at once each one's log tells what it found
        var dialled = Dialled(form.Tel);
        if (lineId is { } id)
        {
            if (await db.CrisisLines.SingleOrDefaultAsync(one => one.Id == id, cancellationToken) is not { } line)
                return AdministrationRefusals.NotFound;
            var (name, before) = (line.Label, SettingLines.Of(line));
            if (line.Tel != dialled || line.Label != form.Label)
                line.LastVerified = null;
            (line.Label, line.Tel, line.English, line.Spanish, line.Position) = (form.Label, dialled, form.English, form.Spanish, form.Position);
            Log(db, actor, line, name, before, SettingLines.Of(line));
        }
        else
        {
            var line = new CrisisLineEntry { Id = Guid.NewGuid(), AgencyId = form.AgencyId, Label = form.Label, Tel = dialled, English = form.English, Spanish = form.Spanish, Position = form.Position };
            db.CrisisLines.Add(line);
            Log(db, actor, line, line.Label, null, SettingLines.Of(line));
        }

        await db.SaveChangesAsync(cancellationToken);
        await work.CommitAsync(cancellationToken);
        return new AgencyOutcome([], form.AgencyId);
    }

    /// <summary>Somebody called it today, and it answered.</summary>
    public Task<Result> CheckedAsync(Actor actor, Guid lineId, CancellationToken cancellationToken) =>
        ChangeAsync(actor, lineId, (db, line) =>
        {
            var before = SettingLines.Of(line);
            line.LastVerified = clock.Today(actor);
            Log(db, actor, line, line.Label, before, SettingLines.Of(line));
        }, cancellationToken);

    /// <summary>Takes it off every page.</summary>
    public Task<Result> RemoveAsync(Actor actor, Guid lineId, CancellationToken cancellationToken) =>
        ChangeAsync(actor, lineId, (db, line) =>
        {
            db.CrisisLines.Remove(line);
            Log(db, actor, line, line.Label, SettingLines.Of(line), null);
        }, cancellationToken);

    private async Task<Result> ChangeAsync(Actor actor, Guid lineId, Action<PeerSupportContext, CrisisLineEntry> change, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        var db = work.Context;
        if (!work.KeepsAccounts())
            return AdministrationRefusals.NotFound;
        await db.LockSettingsAsync(cancellationToken);
        if (await db.CrisisLines.SingleOrDefaultAsync(line => line.Id == lineId, cancellationToken) is not { } found)
            return AdministrationRefusals.NotFound;
        change(db, found);
        await db.SaveChangesAsync(cancellationToken);
        await work.CommitAsync(cancellationToken);
        return Result.Done;
    }

    private void Log(PeerSupportContext db, Actor actor, CrisisLineEntry line, string name, IReadOnlyList<SettingLine>? before, IReadOnlyList<SettingLine>? after) =>
        db.Changed(actor, clock.GetUtcNow(), new ChangedSetting(SettingKind.CrisisLine, line.AgencyId, name), before, after);

    /// <summary>Digits, and a plus before them: what a phone dials.</summary>
    private static string Dialled(string tel) => string.Concat(tel.Where((sign, at) => char.IsAsciiDigit(sign) || (sign == '+' && at == 0)));
}

/// <summary>Reads the lines that are printed. Public: they stand at the foot of every page, signed in or not.</summary>
public sealed class PrintedLines(IServiceScopeFactory scopes)
{
    /// <summary>Every line that somebody has checked, in order.</summary>
    public async Task<IReadOnlyList<PrintedLine>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var work = new AccountWork(scopes);
        return await work.Db.CrisisLines.AsNoTracking().Where(line => line.LastVerified != null).OrderBy(line => line.AgencyId != null).ThenBy(line => line.Position).ThenBy(line => line.Label)
            .Select(line => new PrintedLine(line.AgencyId, line.Label, line.Tel, line.English, line.Spanish, line.LastVerified!.Value)).ToListAsync(cancellationToken);
    }
}
