using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services.Cases;
using PeerSupport.Services.Escalation;
using PeerSupport.Services.Notices;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.People.Administration;

/// <summary>Agencies, regions and the alert plan. Settings are per agency. No case is near.</summary>
public sealed class AgencyKeeping(Database database, TimeProvider clock)
{
    private const int MostUnreachable = 50;

    /// <summary>All agencies and regions.</summary>
    public async Task<Result<AgencyBoard>> ReadAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        if (!work.KeepsAccounts())
            return AdministrationRefusals.NotFound;
        var db = work.Context;
        var (onDuty, psychologists) = (OnDuty(db), db.ActiveAs(Role.Psychologist));
        var agencies = await (
            from agency in db.Agencies.AsNoTracking()
            join region in db.Regions on agency.RegionId equals region.Id
            orderby region.Name, agency.Name
            select new AgencyRow(agency.Id, agency.Name, region.Name, agency.SharesPeers, agency.TimeZone,
                db.People.Count(person => person.AgencyId == agency.Id && person.Active), onDuty.Count(person => person.AgencyId == agency.Id),
                psychologists.Any(person => person.AgencyId == agency.Id))).ToListAsync(cancellationToken);
        return new AgencyBoard(agencies, await RegionsAsync(db, cancellationToken));
    }

    /// <summary>One agency with everything that is set for it.</summary>
    public async Task<Result<AgencyFile>> FindAsync(Actor actor, Guid agencyId, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        var db = work.Context;
        if (!work.KeepsAccounts() || await db.Agencies.AsNoTracking().SingleOrDefaultAsync(one => one.Id == agencyId, cancellationToken) is not { } agency)
            return AdministrationRefusals.NotFound;
        var plan = await db.AlertPlans.AsNoTracking().SingleOrDefaultAsync(one => one.AgencyId == agencyId, cancellationToken) ?? new AlertPlan { AgencyId = agencyId };
        return new AgencyFile(
            agencyId, agency.Name, agency.RegionId, agency.TimeZone, agency.SharesPeers, AlertPlanForm.Of(plan), await db.UnitTreeAsync(agencyId, cancellationToken),
            await RegionsAsync(db, cancellationToken), await db.People.CountAsync(person => person.AgencyId == agencyId && person.Active, cancellationToken),
            await OnDuty(db).CountAsync(person => person.AgencyId == agencyId, cancellationToken),
            await NamedAsync(Unreachable(db).Where(row => row.AgencyId == agencyId).OrderBy(row => row.Name).Take(MostUnreachable), cancellationToken));
    }

    /// <summary>Adds an agency, with the words to say first that this product starts from, or changes one.</summary>
    public async Task<Result<AgencyOutcome>> SaveAsync(Actor actor, Guid? agencyId, AgencyForm form, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        if (!work.KeepsAccounts())
            return AdministrationRefusals.NotFound;
        var db = work.Context;
        await db.LockSettingsAsync(cancellationToken);
        var problems = await ProblemsAsync(db, agencyId, form, cancellationToken);
        if (problems.Count > 0)
            return new AgencyOutcome(problems, null);
        var region = form.RegionId ?? AddRegion(db, actor, form.NewRegion);
        var after = SettingLines.OfAgency(form.Name.Trim(), form.RegionId is null ? form.NewRegion.Trim() : await RegionNameAsync(db, region, cancellationToken), form.TimeZone, form.SharesPeers);
        if (agencyId is { } id)
        {
            if (await db.Agencies.SingleOrDefaultAsync(one => one.Id == id, cancellationToken) is not { } found)
                return AdministrationRefusals.NotFound;
            // Peers of these regions may hold a case that is not theirs to take any more.
            if (found.RegionId != region || found.SharesPeers != form.SharesPeers)
            {
                var (before, now) = (found.RegionId, clock.GetUtcNow());
                db.Errands.AddRange(await (
                    from grant in db.RoleGrants
                    join person in db.People on grant.PersonId equals person.Id
                    join theirs in db.Agencies on person.AgencyId equals theirs.Id
                    where grant.Role == Role.Peer && (theirs.RegionId == before || theirs.RegionId == region)
                    select new Errand { Id = Guid.NewGuid(), Kind = ErrandKind.PeerGone, SubjectId = person.Id, DueAt = now }).ToListAsync(cancellationToken));
            }

            db.Changed(actor, clock.GetUtcNow(), new ChangedSetting(SettingKind.Agency, id, found.Name),
                SettingLines.OfAgency(found.Name, await RegionNameAsync(db, found.RegionId, cancellationToken), found.TimeZone, found.SharesPeers), after);
            await db.SaveChangesAsync(cancellationToken);
            await db.Agencies.Where(one => one.Id == id).ExecuteUpdateAsync(set => set
                .SetProperty(one => one.RegionId, region).SetProperty(one => one.Name, form.Name.Trim()).SetProperty(one => one.TimeZone, form.TimeZone).SetProperty(one => one.SharesPeers, form.SharesPeers), cancellationToken);
            await work.CommitAsync(cancellationToken);
            return new AgencyOutcome([], found.Id);
        }

        var agency = new Agency { Id = Guid.NewGuid(), RegionId = region, Name = form.Name.Trim(), TimeZone = form.TimeZone, SharesPeers = form.SharesPeers };
        db.Agencies.Add(agency);
        db.Disclaimers.Add(new DisclaimerVersion { AgencyId = agency.Id, Version = 1, Text = DisclaimerVersion.Standard, SpanishText = DisclaimerVersion.StandardSpanish, InUseSince = clock.Today(actor) });
        db.AlertPlans.Add(new AlertPlan { AgencyId = agency.Id });
        db.Changed(actor, clock.GetUtcNow(), new ChangedSetting(SettingKind.Agency, agency.Id, agency.Name), null, after);
        await db.SaveChangesAsync(cancellationToken);
        await work.CommitAsync(cancellationToken);
        return new AgencyOutcome([], agency.Id);
    }

    /// <summary>Gives a region another name.</summary>
    public async Task<Result> RenameRegionAsync(Actor actor, Guid regionId, string name, CancellationToken cancellationToken)
    {
        var trimmed = name.Trim();
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        if (!work.KeepsAccounts())
            return AdministrationRefusals.NotFound;
        var db = work.Context;
        await db.LockSettingsAsync(cancellationToken);
        if (!Written.IsName(trimmed) || await db.Regions.AnyAsync(other => other.Id != regionId && EF.Functions.ILike(other.Name, PeopleQueries.Exactly(trimmed), "\\"), cancellationToken))
            return AdministrationRefusals.RegionName;
        if (await db.Regions.SingleOrDefaultAsync(region => region.Id == regionId, cancellationToken) is not { } found)
            return AdministrationRefusals.NotFound;
        db.Changed(actor, clock.GetUtcNow(), new ChangedSetting(SettingKind.Region, null, found.Name), SettingLines.OfRegion(found.Name), SettingLines.OfRegion(trimmed));
        found.Name = trimmed;
        await db.SaveChangesAsync(cancellationToken);
        await work.CommitAsync(cancellationToken);
        return Result.Done;
    }

    /// <summary>Sets how fast the agency's notices widen.</summary>
    public async Task<Result<AgencyOutcome>> SetPlanAsync(Actor actor, Guid agencyId, AlertPlanForm form, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        var db = work.Context;
        if (!work.KeepsAccounts() || await db.Agencies.Where(one => one.Id == agencyId).Select(one => one.Name).SingleOrDefaultAsync(cancellationToken) is not { } name)
            return AdministrationRefusals.NotFound;
        var problems = form.Problems();
        if (problems.Count > 0)
            return new AgencyOutcome(problems, null);
        await db.LockSettingsAsync(cancellationToken);
        var plan = await db.AlertPlans.SingleOrDefaultAsync(one => one.AgencyId == agencyId, cancellationToken);
        if (plan is null)
            db.AlertPlans.Add(plan = new AlertPlan { AgencyId = agencyId });
        var before = SettingLines.Of(plan);
        form.Fill(plan);
        db.Changed(actor, clock.GetUtcNow(), new ChangedSetting(SettingKind.AlertPlan, agencyId, name), before, SettingLines.Of(plan));
        await db.SaveChangesAsync(cancellationToken);
        await work.CommitAsync(cancellationToken);
        return new AgencyOutcome([], agencyId);
    }

    /// <summary>How well alerts reach people: counts per agency, and whom none reaches.</summary>
    public async Task<Result<ChannelBoard>> ChannelsAsync(Actor actor, int page, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        if (!work.KeepsAccounts())
            return AdministrationRefusals.NotFound;
        var db = work.Context;
        var (onDuty, silent) = (OnDuty(db), Unreachable(db));
        var total = await silent.CountAsync(cancellationToken);
        var shown = Math.Clamp(page, 1, Math.Max(1, (total + MostUnreachable - 1) / MostUnreachable));
        return new ChannelBoard(
            await db.Agencies.AsNoTracking().OrderBy(agency => agency.Name).Select(agency => new ChannelCount(
                agency.Id, agency.Name,
                db.People.Count(person => person.Active && person.AgencyId == agency.Id && db.RoleGrants.Any(grant => grant.PersonId == person.Id && grant.Role == Role.Peer)),
                onDuty.Count(person => person.AgencyId == agency.Id), silent.Count(row => row.AgencyId == agency.Id))).ToListAsync(cancellationToken),
            await NamedAsync(silent.OrderBy(row => row.AgencyName).ThenBy(row => row.Name).Skip((shown - 1) * MostUnreachable).Take(MostUnreachable), cancellationToken),
            total, shown, MostUnreachable);
    }

    /// <summary>Active people with a role whom no channel reaches.</summary>
    private IQueryable<SilentPerson> Unreachable(PeerSupportContext db)
    {
        var silent = db.WithoutWorkingChannel(clock.GetUtcNow());
        return from person in db.People.AsNoTracking()
               join agency in db.Agencies on person.AgencyId equals agency.Id
               join mail in db.AlertChannels on new { PersonId = person.Id, Kind = Channel.Mail } equals new { mail.PersonId, mail.Kind }
               where person.Active && silent.Contains(person.Id) && db.RoleGrants.Any(grant => grant.PersonId == person.Id)
               select new SilentPerson
               {
                   PersonId = person.Id,
                   AgencyId = agency.Id,
                   Name = person.DisplayName,
                   AgencyName = agency.Name,
                   Mail = mail,
               };
    }

    /// <summary>Those on one page, with what their mail said last.</summary>
    private async Task<IReadOnlyList<UnreachableRow>> NamedAsync(IQueryable<SilentPerson> people, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return (await people.ToListAsync(cancellationToken)).ConvertAll(row =>
        {
            var refused = row.Mail.StateOf(now, pushKey: null) == ChannelState.Refused;
            return new UnreachableRow(row.PersonId, row.Name, row.AgencyName, refused ? row.Mail.RefusedAt : null, refused ? null : row.Mail.DeferredSince);
        });
    }

    /// <summary>Active peers on duty whose training counts, whatever they hold: what somebody holds is not for this page.</summary>
    private IQueryable<Person> OnDuty(PeerSupportContext db)
    {
        var now = clock.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        return db.People.Where(person => person.Active && db.RoleGrants.Any(grant => grant.PersonId == person.Id && grant.Role == Role.Peer)
            && db.Peers.Any(peer => peer.PersonId == person.Id && peer.OnDuty && peer.TrainedUntil >= today && (peer.PausedUntil == null || peer.PausedUntil < now)));
    }

    private static async Task<IReadOnlyList<FormProblem>> ProblemsAsync(PeerSupportContext db, Guid? agencyId, AgencyForm form, CancellationToken cancellationToken)
    {
        List<FormProblem> problems = [.. form.Problems()];
        if (await db.Agencies.AnyAsync(other => other.Id != agencyId && EF.Functions.ILike(other.Name, PeopleQueries.Exactly(form.Name.Trim()), "\\"), cancellationToken))
            problems.Add(AgencyForm.NameTaken);
        if (form.RegionId is { } region && !await db.Regions.AnyAsync(one => one.Id == region, cancellationToken))
            problems.Add(AgencyForm.RegionMissing);
        if (form.RegionId is null && await db.Regions.AnyAsync(one => EF.Functions.ILike(one.Name, PeopleQueries.Exactly(form.NewRegion.Trim()), "\\"), cancellationToken))
            problems.Add(AgencyForm.RegionTaken);
        return problems;
    }

    private Guid AddRegion(PeerSupportContext db, Actor actor, string name)
    {
        var region = new Region { Id = Guid.NewGuid(), Name = name.Trim() };
        db.Regions.Add(region);
        db.Changed(actor, clock.GetUtcNow(), new ChangedSetting(SettingKind.Region, null, region.Name), null, SettingLines.OfRegion(region.Name));
        return region.Id;
    }

    private static Task<string> RegionNameAsync(PeerSupportContext db, Guid regionId, CancellationToken cancellationToken) =>
        db.Regions.Where(region => region.Id == regionId).Select(region => region.Name).SingleAsync(cancellationToken);

    private static Task<List<RegionRow>> RegionsAsync(PeerSupportContext db, CancellationToken cancellationToken) =>
        db.Regions.AsNoTracking().OrderBy(region => region.Name).Select(region => new RegionRow(region.Id, region.Name, db.Agencies.Count(agency => agency.RegionId == region.Id))).ToListAsync(cancellationToken);

    private sealed record SilentPerson
    {
        public required Guid PersonId { get; init; }
        public required Guid AgencyId { get; init; }
        public required string Name { get; init; }
        public required string AgencyName { get; init; }
        public required AlertChannel Mail { get; init; }
    }
}
