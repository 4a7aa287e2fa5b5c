using PeerSupport.Services.Cases;
using PeerSupport.Services.Notices;
using PeerSupport.Services.People;

namespace PeerSupport.Services.Escalation;

/// <summary>The check-in an officer agreed to: one reminder to the peer, with no name in it, that deletes itself.</summary>
internal static class CheckIns
{
    /// <summary>The row knows the peer and a day, and nothing of a case or an officer.</summary>
    public static Errand For(Actor peer, TimeProvider clock, EscalationSettings settings) => new()
    {
        Id = Guid.NewGuid(),
        Kind = ErrandKind.CheckIn,
        SubjectId = peer.PersonId,
        DueAt = new DateTimeOffset(clock.Today(peer).AddDays(settings.CheckInDays).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero),
    };
}
