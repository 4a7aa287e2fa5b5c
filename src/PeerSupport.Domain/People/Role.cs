namespace PeerSupport.Domain.People;

/// <summary>What a person does in the programme, and so what they may see.</summary>
public enum Role
{
    /// <summary>Posts anonymised cases; may reveal the ones she posted. Never also a peer (Florida 111.09).</summary>
    Psychologist = 1,

    /// <summary>Trained volunteer: sees notices, accepts one, then that officer's identity while holding the case.</summary>
    Peer = 2,

    /// <summary>Takes a hand-off. Sees formal tracks handed to them and nothing of support cases.</summary>
    Clinician = 3,

    /// <summary>Sees published aggregate bands. No case, ever.</summary>
    Coordinator = 4,

    /// <summary>Keeps accounts and settings. No case, no identity, no track.</summary>
    Administrator = 5,
}

/// <summary>Rules about roles that hold everywhere.</summary>
public static class Roles
{
    /// <summary>Roles that come near a case: their sessions end after 15 idle minutes.</summary>
    public static bool IsCaseRole(this Role role) => role is Role.Psychologist or Role.Peer or Role.Clinician;

    /// <summary>Roles for which a password alone is not enough.</summary>
    public static bool NeedsSecondFactor(this Role role) => role.IsCaseRole() || role == Role.Administrator;

    /// <summary>
    /// Whether one account may hold both. A peer must not be a health-care practitioner (Florida 111.09), whoever reads the
    /// counts sees no case, and whoever keeps the accounts sees none either.
    /// </summary>
    public static bool MayGoTogether(Role one, Role other) =>
        one == other || !(one.IsCaseRole() && other.IsCaseRole()
            || (one == Role.Coordinator && other.IsCaseRole()) || (other == Role.Coordinator && one.IsCaseRole())
            || (one == Role.Administrator && other.IsCaseRole()) || (other == Role.Administrator && one.IsCaseRole()));
}
