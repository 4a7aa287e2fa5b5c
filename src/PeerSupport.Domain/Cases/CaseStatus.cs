namespace PeerSupport.Domain.Cases;

/// <summary>
/// Where a support case stands. There is no "closed": a case that closes, is withdrawn or escalates is burned, and
/// no row of it remains.
/// </summary>
public enum CaseStatus
{
    /// <summary>Posted; every eligible peer may accept it.</summary>
    Open = 1,

    /// <summary>Held by one peer, who alone (with the psychologist) may reveal the officer. Handing back makes it open again.</summary>
    Accepted = 2,
}

/// <summary>How soon a peer should reach out.</summary>
public enum Urgency
{
    Tonight = 1,
    Today = 2,
    NextDays = 3,
}

/// <summary>How much of the situation peers are told.</summary>
public enum NoticeLevel
{
    /// <summary>The situation type.</summary>
    Type = 1,

    /// <summary>Only its category: for types so rare that they could point at a person.</summary>
    Category = 2,
}

/// <summary>How a case ended, as the peer says in one tap. What stays of a case is one more in a count of these.</summary>
public enum CaseOutcome
{
    /// <summary>They talked and that was enough.</summary>
    Supported = 1,

    /// <summary>They go on with other help they chose themselves.</summary>
    OtherHelp = 2,

    /// <summary>The officer did not want to talk.</summary>
    Declined = 3,

    /// <summary>The officer could not be reached.</summary>
    NotReached = 4,

    /// <summary>The psychologist withdrew it before anybody accepted.</summary>
    Withdrawn = 5,

    /// <summary>Handed on to a clinician: a formal track began.</summary>
    HandedOn = 6,
}

/// <summary>Rules about outcomes.</summary>
public static class CaseOutcomes
{
    /// <summary>What a peer may choose when closing; the other outcomes come from withdrawing and handing on.</summary>
    public static bool IsClosing(this CaseOutcome outcome) => outcome is CaseOutcome.Supported or CaseOutcome.OtherHelp or CaseOutcome.Declined or CaseOutcome.NotReached;
}

/// <summary>Why a peer is kept away from a case. They are never told.</summary>
public enum RecusalKind
{
    /// <summary>Named by the officer or picked by the psychologist (unit, chain of command, witness, responder; RCW 5.60.060(6)).</summary>
    Picked = 1,

    /// <summary>Had it and handed it back.</summary>
    HandedBack = 2,
}
