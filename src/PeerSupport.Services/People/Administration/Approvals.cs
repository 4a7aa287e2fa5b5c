using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services.Cases;
using PeerSupport.Services.Notices;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.People.Administration;

/// <summary>One request, for those who may decide it.</summary>
public sealed record ApprovalRow(
    Guid RequestId, ApprovalKind Kind, string Name, string Email, string AgencyName, Role? Role, string? NewEmail, string AskedBy, DateTimeOffset RequestedAt,
    bool MayDecide, bool? Granted, string? DecidedBy, DateTimeOffset? DecidedAt);

/// <summary>Requests that one person made in one step, such as an import.</summary>
public sealed record ApprovalGroup(string AskedBy, DateTimeOffset RequestedAt, IReadOnlyList<ApprovalRow> Requests);

/// <summary>What waits, and one page of what was decided.</summary>
public sealed record ApprovalBoard(IReadOnlyList<ApprovalGroup> Waiting, IReadOnlyList<ApprovalRow> History, int Total, int Page, int PageSize);

/// <summary>What became of a decision about several requests.</summary>
public sealed record DecisionOutcome(int Done, Refusal? WhyNotAll);

/// <summary>
/// The second person's yes or no. Decided by the database's own function, which checks who asks once more; nothing else
/// can give a role.
/// </summary>
public sealed class Approvals(Database database, TimeProvider clock)
{
    private const int PageSize = 25;

    /// <summary>For an administrator: of everybody. For a psychologist: of the own agency.</summary>
    public async Task<Result<ApprovalBoard>> ReadAsync(Actor actor, int page, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        if (!work.KeepsAccounts() && !work.ActorIs(Role.Psychologist))
            return AdministrationRefusals.NotFound;
        var db = work.Context;
        Guid? only = work.KeepsAccounts() ? null : actor.AgencyId;
        var mine = db.Approvals.AsNoTracking().Where(asked => only == null || db.People.Any(person => person.Id == asked.PersonId && person.AgencyId == only));
        var waiting = await Rows(db, mine.Where(asked => asked.Granted == null).OrderBy(asked => asked.RequestedAt), actor).ToListAsync(cancellationToken);
        var decided = mine.Where(asked => asked.Granted != null);
        var total = await decided.CountAsync(cancellationToken);
        var shown = Math.Clamp(page, 1, Math.Max(1, (total + PageSize - 1) / PageSize));
        var history = await Rows(db, decided.OrderByDescending(asked => asked.DecidedAt).ThenBy(asked => asked.Id).Skip((shown - 1) * PageSize).Take(PageSize), actor).ToListAsync(cancellationToken);
        return new ApprovalBoard(
            [.. waiting.GroupBy(row => (row.AskedBy, row.RequestedAt)).Select(group => new ApprovalGroup(group.Key.AskedBy, group.Key.RequestedAt, [.. group.OrderBy(row => row.Name, StringComparer.CurrentCulture)]))],
            history, total, shown, PageSize);
    }

    /// <summary>Says yes or no to one request.</summary>
    public async Task<Result> DecideAsync(Actor actor, Guid requestId, bool yes, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        var decided = await DecideAsync(work, actor, requestId, yes, cancellationToken);
        if (decided.Succeeded)
            await work.CommitAsync(cancellationToken);
        return decided;
    }

    /// <summary>Says yes or no to the requests that stood on the page. Those that cannot be decided any more are left as they are.</summary>
    public async Task<Result<DecisionOutcome>> DecideAllAsync(Actor actor, IReadOnlyCollection<Guid> requests, bool yes, CancellationToken cancellationToken)
    {
        var done = 0;
        Refusal? whyNot = null;
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        foreach (var request in requests.Distinct())
        {
            var decided = await DecideAsync(work, actor, request, yes, cancellationToken);
            done += decided.Succeeded ? 1 : 0;
            whyNot ??= decided.Refusal;
        }

        await work.CommitAsync(cancellationToken);
        return done == 0 && whyNot is not null ? whyNot : new DecisionOutcome(done, whyNot);
    }

    private async Task<Result> DecideAsync(Work work, Actor actor, Guid requestId, bool yes, CancellationToken cancellationToken)
    {
        var (db, now) = (work.Context, clock.GetUtcNow());
        var asked = await db.Approvals.AsNoTracking().SingleOrDefaultAsync(one => one.Id == requestId, cancellationToken);
        if (asked is null)
            return AdministrationRefusals.NotFound;
        if (yes && await HinderedAsync(db, asked, now, cancellationToken) is { } hindered)
            return hindered;
        await db.HoldAccountAsync(asked.PersonId, cancellationToken);
        var answer = await db.Database.SqlQuery<string>($"select decide_approval({requestId}, {yes}, {now}) as \"Value\"").SingleAsync(cancellationToken);
        if (Refused(answer) is { } refusal)
            return refusal;
        if (asked.Kind == ApprovalKind.GrantRole)
            db.Log(asked.PersonId, yes ? SecurityEvent.RoleGranted : SecurityEvent.RoleRefused, now, actor.PersonId, asked.Role);
        if (yes)
            await CarryOutAsync(db, actor, asked, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return Result.Done;
    }

    /// <summary>What may have come between asking and saying yes.</summary>
    private static async Task<Refusal?> HinderedAsync(PeerSupportContext db, Approval asked, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (asked.Kind == ApprovalKind.NewSignIn && !await db.Standings(now).AnyAsync(one => one.Person.Id == asked.PersonId && one.Enrolled && one.Person.Active, cancellationToken))
            return AdministrationRefusals.NotEnrolled;
        var normalized = asked.Email?.ToUpperInvariant();
        return asked.Kind == ApprovalKind.ChangeEmail
            && await db.Users.AnyAsync(account => account.NormalizedEmail == normalized || account.NormalizedUserName == normalized, cancellationToken)
            ? AdministrationRefusals.EmailTaken : null;
    }

    private async Task CarryOutAsync(PeerSupportContext db, Actor actor, Approval asked, DateTimeOffset now, CancellationToken cancellationToken)
    {
        switch (asked.Kind)
        {
            case ApprovalKind.GrantRole:
                if (asked.Role == Role.Peer)
                    await db.BecomesPeerAsync(asked.PersonId, clock.Today(actor), cancellationToken);
                // Whoever came by an import gets their letter now; others have it already.
                if (await db.Standings(now).AnyAsync(one => one.Person.Id == asked.PersonId && !one.Enrolled && !one.Letter && !one.Person.Active, cancellationToken))
                    await db.InviteAsync(asked.PersonId, actor.PersonId, now, cancellationToken);
                break;
            case ApprovalKind.NewSignIn:
                await db.InviteAsync(asked.PersonId, actor.PersonId, now, cancellationToken);
                break;
            case ApprovalKind.ChangeEmail:
                var (email, normalized) = (asked.Email!, asked.Email!.ToUpperInvariant());
                await TellOldAddressAsync(db, asked.PersonId, now, cancellationToken);
                await db.RestampAsync(asked.PersonId, cancellationToken);
                // A letter that is out went to the old address.
                await db.VoidLettersAsync(asked.PersonId, now, cancellationToken);
                await db.Users.Where(account => account.Id == asked.PersonId).ExecuteUpdateAsync(set => set
                    .SetProperty(account => account.Email, email).SetProperty(account => account.NormalizedEmail, normalized)
                    .SetProperty(account => account.UserName, email).SetProperty(account => account.NormalizedUserName, normalized), cancellationToken);
                // What the old address took or refused says nothing about the new one.
                await db.AlertChannels.Where(channel => channel.PersonId == asked.PersonId && channel.Kind == Channel.Mail).ExecuteDeleteAsync(cancellationToken);
                db.LogChange(asked.PersonId, SecurityEvent.EmailChanged, now, actor.PersonId);
                break;
            default:
                throw new InvalidOperationException("A request of a kind nobody knows.");
        }
    }

    /// <summary>
    /// Constant words to where mail went until now: an owner whom two others move away hears of it there, and nowhere else.
    /// Somebody who never set up a way in is not told: an address that was mistyped is nobody's of ours.
    /// </summary>
    private static async Task TellOldAddressAsync(PeerSupportContext db, Guid personId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.Standings(now).SingleOrDefaultAsync(one => one.Person.Id == personId, cancellationToken) is { Enrolled: true } standing)
            db.Messages.Add(new Message { Id = Guid.NewGuid(), Kind = MessageKind.AddressMoved, PersonId = personId, Address = standing.Email, DueAt = now });
    }

    private static Refusal? Refused(string answer) => answer switch
    {
        "done" => null,
        "not-found" => AdministrationRefusals.NotFound,
        "decided" => AdministrationRefusals.Decided,
        "asked-it" => AdministrationRefusals.SecondPerson,
        "own" => AdministrationRefusals.AboutYou,
        "asker-gone" => AdministrationRefusals.AskerGone,
        "clash" => AdministrationRefusals.RolesClash,
        _ => throw new InvalidOperationException("An answer nobody knows."),
    };

    private static IQueryable<ApprovalRow> Rows(PeerSupportContext db, IQueryable<Approval> requests, Actor actor) =>
        requests.Select(asked => new ApprovalRow(
            asked.Id, asked.Kind,
            db.People.Where(person => person.Id == asked.PersonId).Select(person => person.DisplayName).First(),
            db.Users.Where(account => account.Id == asked.PersonId).Select(account => account.Email!).First(),
            db.Agencies.Where(agency => db.People.Any(person => person.Id == asked.PersonId && person.AgencyId == agency.Id)).Select(agency => agency.Name).First(),
            asked.Role, asked.Email,
            db.People.Where(person => person.Id == asked.RequestedBy).Select(person => person.DisplayName).FirstOrDefault() ?? "",
            asked.RequestedAt, asked.RequestedBy != actor.PersonId && asked.PersonId != actor.PersonId, asked.Granted,
            db.People.Where(person => person.Id == asked.DecidedBy).Select(person => person.DisplayName).FirstOrDefault(), asked.DecidedAt));
}
