using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Cases;

/// <summary>A psychologist's own open cases, with how far each notice has come.</summary>
public sealed class PostedCaseList(Database database)
{
    /// <summary>Cases on one page.</summary>
    public const int PageSize = 20;

    /// <summary>Her cases, newest first, filtered by handle.</summary>
    public async Task<Result<PostedCases>> ReadAsync(Actor actor, string? handle, int page, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Board, actor, cancellationToken);
        if (!work.ActorIs(Role.Psychologist))
            return CaseRefusals.NotAllowed;
        var db = work.Context;
        // One psychologist's open cases are few, and the two words are numbers in the database: filtered here.
        var mine = await db.SupportCases.AsNoTracking().Where(c => c.PsychologistId == actor.PersonId).OrderByDescending(c => c.PostedAt).ToListAsync(cancellationToken);
        var found = string.IsNullOrWhiteSpace(handle) ? mine : [.. mine.Where(c => c.Handle.Matches(handle))];
        var shown = found.Skip(Math.Max(0, page - 1) * PageSize).Take(PageSize).ToList();

        return new PostedCases(await db.AsPostedAsync(shown, cancellationToken), found.Count, Math.Max(1, page), PageSize);
    }

    /// <summary>One of her cases, for the pages that act on it; and whether the peer who holds it cannot act any more.</summary>
    public async Task<Result<(Handle Handle, CaseStatus Status, bool HolderGone)>> FindAsync(Actor actor, Guid caseId, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Board, actor, cancellationToken);
        if (!work.ActorIs(Role.Psychologist))
            return CaseRefusals.NotFound;
        var db = work.Context;
        var found = await db.SupportCases.AsNoTracking().SingleOrDefaultAsync(c => c.Id == caseId && c.PsychologistId == actor.PersonId, cancellationToken);
        if (found is null)
            return CaseRefusals.NotFound;
        var gone = found.HolderId is { } holder && !await db.ActingPeers().AnyAsync(peer => peer.Id == holder, cancellationToken);
        return (found.Handle, found.Status, gone);
    }
}

/// <summary>Cases as their psychologist sees them: who accepted, and how far the notice has come.</summary>
internal static class PostedRows
{
    /// <summary>One case.</summary>
    public static async Task<PostedCase> AsPostedAsync(this PeerSupportContext db, SupportCase supportCase, CancellationToken cancellationToken) =>
        (await db.AsPostedAsync([supportCase], cancellationToken))[0];

    /// <summary>Some cases, in their order.</summary>
    public static async Task<IReadOnlyList<PostedCase>> AsPostedAsync(this PeerSupportContext db, IReadOnlyCollection<SupportCase> shown, CancellationToken cancellationToken)
    {
        var counts = await db.CountsAsync([.. shown.Select(c => c.Id)], cancellationToken);
        var holders = shown.Select(c => c.HolderId).OfType<Guid>().ToList();
        var names = await db.People.AsNoTracking().Where(person => holders.Contains(person.Id)).ToDictionaryAsync(person => person.Id, person => person.DisplayName, cancellationToken);
        var acting = await db.ActingPeers().Where(person => holders.Contains(person.Id)).Select(person => person.Id).ToListAsync(cancellationToken);
        return
        [
            .. shown.Select(c => new PostedCase(
                c.Id, c.Handle, c.SituationTypeId, c.Level, c.Urgency, c.WantedTags, c.PostedAt,
                c.HolderId is { } holder ? names.GetValueOrDefault(holder) : null, c.AcceptedAt,
                c.HolderId is { } held && !acting.Contains(held),
                counts.GetValueOrDefault(c.Id) ?? new NoticeCounts(0, 0, 0, 0, 0, 0, 0),
                c.Wave, c.NextWaveAt)),
        ];
    }

    private static Task<Dictionary<Guid, NoticeCounts>> CountsAsync(this PeerSupportContext db, Guid[] ids, CancellationToken cancellationToken) =>
        db.NoticesByPeer(ids)
            .GroupBy(peer => peer.CaseId)
            .Select(peers => new
            {
                peers.Key,
                Counts = new NoticeCounts(
                    peers.Count(),
                    peers.Count(peer => peer.Sent || peer.Waiting),
                    peers.Count(peer => peer.Sent || peer.Seen),
                    peers.Count(peer => peer.Waiting),
                    peers.Count(peer => peer.Seen),
                    peers.Count(peer => peer.Declined),
                    peers.Count(peer => peer.Failed)),
            })
            .ToDictionaryAsync(row => row.Key, row => row.Counts, cancellationToken);
}
