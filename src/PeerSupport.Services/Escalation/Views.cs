using PeerSupport.Domain.Cases;
using PeerSupport.Domain.Escalation;
using PeerSupport.Domain.Sealing;

namespace PeerSupport.Services.Escalation;

/// <summary>One line of a list of tracks, for its clinician or its psychologist. No name of an officer.</summary>
public sealed record TrackRow(
    Guid TrackId,
    Handle Handle,
    TrackState State,
    Basis Basis,
    Voluntariness? Voluntariness,
    TrackParty ReaderIs,
    string? ClinicianName,
    bool ClinicianHasAccount,
    DateTimeOffset OpenedAt,
    DateTimeOffset? ReferredAt,
    DateTimeOffset? DeclinedAt,
    DateTimeOffset? EndedAt,
    DateTimeOffset? NextAppointmentAt,
    bool MailFailed);

/// <summary>Where a track is found in a list.</summary>
public enum TrackShelf
{
    /// <summary>Somebody is to answer or to choose.</summary>
    Waiting = 1,

    /// <summary>A clinician has it.</summary>
    InCare = 2,

    /// <summary>Nothing moves any more.</summary>
    Ended = 3,
}

/// <summary>A page of tracks.</summary>
/// <param name="Rows">Those that wait for somebody first, then the newest.</param>
/// <param name="Total">How many there are.</param>
public sealed record TrackPage(IReadOnlyList<TrackRow> Rows, int Total)
{
    /// <summary>Rows on one page.</summary>
    public const int Size = 20;
}

/// <summary>One entry of the record, as its clinician and its psychologist read it.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Kind">What happened.</param>
/// <param name="At">When it was recorded.</param>
/// <param name="By">Who: a name, "you", "the officer", "a peer", "the clinician, by link", "PeerSupport". A peer is never named.</param>
/// <param name="ClinicianName">The clinician it concerns.</param>
/// <param name="Day">When it happened.</param>
/// <param name="AppointmentAt">Time of an appointment.</param>
/// <param name="Corrects">The entry it corrects.</param>
/// <param name="CorrectedBy">The entry that corrects it.</param>
/// <param name="Reason">Why the facts were read.</param>
/// <param name="Rung">Rung of the ladder.</param>
public sealed record TrackEntry(
    int Number, TrackEventKind Kind, DateTimeOffset At, string By, string? ClinicianName, DateOnly? Day, DateTimeOffset? AppointmentAt,
    int? Corrects, int? CorrectedBy, ReadReason? Reason, int? Rung);

/// <summary>Where a track stands and its record: what clinician and psychologist both see. No facts.</summary>
/// <param name="Row">Where it stands.</param>
/// <param name="ClinicianPhone">To call the clinician.</param>
/// <param name="StewardName">The psychologist who is responsible.</param>
/// <param name="StewardPhone">To call her, where a number is known.</param>
/// <param name="ConsentWithdrawnAt">Since when nobody may read the facts.</param>
/// <param name="LegalHold">Nothing of it is destroyed.</param>
/// <param name="ClinicianUnchecked">Name, licence or contact of the clinician changed and no psychologist has checked it: no mail goes there.</param>
/// <param name="Entries">The record, oldest first.</param>
/// <param name="Fault">What is wrong with the record; null when it is whole.</param>
public sealed record TrackView(
    TrackRow Row, string? ClinicianPhone, string StewardName, string? StewardPhone, DateTimeOffset? ConsentWithdrawnAt, bool LegalHold,
    bool ClinicianUnchecked, IReadOnlyList<TrackEntry> Entries, ChainFault? Fault);

/// <summary>What the officer agreed to share, opened for one recorded reading.</summary>
/// <param name="View">Where the track stands.</param>
/// <param name="Facts">The facts.</param>
/// <param name="Read">Proof that this reading is in the record; opens the words.</param>
/// <param name="Clinician">The clinician's entry of the directory; null after an exception.</param>
public sealed record TrackFile(TrackView View, AgreedFacts Facts, RecordedRead Read, Clinician? Clinician)
{
    /// <summary>Never the facts.</summary>
    public override string ToString() => "[track]";
}
