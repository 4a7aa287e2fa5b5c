using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.Escalation;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Escalation;

/// <summary>What became of handing on.</summary>
/// <param name="Problems">What is to be mended; empty when it was handed on.</param>
/// <param name="Opened">The receipt; null when it was not.</param>
public sealed record HandOnOutcome(IReadOnlyList<ReferralProblem> Problems, HandOnReceipt? Opened);

/// <summary>Shown once, after commit, to whoever handed on.</summary>
/// <param name="TrackId">The track. They cannot open it.</param>
/// <param name="OpenedAt">When it began.</param>
/// <param name="OfficerCode">For the officer's copy: the way to withdraw consent.</param>
/// <param name="LinkCode">Eight digits to tell the clinician by phone; of use only where the clinician has no account.</param>
public sealed record HandOnReceipt(Guid TrackId, DateTimeOffset OpenedAt, string OfficerCode, string LinkCode)
{
    /// <summary>Never the codes.</summary>
    public override string ToString() => "[receipt]";
}

/// <summary>All that somebody who handed on sees afterwards: whether it was taken.</summary>
/// <param name="OpenedAt">When they handed on.</param>
/// <param name="AcknowledgedAt">When a clinician took it; null while nobody has.</param>
/// <param name="Declined">The clinician could not take it; the psychologist goes on from there.</param>
/// <param name="StewardName">The psychologist who does, to call.</param>
public sealed record HandedOn(DateTimeOffset OpenedAt, DateTimeOffset? AcknowledgedAt, bool Declined, string StewardName);

/// <summary>What a peer may know of a track after the hand-off.</summary>
public sealed class HandOnReceipts
{
    /// <summary>Entries of a new track are Opened, Referred, LinkIssued: the first link stands at the third.</summary>
    internal const int FirstLinkEntry = 3;

    private static readonly TimeSpan Repeatable = TimeSpan.FromHours(1);
    private static readonly TimeSpan Shown = TimeSpan.FromDays(14);
    private readonly Database database;
    private readonly OfficerCodes codes;
    private readonly LinkSecrets links;
    private readonly TimeProvider clock;

    internal HandOnReceipts(Database database, OfficerCodes codes, LinkSecrets links, TimeProvider clock) =>
        (this.database, this.codes, this.links, this.clock) = (database, codes, links, clock);

    /// <summary>
    /// What the actor handed on lately. A line fades a fortnight after the hand-off and for no other reason: gone earlier, or
    /// later, it would say what became of the officer.
    /// </summary>
    public async Task<IReadOnlyList<HandedOn>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Board, actor, cancellationToken);
        var since = clock.GetUtcNow() - Shown;
        return await work.Context.Database.SqlQuery<HandedOn>(
            $"""
            select t.opened_at, t.acknowledged_at, t.acknowledged_at is null and t.declined_at is not null as declined, p.display_name as steward_name
            from formal_tracks t join people p on p.id = t.steward_id
            where t.opened_by = {actor.PersonId} and t.opened_at > {since}
            order by t.opened_at desc
            """).ToListAsync(cancellationToken);
    }

    /// <summary>The receipt of a hand-off just made by the actor, for a page that was posted twice.</summary>
    internal async Task<HandOnReceipt?> FindAsync(Actor actor, Guid trackId, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Board, actor, cancellationToken);
        var since = clock.GetUtcNow() - Repeatable;
        var openedAt = await work.Context.Tracks
            .Where(t => t.Id == trackId && t.OpenedBy == actor.PersonId && t.OpenedAt > since)
            .Select(t => (DateTimeOffset?)t.OpenedAt)
            .SingleOrDefaultAsync(cancellationToken);
        return openedAt is { } at ? new HandOnReceipt(trackId, at, codes.Of(trackId), links.CodeOf(links.IdOf(trackId, FirstLinkEntry))) : null;
    }
}
