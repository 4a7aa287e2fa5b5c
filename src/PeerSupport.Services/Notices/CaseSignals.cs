using System.Threading.Channels;

namespace PeerSupport.Services.Notices;

/// <summary>
/// "Something about cases changed": from a commit on this node to every node (through the relay), and
/// from any node to the boards on this one. Carries no content: whoever hears it rereads what they may see.
/// </summary>
public sealed class CaseSignals
{
    // One place: many changes in a burst become one announcement.
    private readonly Channel<bool> outgoing = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Raised on this node when any node changed a case, and after every reconnection.</summary>
    public event Action? Changed;

    /// <summary>Called after a commit. Never blocks and never fails: boards also resync by themselves.</summary>
    public void Raise() => outgoing.Writer.TryWrite(true);

    /// <summary>Announcements waiting to go to every node.</summary>
    internal ChannelReader<bool> Outgoing => outgoing.Reader;

    /// <summary>Tells the boards of this node. One that fails, because its reader just left, keeps nothing from the others.</summary>
    internal void Announce()
    {
        foreach (var board in Delegate.EnumerateInvocationList(Changed))
        {
            try
            {
                board();
            }
            catch (Exception)
            {
                // A board rereads at the next announcement; there is nobody here to tell.
            }
        }
    }
}
