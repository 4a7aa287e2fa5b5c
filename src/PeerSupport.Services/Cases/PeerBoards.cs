using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Cases;

/// <summary>A peer's board, the notice page, and "Not me".</summary>
public sealed class PeerBoards(Database database, ContactSettings settings, TimeProvider clock)
{
    /// <summary>Notices on one page of the board.</summary>
    public const int PageSize = 20;

    /// <summary>"Covered, thank you" stands for so long.</summary>
    internal static readonly TimeSpan ShowCoveredFor = TimeSpan.FromHours(24);

    /// <summary>What this peer may see now. Off duty, on a break or untrained: no notices.</summary>
    public async Task<Result<PeerBoard>> ReadAsync(Actor actor, int page, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Board, actor, cancellationToken);
        var db = work.Context;
        var (now, today) = (clock.GetUtcNow(), clock.Today(actor));
        if (!work.ActorIs(Role.Peer) || await db.DutyOfAsync(actor, now, cancellationToken) is not { } duty)
            return CaseRefusals.NotFound;

        var held = (await db.HeldByAsync(actor, cancellationToken)).Select(c => c.AsHeld(today, settings)).ToList();
        if (!duty.IsOffered)
            return new PeerBoard(duty, held, [], [], 0);

        var waiting = db.OpenTo(actor).Where(c => !db.Deliveries.Any(d => d.CaseId == c.Id && d.PeerId == actor.PersonId && d.DeclinedAt != null));
        var open = await waiting.OrderByDescending(c => c.PostedAt).ThenBy(c => c.Id).Skip(Math.Max(0, page - 1) * PageSize).Take(PageSize).ToListAsync(cancellationToken);
        var count = open.Count < PageSize && page <= 1 ? open.Count : await waiting.CountAsync(cancellationToken);
        var since = now - ShowCoveredFor;
        var covered = await db.Deliveries.AsNoTracking()
            .Where(d => d.PeerId == actor.PersonId && d.Channel == Channel.Board && d.CoveredAt > since && d.DeclinedAt == null)
            .OrderByDescending(d => d.CoveredAt).ThenBy(d => d.CaseId).Take(5)
            .Select(d => new { d.HandleFirst, d.HandleSecond, d.CoveredAt })
            .ToListAsync(cancellationToken);
        return new PeerBoard(duty, held, [.. open.Select(CaseNotice.Of)],
            [.. covered.Select(d => new CoveredNotice(new Handle(d.HandleFirst, d.HandleSecond), d.CoveredAt!.Value))], count);
    }

    /// <summary>One notice; reading it counts as seen. A case that is not open to this peer does not exist for them.</summary>
    public async Task<Result<NoticePage>> ReadNoticeAsync(Actor actor, Guid caseId, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Board, actor, cancellationToken);
        var db = work.Context;
        if (!work.ActorIs(Role.Peer)
            || await db.DutyOfAsync(actor, clock.GetUtcNow(), cancellationToken) is not { IsOffered: true } duty)
            return CaseRefusals.NotFound;
        await db.ShareOpenAsync(caseId, cancellationToken);
        if (await db.OpenTo(actor).SingleOrDefaultAsync(c => c.Id == caseId, cancellationToken) is not { } supportCase)
            return CaseRefusals.NotFound;
        var now = clock.GetUtcNow();
        var row = await db.OwnBoardRowAsync(actor, supportCase, now, cancellationToken);
        if (row.SeenAt is null)
        {
            row.SeenAt = now;
            await db.SaveChangesAsync(cancellationToken);
            await work.CommitAsync(cancellationToken);
        }

        return new NoticePage(CaseNotice.Of(supportCase), duty, row.DeclinedAt is not null);
    }

    /// <summary>"Not me": it leaves this peer's board. The psychologist sees how many said no; whoever did is not in the list of whom to call.</summary>
    public async Task<Result> DeclineAsync(Actor actor, Guid caseId, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Board, actor, cancellationToken);
        var db = work.Context;
        if (!work.ActorIs(Role.Peer))
            return CaseRefusals.NotFound;
        await db.ShareOpenAsync(caseId, cancellationToken);
        if (await db.OpenTo(actor).SingleOrDefaultAsync(c => c.Id == caseId, cancellationToken) is not { } supportCase)
            return CaseRefusals.NotFound;
        var now = clock.GetUtcNow();
        var row = await db.OwnBoardRowAsync(actor, supportCase, now, cancellationToken);
        row.SeenAt ??= now;
        row.DeclinedAt ??= now;
        await db.SaveChangesAsync(cancellationToken);
        // An alert not yet sent would only bother someone who has answered.
        await db.Deliveries
            .Where(d => d.CaseId == caseId && d.PeerId == actor.PersonId && d.Channel != Channel.Board && d.State == DeliveryState.Waiting)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.State, DeliveryState.Covered), cancellationToken);
        work.CaseChanged();
        await work.CommitAsync(cancellationToken);
        return Result.Done;
    }
}

/// <summary>The delivery row that stands for a peer's board.</summary>
internal static class BoardRows
{
    /// <summary>The case before its delivery rows, as an accept and a wave take them: or two could wait for each other in a circle, or add the same row, or one that names a psychologist who has just handed it over.</summary>
    public static Task ShareOpenAsync(this PeerSupportContext db, Guid caseId, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<Guid>($"select id as \"Value\" from support_cases where id = {caseId} and status = {(int)CaseStatus.Open} for share").ToListAsync(cancellationToken);

    /// <summary>Finds it, or adds it for a peer who came on duty after the post.</summary>
    public static async Task<Delivery> OwnBoardRowAsync(this PeerSupportContext db, Actor actor, SupportCase supportCase, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var row = await db.Deliveries.SingleOrDefaultAsync(
            d => d.CaseId == supportCase.Id && d.PeerId == actor.PersonId && d.Channel == Channel.Board, cancellationToken);
        if (row is null)
        {
            row = supportCase.DeliveryTo(actor.PersonId, Channel.Board, now);
            db.Deliveries.Add(row);
        }

        return row;
    }
}
