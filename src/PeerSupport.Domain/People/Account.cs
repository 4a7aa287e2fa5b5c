namespace PeerSupport.Domain.People;

/// <summary>A letter that lets one person set up how they sign in: single use, expiring. Its token is derived, never stored.</summary>
public sealed class Invitation
{
    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }
    public required Guid CreatedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Spent by finishing enrolment, or made void by a newer one.</summary>
    public DateTimeOffset? SpentAt { get; set; }
}

/// <summary>What one administrator asked for and a second person decides.</summary>
public enum ApprovalKind
{
    /// <summary>A case role for somebody.</summary>
    GrantRole = 1,

    /// <summary>New ways to sign in, because somebody lost theirs: whoever could do this alone could become anybody.</summary>
    NewSignIn = 2,

    /// <summary>Another mail address: invitations go there.</summary>
    ChangeEmail = 3,
}

/// <summary>One request for a second person's yes. Kept as history.</summary>
public sealed class Approval
{
    public required Guid Id { get; init; }
    public required ApprovalKind Kind { get; init; }
    public required Guid PersonId { get; init; }
    public Role? Role { get; init; }

    /// <summary>The new address, for <see cref="ApprovalKind.ChangeEmail"/>.</summary>
    public string? Email { get; init; }
    public required Guid RequestedBy { get; init; }
    public required DateTimeOffset RequestedAt { get; init; }
    public Guid? DecidedBy { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>Null while undecided.</summary>
    public bool? Granted { get; set; }
}

/// <summary>What happened to an account, for its owner and the administrators: codes only.</summary>
public enum SecurityEvent
{
    SignedIn = 1,
    SignInFailed = 2,
    SignedOut = 3,
    SessionEnded = 4,
    Enrolled = 5,
    PasskeyAdded = 6,
    PasskeyRemoved = 7,
    AuthenticatorOn = 8,
    AuthenticatorOff = 9,
    RecoveryCodesMade = 10,
    RecoveryCodeUsed = 11,
    PasswordChanged = 12,
    RoleAsked = 13,
    RoleGranted = 14,
    RoleRefused = 15,
    RoleRemoved = 16,
    Disabled = 17,
    Enabled = 18,
    Invited = 19,
    EmailChanged = 20,
    LinkedToProvider = 21,

    /// <summary>The number that others call.</summary>
    PhoneChanged = 22,
    MovedToAgency = 23,

    /// <summary>Somebody had the right password, and no right code beside it.</summary>
    CodeFailed = 24,

    /// <summary>A training that had been entered wrongly counts no more.</summary>
    TrainingWithdrawn = 25,
}

/// <summary>One line of the security log. No address, no device print: only what, whose, by whom and when.</summary>
public sealed class SecurityEntry
{
    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }
    public required SecurityEvent Event { get; init; }

    /// <summary>Who did it, where it was somebody else.</summary>
    public Guid? ByPersonId { get; init; }
    public Role? Role { get; init; }
    public required DateTimeOffset At { get; init; }
}
