using PeerSupport.Domain.Cases;

namespace PeerSupport.Services.Notices;

/// <summary>Which constant words a message carries.</summary>
internal enum MessageKind
{
    /// <summary>To a clinician with an account: a hand-off is waiting.</summary>
    HandOffWaiting = 1,

    /// <summary>To a clinician without an account: the link.</summary>
    HandOffLink = 2,

    /// <summary>To the psychologist, and the peer who handed on: the clinician could not take it.</summary>
    HandOffDeclined = 3,

    /// <summary>To the psychologist: nobody has answered.</summary>
    HandOffUnanswered = 4,

    /// <summary>To the psychologist on call.</summary>
    DangerAlert = 5,

    /// <summary>To the peer who agreed to ask again.</summary>
    CheckIn = 6,

    /// <summary>To the clinician: the hand-off is not theirs any more (answered elsewhere, ended, withdrawn).</summary>
    HandOffGone = 7,

    /// <summary>To the psychologist: a peer handed a case on, and a formal track began.</summary>
    TrackOpened = 8,

    /// <summary>To the psychologist: the clinician's address does not take mail.</summary>
    HandOffUnreachable = 9,

    /// <summary>To the psychologist: the officer ended it.</summary>
    TrackEnded = 10,

    /// <summary>To the psychologist: a clinician passed it to another, who is still to answer.</summary>
    HandOffTransferred = 11,

    /// <summary>To the other psychologists of the agency: the one responsible is gone or does not answer.</summary>
    HandOffLeft = 12,

    /// <summary>To the psychologists of an agency: how long formal tracks are kept was changed.</summary>
    RetentionChanged = 15,

    /// <summary>To the psychologist: nobody has taken a case, and the ladder is at its end.</summary>
    NobodyYet = 16,

    /// <summary>To the psychologist: a case went back to the others, because the peer who held it cannot act any more.</summary>
    CaseReturned = 17,

    /// <summary>To the psychologists of a peer's agency: somebody accepts and hands back again and again.</summary>
    HandBackLoop = 18,

    /// <summary>To a peer: the training ends soon.</summary>
    TrainingDue = 19,

    /// <summary>To oneself: the test of a channel.</summary>
    ChannelTest = 20,

    /// <summary>To oneself: a practice alert.</summary>
    Practice = 21,

    /// <summary>To somebody new, or who lost their ways in: the link to set up signing in.</summary>
    Invitation = 22,

    /// <summary>To an account's owner: how one signs in to it was changed.</summary>
    SignInChanged = 23,

    /// <summary>To who may decide: a request waits for a second person.</summary>
    ApprovalWaiting = 24,

    /// <summary>To an account's owner: somebody has the password, and no right code beside it.</summary>
    PasswordKnown = 25,

    /// <summary>To the address that was an account's until now.</summary>
    AddressMoved = 26,

    /// <summary>To the other psychologists of an agency: a case has lost its psychologist.</summary>
    CasesLeft = 27,

    /// <summary>To the administrators: an agency has cases, and nobody who could take them over.</summary>
    NoPsychologist = 28,
}

/// <summary>One mail of constant words to one person, or to one clinician of the directory. The outbox of everything but case notices.</summary>
internal sealed class Message : IMailRow
{
    /// <summary>Random; the stable part of the Message-Id.</summary>
    public required Guid Id { get; init; }
    public required MessageKind Kind { get; init; }

    /// <summary>The recipient, where they have an account.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>Where it goes instead of to the account's address: only <see cref="MessageKind.AddressMoved"/> has one, and its row is deleted once it is sent.</summary>
    public string? Address { get; init; }

    /// <summary>The recipient, where they have none.</summary>
    public Guid? ClinicianId { get; init; }

    /// <summary>The link it carries.</summary>
    public Guid? LinkId { get; init; }

    /// <summary>The track it belongs to: destroyed with it.</summary>
    public Guid? TrackId { get; init; }

    /// <summary>The invitation it carries: gone with it.</summary>
    public Guid? InvitationId { get; init; }

    /// <summary>The open case it is about: burned with it.</summary>
    public Guid? CaseId { get; init; }

    /// <summary>The alert it belongs to: gone with it.</summary>
    public Guid? AlertId { get; init; }
    public DeliveryState State { get; set; } = DeliveryState.Waiting;
    public int Attempts { get; set; }
    public required DateTimeOffset DueAt { get; set; }
    public DateTimeOffset? ClaimedUntil { get; set; }
    public DateTimeOffset? SentAt { get; set; }
}
