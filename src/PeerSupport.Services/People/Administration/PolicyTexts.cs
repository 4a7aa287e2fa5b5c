using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.People;
using PeerSupport.Services.Cases;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.People.Administration;

/// <summary>One wording of the disclaimer.</summary>
public sealed record DisclaimerLine(int Version, string English, string? Spanish, DateOnly InUseSince);

/// <summary>An agency's wordings, newest first.</summary>
public sealed record DisclaimerBoard(Guid AgencyId, string AgencyName, IReadOnlyList<AgencyName> Agencies, IReadOnlyList<DisclaimerLine> Versions);

/// <summary>The words a peer says first, per agency. A new wording is added; an old one never changes, so what was said stays known.</summary>
public sealed class PolicyTexts(Database database, TimeProvider clock)
{
    /// <summary>All wordings of an agency; of the reader's own where none is named.</summary>
    public async Task<Result<DisclaimerBoard>> ReadAsync(Actor actor, Guid? agencyId, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        var db = work.Context;
        var asked = agencyId ?? actor.AgencyId;
        if (!work.KeepsAccounts() || await db.Agencies.AsNoTracking().SingleOrDefaultAsync(one => one.Id == asked, cancellationToken) is not { } agency)
            return AdministrationRefusals.NotFound;
        return new DisclaimerBoard(
            agency.Id, agency.Name, await db.AgencyNamesAsync(cancellationToken),
            await db.Disclaimers.AsNoTracking().Where(text => text.AgencyId == asked).OrderByDescending(text => text.Version)
                .Select(text => new DisclaimerLine(text.Version, text.Text, text.SpanishText, text.InUseSince)).ToListAsync(cancellationToken));
    }

    /// <summary>Puts a new wording in use from today on.</summary>
    public async Task<Result<AgencyOutcome>> AddAsync(Actor actor, Guid agencyId, DisclaimerForm form, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        var db = work.Context;
        if (!work.KeepsAccounts() || await db.Agencies.Where(one => one.Id == agencyId).Select(one => one.Name).SingleOrDefaultAsync(cancellationToken) is not { } name)
            return AdministrationRefusals.NotFound;
        var problems = form.Problems();
        if (problems.Count > 0)
            return new AgencyOutcome(problems, null);
        await db.LockSettingsAsync(cancellationToken);
        var last = await db.Disclaimers.AsNoTracking().Where(text => text.AgencyId == agencyId).OrderByDescending(text => text.Version).FirstOrDefaultAsync(cancellationToken);
        if (form.SaysTheSameAs(last))
            return new AgencyOutcome([DisclaimerForm.InUseAlready], null);
        var version = (last?.Version ?? 0) + 1;
        db.Changed(actor, clock.GetUtcNow(), new ChangedSetting(SettingKind.Disclaimer, agencyId, name), last is null ? null : SettingLines.OfDisclaimer(last.Version), SettingLines.OfDisclaimer(version));
        db.Disclaimers.Add(new DisclaimerVersion { AgencyId = agencyId, Version = version, Text = form.English, SpanishText = form.Spanish, InUseSince = clock.Today(actor) });
        await db.SaveChangesAsync(cancellationToken);
        await work.CommitAsync(cancellationToken);
        return new AgencyOutcome([], agencyId);
    }
}
