namespace PeerSupport.Domain.Cases;

/// <summary>Why a peer could be called although no alert has brought an answer. Also the order in which to call.</summary>
public enum CallReason
{
    /// <summary>On duty and alerted, without an answer yet.</summary>
    NoAnswer = 1,

    /// <summary>On duty, and every alert to them failed: they know of nothing.</summary>
    Failed = 2,

    /// <summary>On duty, and never alerted: they want quiet, or nothing reaches them.</summary>
    NotAlerted = 3,

    /// <summary>Trained, but off duty.</summary>
    OffDuty = 4,
}

/// <summary>In which order peers are called about a case that nobody has taken.</summary>
public static class CallOrder
{
    /// <summary>Who is most likely to take it first: by reason, then by how many of the wishes they fulfil, then the officer's own agency.</summary>
    /// <param name="peers">Whoever could be called.</param>
    /// <param name="of">What decides about each.</param>
    /// <param name="why">Why each could be called.</param>
    /// <param name="wanted">What was wished for.</param>
    /// <param name="agencyId">The officer's agency.</param>
    public static IEnumerable<T> Sorted<T>(IEnumerable<T> peers, Func<T, Candidate> of, Func<T, CallReason> why, IReadOnlyCollection<People.PeerTag> wanted, Guid agencyId) =>
        peers.OrderBy(why).ThenByDescending(peer => of(peer).Fulfils(wanted, agencyId)).ThenByDescending(peer => of(peer).AgencyId == agencyId);
}
