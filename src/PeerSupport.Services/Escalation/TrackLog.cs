using PeerSupport.Domain.Escalation;
using PeerSupport.Services.Persistence;
using PeerSupport.Services.Sealing;

namespace PeerSupport.Services.Escalation;

/// <summary>What an entry says beside its kind. All coded.</summary>
internal sealed record EntryDetails
{
    public static readonly EntryDetails None = new();

    public Guid? ClinicianId { get; init; }
    public DateOnly? Day { get; init; }
    public DateTimeOffset? AppointmentAt { get; init; }
    public int? Corrects { get; init; }
    public ReadReason? Reason { get; init; }
    public int? Rung { get; init; }
    public Basis? Basis { get; init; }
    public Voluntariness? Voluntariness { get; init; }
    public Guid? StewardId { get; init; }
}

/// <summary>Adds entries to the record of a track. The only writer of entries and of the head of the chain.</summary>
internal sealed class TrackLog(InstallationSecret secret, TimeProvider clock)
{
    /// <summary>
    /// Adds one entry. The track must have been read for update in this transaction (or just be made by it): two writers
    /// would otherwise give two entries the same number, and one of them would fail.
    /// </summary>
    public TrackEvent Add(PeerSupportContext db, FormalTrack track, TrackEventKind kind, TrackParty party, Guid? actorId, EntryDetails details)
    {
        var entry = new TrackEvent
        {
            TrackId = track.Id,
            Number = track.EntryCount + 1,
            Kind = kind,
            At = Microseconds(clock.GetUtcNow()),
            Party = party,
            ActorId = actorId,
            ClinicianId = details.ClinicianId,
            Day = details.Day,
            AppointmentAt = details.AppointmentAt is { } at ? Microseconds(at) : null,
            Corrects = details.Corrects,
            Reason = details.Reason,
            Rung = details.Rung,
            Basis = details.Basis,
            Voluntariness = details.Voluntariness,
            StewardId = details.StewardId,
            Mark = [],
        };
        entry = entry.Marked(TrackChain.MarkOf(secret.Key(SecretPurpose.Chain), track.HeadMark, entry));
        (track.EntryCount, track.HeadMark) = (entry.Number, entry.Mark);
        db.TrackEvents.Add(entry);
        return entry;
    }

    /// <summary>Checks the whole record of a track, and that the track is what its record says. Null when nothing is wrong.</summary>
    public ChainFault? Check(FormalTrack track, IReadOnlyList<TrackEvent> entries) =>
        TrackChain.Check(secret.Key(SecretPurpose.Chain), track.Id, entries, track.EntryCount, track.HeadMark) ?? TrackReplay.Check(track, entries);

    /// <summary>The database keeps microseconds; a mark over more could never be checked.</summary>
    private static DateTimeOffset Microseconds(DateTimeOffset time) => new(time.UtcTicks / TimeSpan.TicksPerMicrosecond * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
}
