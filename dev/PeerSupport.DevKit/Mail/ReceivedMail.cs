using MimeKit;

namespace PeerSupport.DevKit;

/// <summary>A mail as the sink took it.</summary>
/// <param name="From">The envelope's sender, which need not be the one in the message.</param>
/// <param name="To">The envelope's recipients.</param>
/// <param name="File">Where it is kept; null for a sink without a folder.</param>
public sealed record ReceivedMail(string From, IReadOnlyList<string> To, MimeMessage Message, string? File)
{
    public string Subject => Message.Subject ?? "";

    public string Text => Message.TextBody ?? "";

    public bool IsTo(string address) => To.Contains(address, StringComparer.OrdinalIgnoreCase);
}
