namespace PeerSupport.Domain.Escalation;

/// <summary>Why a formal track exists: the officer's consent, or one of the three exceptions the disclaimer names.</summary>
public enum Basis
{
    /// <summary>The officer agreed to the hand-off, the clinician and each fact.</summary>
    Consent = 1,

    /// <summary>The officer said that they are suicidal.</summary>
    Suicidal = 2,

    /// <summary>The officer said that they are homicidal.</summary>
    Homicidal = 3,

    /// <summary>The officer said that they are committing crimes.</summary>
    CommittingCrimes = 4,
}

/// <summary>Rules about the basis of a track.</summary>
public static class Bases
{
    /// <summary>True where the disclaimer, not the officer's consent, opens the track.</summary>
    public static bool IsException(this Basis basis) => basis is Basis.Suicidal or Basis.Homicidal or Basis.CommittingCrimes;
}

/// <summary>
/// Whether the officer wants this care, or took it instead of discipline (which works badly). Recorded on a track with
/// the basis consent.
/// </summary>
public enum Voluntariness
{
    Voluntary = 1,
    InLieuOfDiscipline = 2,
}

/// <summary>How soon the officer would like a first talk.</summary>
public enum FirstTalk
{
    ThisWeek = 1,
    NextWeeks = 2,
    NoHurry = 3,
}
