namespace PeerSupport.Services.Escalation;

/// <summary>
/// What the officer of one track agreed to share, as one ciphertext under the track's own key. The board role may insert
/// it and never read it; the tracks role reads it for the clinician of the track.
/// </summary>
internal sealed class TrackFacts
{
    public required Guid TrackId { get; init; }
    public required int KeyEpoch { get; set; }
    public required byte[] WrappedKey { get; set; }
    public required byte[] Content { get; init; }
}
