namespace PeerSupport.Domain.People;

/// <summary>What makes a person a peer: training, duty, and how much they carry.</summary>
public sealed class Peer
{
    public required Guid PersonId { get; init; }

    /// <summary>Notices reach only peers on duty.</summary>
    public bool OnDuty { get; set; } = true;

    /// <summary>Last day on which the training counts. After it no case is offered.</summary>
    public required DateOnly TrainedUntil { get; set; }

    /// <summary>Cases a peer may hold at once (peers burn out). Their own choice, up to <see cref="CaseloadMost"/>.</summary>
    public int CaseloadLimit { get; set; } = 2;

    /// <summary>The highest limit the administrator allows this peer.</summary>
    public int CaseloadMost { get; set; } = 2;

    /// <summary>Cases held now. Changed only together with the case, in one transaction.</summary>
    public int Held { get; set; }

    /// <summary>What this peer brings, in the words of <see cref="PeerTag"/>.</summary>
    public PeerTag[] Tags { get; set; } = [];

    /// <summary>Languages in which they can talk with an officer, as two-letter codes, such as "es".</summary>
    public string[] SpokenLanguages { get; set; } = [];

    /// <summary>Where they work, so that their own unit's cases and those of their chain of command can be kept from them.</summary>
    public Guid? UnitId { get; set; }

    /// <summary>Local time from which no alert is sent; null without quiet hours. The board shows notices all the same.</summary>
    public TimeOnly? QuietFrom { get; set; }
    public TimeOnly? QuietUntil { get; set; }

    /// <summary>"Take a break": until then no case is offered. Nobody is told why.</summary>
    public DateTimeOffset? PausedUntil { get; set; }

    /// <summary>When they handed cases back within the last days: times only, no case. Guards against looking into case after case.</summary>
    public DateTimeOffset[] HandBacks { get; set; } = [];
}

/// <summary>
/// A training of one peer. The newest end of those that stand is the peer's <see cref="Peer.TrainedUntil"/>. It is never
/// changed: one that was entered wrongly is taken back, and entered anew.
/// </summary>
public sealed class TrainingRecord
{
    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }

    /// <summary>Such as "Peer support, 40 h".</summary>
    public required string Name { get; init; }
    public required DateOnly CompletedOn { get; init; }
    public required DateOnly ValidUntil { get; init; }

    /// <summary>Hours, where they count. Needs differ by state (Washington: 40 h).</summary>
    public int? Hours { get; init; }
    public required Guid RecordedBy { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>When it was taken back, because it was entered wrongly; null while it stands.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }
    public Guid? WithdrawnBy { get; init; }
}

/// <summary>What a psychologist may wish for, "a peer who, if possible…". A closed list: no free text reaches a notice.</summary>
public enum PeerTag
{
    SpeaksSpanish = 1,
    OtherAgency = 2,
    Veteran = 3,
    BeenThroughShooting = 4,
    BeenThroughSeparation = 5,
}
