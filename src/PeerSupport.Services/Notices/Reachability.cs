using PeerSupport.Domain.Cases;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Notices;

/// <summary>How a channel stands, by what its far end said last.</summary>
public enum ChannelState
{
    /// <summary>Nothing went there yet.</summary>
    Untried = 1,

    /// <summary>It took the last alert.</summary>
    Works = 2,

    /// <summary>It says "later", and not for long yet.</summary>
    PutOff = 3,

    /// <summary>It has said nothing but "later" for too long.</summary>
    Silent = 4,

    /// <summary>It refused for good.</summary>
    Refused = 5,

    /// <summary>The push service does not let this installation in.</summary>
    Denied = 6,

    /// <summary>The browser registered by a push key that is not this installation's any more.</summary>
    OtherKey = 7,
}

/// <summary>Who can be alerted. One definition for the psychologist's and the administrator's pages.</summary>
internal static class Reachability
{
    /// <summary>How long a far end may say nothing but "later" before nothing counts as reaching it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(48);

    /// <summary>
    /// Persons whose mail takes nothing and who have no other channel that has proved to work. A mail address of which
    /// nothing is known counts as reachable; another channel only once its far end took something, and until it refuses,
    /// does not let us in, or says nothing but "later" for too long. Taking something mends each.
    /// </summary>
    public static IQueryable<Guid> WithoutWorkingChannel(this PeerSupportContext db, DateTimeOffset now)
    {
        var late = now - Patience;
        var proven = db.AlertChannels.Where(other => other.Kind != Channel.Mail && other.TakenAt != null && (other.RefusedAt == null || other.TakenAt > other.RefusedAt)
            && other.DeniedAt == null && (other.DeferredSince == null || other.DeferredSince > late));
        return from mail in db.AlertChannels
               where mail.Kind == Channel.Mail
                   && ((mail.RefusedAt != null && (mail.TakenAt == null || mail.TakenAt <= mail.RefusedAt)) || mail.DeferredSince <= late)
                   && !proven.Any(other => other.PersonId == mail.PersonId)
               select mail.PersonId;
    }

    /// <summary>The same said of one channel, for the pages that name it.</summary>
    /// <param name="channel">As it is stored.</param>
    /// <param name="now">The time.</param>
    /// <param name="pushKey">The push key of this installation.</param>
    public static ChannelState StateOf(this AlertChannel channel, DateTimeOffset now, string? pushKey) => channel switch
    {
        { KeyId: { } key } when key != pushKey => ChannelState.OtherKey,
        { RefusedAt: { } refused } when !(channel.TakenAt > refused) => ChannelState.Refused,
        { DeniedAt: not null } => ChannelState.Denied,
        { DeferredSince: { } since } => since <= now - Patience ? ChannelState.Silent : ChannelState.PutOff,
        { TakenAt: null } => ChannelState.Untried,
        _ => ChannelState.Works,
    };

    /// <summary>Nothing reaches its owner this way.</summary>
    public static bool IsBroken(this ChannelState state) => state is ChannelState.Silent or ChannelState.Refused or ChannelState.Denied or ChannelState.OtherKey;
}
