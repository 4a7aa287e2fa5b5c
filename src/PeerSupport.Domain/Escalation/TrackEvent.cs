namespace PeerSupport.Domain.Escalation;

/// <summary>What can stand in a track's record. Coded, without free text: coordination, not a medical record.</summary>
public enum TrackEventKind
{
    /// <summary>The track began. Nothing from before is in it.</summary>
    Opened = 1,

    /// <summary>Handed to the clinician named by the event.</summary>
    Referred = 2,
    Acknowledged = 3,
    Declined = 4,
    FirstAppointmentKept = 5,
    EnteredCare = 6,
    Completed = 7,
    EndedByOfficer = 8,

    /// <summary>Handed on to the clinician named by the event, with the officer's consent again.</summary>
    Transferred = 9,
    ConsentWithdrawn = 10,

    /// <summary>The next appointment is at the time the event names.</summary>
    AppointmentSet = 11,
    AppointmentKept = 12,
    AppointmentMissed = 13,

    /// <summary>The entry named by the event was wrong. It stays, and so does this.</summary>
    Corrected = 14,

    /// <summary>Somebody read the agreed facts, for the reason the event names.</summary>
    Read = 15,

    /// <summary>A link and a code were made for a clinician without an account.</summary>
    LinkIssued = 16,

    /// <summary>Nobody has answered: the rung of the ladder that the event names.</summary>
    Chased = 17,
    LegalHoldSet = 18,
    LegalHoldLifted = 19,

    /// <summary>Another psychologist of the agency is responsible from now on.</summary>
    TakenOver = 20,

    /// <summary>The officer's copy was printed again without the facts, by the psychologist: she saw the code on it.</summary>
    CopyPrinted = 24,

    /// <summary>A new code was printed for an officer who had lost theirs; the lost one works no more.</summary>
    CodePrinted = 25,

    /// <summary>The officer took a code of their own; the printed one works no more.</summary>
    CodeKept = 26,
}

/// <summary>Rules about entries.</summary>
public static class TrackEventKinds
{
    /// <summary>Entries that tell what happened outside, and so can be wrong. The others are what the installation itself did.</summary>
    public static bool CanBeCorrected(this TrackEventKind kind) => kind is TrackEventKind.FirstAppointmentKept or TrackEventKind.EnteredCare
        or TrackEventKind.Completed or TrackEventKind.EndedByOfficer or TrackEventKind.AppointmentSet or TrackEventKind.AppointmentKept
        or TrackEventKind.AppointmentMissed or TrackEventKind.Acknowledged or TrackEventKind.Declined;

    /// <summary>Happenings of one day, which can be recorded again when the entry about them was wrong.</summary>
    public static bool HappensOnADay(this TrackEventKind kind) => kind is TrackEventKind.FirstAppointmentKept or TrackEventKind.EnteredCare
        or TrackEventKind.Completed or TrackEventKind.EndedByOfficer or TrackEventKind.AppointmentKept or TrackEventKind.AppointmentMissed;
}

/// <summary>Why the agreed facts were opened.</summary>
public enum ReadReason
{
    /// <summary>The clinician opened the track's page.</summary>
    OpenedTrack = 1,
    PrintedReferral = 2,

    /// <summary>Taken over into the clinician's own system, as FHIR.</summary>
    TookDocument = 3,

    /// <summary>A clinician without an account, by link and code, once.</summary>
    OpenedByLink = 4,

    /// <summary>Printed again for the officer.</summary>
    PrintedOfficerCopy = 5,

    /// <summary>The psychologist, after an exception, while no clinician is chosen yet.</summary>
    ArrangedCare = 6,
}

/// <summary>
/// One entry of a track's record. Entries are added and never changed; each carries the mark of the one before it (see
/// <see cref="TrackChain"/>).
/// </summary>
public sealed class TrackEvent
{
    public required Guid TrackId { get; init; }

    /// <summary>1, 2, 3 … without a gap.</summary>
    public required int Number { get; init; }
    public required TrackEventKind Kind { get; init; }

    /// <summary>When it was recorded, to the microsecond (the database keeps no more).</summary>
    public required DateTimeOffset At { get; init; }
    public required TrackParty Party { get; init; }

    /// <summary>The account that did it; null for a link holder, the officer and the installation.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>The clinician it concerns.</summary>
    public Guid? ClinicianId { get; init; }

    /// <summary>The day on which it happened, where that is told.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>Time of an appointment.</summary>
    public DateTimeOffset? AppointmentAt { get; init; }

    /// <summary>The entry that is corrected; of an entry of the same kind, the one in whose place it stands.</summary>
    public int? Corrects { get; init; }
    public ReadReason? Reason { get; init; }

    /// <summary>Rung of the ladder of a <see cref="TrackEventKind.Chased"/>.</summary>
    public int? Rung { get; init; }

    /// <summary>Why the track exists, on <see cref="TrackEventKind.Opened"/>.</summary>
    public Basis? Basis { get; init; }

    /// <summary>Of a consent, on <see cref="TrackEventKind.Opened"/>.</summary>
    public Voluntariness? Voluntariness { get; init; }

    /// <summary>The psychologist responsible from then on, on <see cref="TrackEventKind.Opened"/> and <see cref="TrackEventKind.TakenOver"/>.</summary>
    public Guid? StewardId { get; init; }

    /// <summary>Mark over this entry and the mark before it.</summary>
    public required byte[] Mark { get; init; }

    /// <summary>The same entry with its mark.</summary>
    public TrackEvent Marked(byte[] mark) => new()
    {
        TrackId = TrackId,
        Number = Number,
        Kind = Kind,
        At = At,
        Party = Party,
        ActorId = ActorId,
        ClinicianId = ClinicianId,
        Day = Day,
        AppointmentAt = AppointmentAt,
        Corrects = Corrects,
        Reason = Reason,
        Rung = Rung,
        Basis = Basis,
        Voluntariness = Voluntariness,
        StewardId = StewardId,
        Mark = mark,
    };
}
