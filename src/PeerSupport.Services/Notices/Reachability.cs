using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Notices;

/// <summary>Who can be alerted. One definition for the psychologist's and the administrator's pages.</summary>
internal static class Reachability
{
    /// <summary>
    /// Persons whose mail is refused for good and who have no other channel that works. A channel works until the far
    /// end refuses for good, and again once it takes something.
    /// </summary>
    public static IQueryable<Guid> WithoutWorkingChannel(this PeerSupportContext db) =>
        from mail in db.AlertChannels
        where mail.Kind == Domain.Cases.Channel.Mail && mail.RefusedAt != null && (mail.TakenAt == null || mail.TakenAt < mail.RefusedAt)
            && !db.AlertChannels.Any(other => other.PersonId == mail.PersonId && other.Kind != Domain.Cases.Channel.Mail
                && (other.RefusedAt == null || other.TakenAt > other.RefusedAt))
        select mail.PersonId;
}
