namespace PeerSupport.Services.Notices;

/// <summary>When the mail server last took a mail or made trouble, on this node since its start. Times only, for the operator's page.</summary>
public sealed class MailHealth
{
    private readonly Lock gate = new();
    private DateTimeOffset? lastTaken;
    private DateTimeOffset? lastTrouble;

    /// <summary>Both times, read together.</summary>
    public (DateTimeOffset? LastTaken, DateTimeOffset? LastTrouble) Read()
    {
        lock (gate)
            return (lastTaken, lastTrouble);
    }

    /// <summary>A refused recipient is no trouble of the channel: the server answered.</summary>
    internal void Heard(MailAnswer answer, DateTimeOffset now)
    {
        lock (gate)
        {
            if (answer is MailAnswer.Later or MailAnswer.Down)
                lastTrouble = now;
            else
                lastTaken = now;
        }
    }
}
