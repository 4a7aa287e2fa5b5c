namespace PeerSupport.Services.Notices;

/// <summary>What is to be done at a time.</summary>
internal enum ErrandKind
{
    /// <summary>A hand-off nobody has answered; subject: the track.</summary>
    Chase = 1,

    /// <summary>An alarm nobody has answered; subject: the alert.</summary>
    DangerAlert = 2,

    /// <summary>"You said you would check in": subject: the peer.</summary>
    CheckIn = 3,

    /// <summary>An answered alarm is forgotten; subject: the alert.</summary>
    ForgetAlert = 4,

    /// <summary>Tracks past their time are destroyed; one row for the installation, again every day.</summary>
    Retention = 5,

    /// <summary>Tables whose period is over are published; one row for the installation, again every day.</summary>
    Publish = 6,

    /// <summary>The next wave of an open case; gone with the case.</summary>
    Wave = 7,

    /// <summary>Cases of a peer who cannot act any more go back to the others; subject: the peer.</summary>
    PeerGone = 8,

    /// <summary>Peers whose training ends soon are reminded; one row for the installation, again every day.</summary>
    TrainingReminder = 9,

    /// <summary>A psychologist has left: her cases want another; subject: the agency.</summary>
    CasesLeft = 10,
}

/// <summary>Something to do at or after a time, durable over restarts and done once by one of the nodes. Ids only.</summary>
internal sealed class Errand
{
    public required Guid Id { get; init; }
    public required ErrandKind Kind { get; init; }
    public required Guid SubjectId { get; init; }

    /// <summary>The open case it belongs to: burned with it.</summary>
    public Guid? CaseId { get; init; }

    /// <summary>Rung of a ladder; 0 where there is none.</summary>
    public int Step { get; set; }
    public required DateTimeOffset DueAt { get; set; }

    /// <summary>Until when a node that took it may be silent before another takes it.</summary>
    public DateTimeOffset? ClaimedUntil { get; set; }
}
