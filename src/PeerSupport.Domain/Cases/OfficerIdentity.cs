using PeerSupport.Domain.Sealing;

namespace PeerSupport.Domain.Cases;

/// <summary>
/// Who the officer is and how to reach them. Exists in memory only on its way into a seal and, for one reveal, out of it.
/// </summary>
/// <param name="Name">The officer's name.</param>
/// <param name="Reach">Phone number or another way to reach them.</param>
/// <param name="When">When to reach them, in the psychologist's words.</param>
/// <param name="Specifics">What the peer should know.</param>
public sealed record OfficerIdentity(Confidential Name, Confidential Reach, Confidential When, Confidential Specifics);
