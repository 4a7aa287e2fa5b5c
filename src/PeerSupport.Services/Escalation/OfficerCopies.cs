using PeerSupport.Domain;
using PeerSupport.Domain.Escalation;
using PeerSupport.Services.People;

namespace PeerSupport.Services.Escalation;

/// <summary>An officer's copy, printed again.</summary>
/// <param name="Track">Where the track stands.</param>
/// <param name="Code">The code by which the officer takes consent back.</param>
/// <param name="File">What was shared, where the reader may open it and the reading was recorded; null where they may not.</param>
public sealed record OfficerCopyFile(TrackView Track, string Code, TrackFile? File)
{
    /// <summary>Never the code, nor the facts.</summary>
    public override string ToString() => "[copy]";
}

/// <summary>
/// Prints the officer's copy again: for the clinician with the facts, which is a recorded reading; for the psychologist
/// without them, because an officer who lost the copy asks her.
/// </summary>
public sealed class OfficerCopies
{
    private readonly Tracks tracks;
    private readonly ReadTrack reading;
    private readonly OfficerCodes codes;

    internal OfficerCopies(Tracks tracks, ReadTrack reading, OfficerCodes codes) => (this.tracks, this.reading, this.codes) = (tracks, reading, codes);

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
            return new OfficerCopyFile(opened.Value.View, codes.Of(trackId), opened.Value);
        return seen.Value.Row.ReaderIs == TrackParty.Steward && opened.Refusal == EscalationRefusals.NotFound
            ? new OfficerCopyFile(seen.Value, codes.Of(trackId), null)
            : opened.Refusal!;
    }
}
