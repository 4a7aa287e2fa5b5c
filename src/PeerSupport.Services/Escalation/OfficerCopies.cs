using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.Escalation;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Escalation;

/// <summary>An officer's copy, printed again.</summary>
/// <param name="Track">Where the track stands.</param>
/// <param name="Code">The printed code; null once the officer keeps a code of their own, which nobody can print.</param>
/// <param name="File">What was shared, where the reader may open it and the reading was recorded; null where they may not.</param>
public sealed record OfficerCopyFile(TrackView Track, string? Code, TrackFile? File)
{
    /// <summary>Never the code, nor the facts.</summary>
    public override string ToString() => "[copy]";
}

/// <summary>
/// Prints the officer's copy again: for the clinician with the facts, which is a recorded reading; for the psychologist
/// without them, because an officer who lost the copy asks her. Her print is an entry too: there is a code on it.
/// </summary>
public sealed class OfficerCopies
{
    private readonly Database database;
    private readonly Tracks tracks;
    private readonly ReadTrack reading;
    private readonly OfficerCodes codes;
    private readonly TrackLog log;

    internal OfficerCopies(Database database, Tracks tracks, ReadTrack reading, OfficerCodes codes, TrackLog log) =>
        (this.database, this.tracks, this.reading, this.codes, this.log) = (database, tracks, reading, codes, log);

    /// <summary>The copy, for the clinician or the psychologist of the track.</summary>
    public async Task<Result<OfficerCopyFile>> OpenAsync(Actor actor, Guid trackId, CancellationToken cancellationToken)
    {
        var seen = await tracks.ReadAsync(actor, trackId, cancellationToken);
        if (!seen.Succeeded)
            return seen.Refusal!;
        // After a withdrawal there is nothing left to take back, and nothing anybody may read.
        if (seen.Value.ConsentWithdrawnAt is not null)
            return EscalationRefusals.SharingStopped;
        var opened = await reading.OpenAsync(actor, trackId, ReadReason.PrintedOfficerCopy, cancellationToken);
        if (opened.Succeeded)
            return new OfficerCopyFile(opened.Value.View, await CodeAsync(actor, trackId, cancellationToken), opened.Value);
        return seen.Value.Row.ReaderIs == TrackParty.Steward && opened.Refusal == EscalationRefusals.NotFound
            ? await PrintAsync(actor, trackId, cancellationToken)
            : opened.Refusal!;
    }

    /// <summary>For an officer who lost their code: another printed one, to be replaced at its first use like the first. The lost one works no more.</summary>
    public async Task<Result> NewCodeAsync(Actor actor, Guid trackId, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Tracks, actor, cancellationToken);
        if (await work.FindTrackAsync(actor, trackId, cancellationToken) is not { } seen)
            return EscalationRefusals.NotFound;
        var track = seen.Track;
        if (track.ConsentWithdrawnAt is not null)
            return EscalationRefusals.SharingStopped;
        if (track.OfficerCodeKeptAt is null)
            return Result.Done; // the printed one is still unused: it is printed again
        track.OfficerCodePrint++;
        (track.OfficerCodeHash, track.OfficerCodeKeptAt) = (codes.LookUp(codes.Of(trackId, track.OfficerCodePrint))!, null);
        log.Add(work.Context, track, TrackEventKind.CodePrinted, seen.Party, actor.PersonId, EntryDetails.None);
        await work.Context.SaveChangesAsync(cancellationToken);
        work.CaseChanged();
        await work.CommitAsync(cancellationToken);
        return Result.Done;
    }

    /// <summary>Without the facts, and recorded before it is shown.</summary>
    private async Task<Result<OfficerCopyFile>> PrintAsync(Actor actor, Guid trackId, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Tracks, actor, cancellationToken);
        if (await work.FindTrackAsync(actor, trackId, cancellationToken) is not { Party: TrackParty.Steward } seen)
            return EscalationRefusals.NotFound;
        log.Add(work.Context, seen.Track, TrackEventKind.CopyPrinted, seen.Party, actor.PersonId, EntryDetails.None);
        await work.Context.SaveChangesAsync(cancellationToken);
        var view = await tracks.ViewAsync(work.Context, actor, seen, cancellationToken);
        await work.CommitAsync(cancellationToken);
        return new OfficerCopyFile(view, CodeOf(seen.Track), null);
    }

    private async Task<string?> CodeAsync(Actor actor, Guid trackId, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Tracks, actor, cancellationToken);
        return await work.Context.Tracks.AsNoTracking().SingleOrDefaultAsync(t => t.Id == trackId, cancellationToken) is { } track ? CodeOf(track) : null;
    }

    private string? CodeOf(FormalTrack track) => track.OfficerCodeKeptAt is null ? codes.Of(track.Id, track.OfficerCodePrint) : null;
}
