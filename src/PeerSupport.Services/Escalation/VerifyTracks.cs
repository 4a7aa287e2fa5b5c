using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.Escalation;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Escalation;

/// <summary>What the check of one record found.</summary>
/// <param name="TrackId">The track.</param>
/// <param name="Handle">Its words.</param>
/// <param name="Entries">How many entries it has.</param>
/// <param name="Fault">What is wrong; null when it is whole.</param>
public sealed record VerifiedTrack(Guid TrackId, Handle Handle, int Entries, ChainFault? Fault);

/// <summary>Checks the records of formal tracks, for the operator: which entry of which track was altered. Reads no facts.</summary>
public sealed class VerifyTracks
{
    private const int Batch = 100;
    private readonly Database database;
    private readonly TrackLog log;

    internal VerifyTracks(Database database, TrackLog log) => (this.database, this.log) = (database, log);

    /// <summary>Whether there is any track: before the first there is no secret to check with, and nothing to check.</summary>
    public async Task<bool> AnyAsync(CancellationToken cancellationToken)
    {
        await using var work = await database.BeginJobAsync("verify", cancellationToken);
        return await work.Context.Tracks.AnyAsync(cancellationToken);
    }

    /// <summary>Every track, or the one given; a given one that does not exist yields nothing.</summary>
    public async IAsyncEnumerable<VerifiedTrack> RunAsync(Guid? only, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var after = Guid.Empty;
        while (true)
        {
            var batch = await BatchAsync(only, after, cancellationToken);
            foreach (var (track, entries) in batch)
                yield return new VerifiedTrack(track.Id, track.Handle, entries.Count, log.Check(track, entries));
            if (only is not null || batch.Count < Batch)
                yield break;
            after = batch[^1].Track.Id;
        }
    }

    /// <summary>The rows are share-locked while their entries are read: an entry added meanwhile does not look like a fault.</summary>
    private async Task<List<(FormalTrack Track, List<TrackEvent> Entries)>> BatchAsync(Guid? only, Guid after, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginJobAsync("verify", cancellationToken);
        var db = work.Context;
        var tracks = only is { } id
            ? await db.Tracks.FromSql($"select * from formal_tracks where id = {id} for share").AsNoTracking().ToListAsync(cancellationToken)
            : await db.Tracks.FromSql($"select * from formal_tracks where id > {after} order by id limit {Batch} for share").AsNoTracking().ToListAsync(cancellationToken);
        var ids = tracks.Select(t => t.Id).ToArray();
        var entries = await db.TrackEvents.AsNoTracking().Where(e => ids.Contains(e.TrackId)).OrderBy(e => e.Number).ToListAsync(cancellationToken);
        var byTrack = entries.ToLookup(e => e.TrackId);
        return [.. tracks.Select(track => (track, byTrack[track.Id].ToList()))];
    }
}
