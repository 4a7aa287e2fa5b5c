using PeerSupport.Domain.Cases;

namespace PeerSupport.Domain.Escalation;

/// <summary>
/// The clinical referral record that starts at escalation. Coded fields and times; who the officer is stands sealed in a
/// table of its own, and what happened in the entries of the record.
/// </summary>
public sealed class FormalTrack
{
    /// <summary>Random. Not the id of the support case, which is gone.</summary>
    public required Guid Id { get; init; }
    public required Guid AgencyId { get; init; }
    public required Guid RegionId { get; init; }

    /// <summary>Who handed on: the peer who held the case, or the psychologist.</summary>
    public required Guid OpenedBy { get; init; }

    /// <summary>The psychologist who posted the case, or took it over from her: responsible whenever no clinician is.</summary>
    public required Guid StewardId { get; set; }

    /// <summary>The clinician it is handed to; null until one is chosen after an exception.</summary>
    public Guid? ClinicianId { get; set; }
    public required Basis Basis { get; init; }

    /// <summary>Null for an exception.</summary>
    public Voluntariness? Voluntariness { get; init; }
    public required TrackState State { get; set; }

    /// <summary>Two random words of its own, so that people can talk about it.</summary>
    public required short HandleFirst { get; init; }
    public required short HandleSecond { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>When it was handed to the present clinician.</summary>
    public DateTimeOffset? ReferredAt { get; set; }

    /// <summary>When a clinician first took it. All that the peer who handed on ever learns.</summary>
    public DateTimeOffset? AcknowledgedAt { get; set; }

    /// <summary>When a clinician last could not take it, and nobody since was asked.</summary>
    public DateTimeOffset? DeclinedAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Since when nobody may read the facts any more.</summary>
    public DateTimeOffset? ConsentWithdrawnAt { get; set; }
    public DateTimeOffset? NextAppointmentAt { get; set; }

    /// <summary>Set by the psychologist: nothing of it is destroyed until lifted.</summary>
    public bool LegalHold { get; set; }

    /// <summary>Keyed hash of the officer's code: the one on the printed copy, then the officer's own.</summary>
    public required byte[] OfficerCodeHash { get; set; }

    /// <summary>Which printed code it is: a lost one is replaced by the next.</summary>
    public int OfficerCodePrint { get; set; }

    /// <summary>Since when the officer keeps a code of their own, which nobody else has seen; null while the printed one works.</summary>
    public DateTimeOffset? OfficerCodeKeptAt { get; set; }

    /// <summary>How many entries the record has, and the mark of the last: the head of the chain.</summary>
    public int EntryCount { get; set; }
    public byte[] HeadMark { get; set; } = TrackChain.Start;

    /// <summary>The words people use for it.</summary>
    public Handle Handle => new(HandleFirst, HandleSecond);
}
