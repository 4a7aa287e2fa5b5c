using MimeKit;

namespace PeerSupport.Services.Notices;

/// <summary>Every mail the installation sends: one recipient, a constant subject, constant words and one address.</summary>
internal static class ConstantMail
{
    /// <summary>The same for every mail.</summary>
    public const string Subject = "PeerSupport";

    /// <summary>Builds it.</summary>
    /// <param name="from">The installation's own address.</param>
    /// <param name="to">The reader's address. Parsed, so that it cannot smuggle in a header.</param>
    /// <param name="id">Random, and the same over all attempts.</param>
    /// <param name="words">Ours: nothing that somebody typed.</param>
    /// <param name="link">Where the mail leads.</param>
    /// <param name="date">When it is sent.</param>
    /// <exception cref="ParseException">The address is none.</exception>
    public static MimeMessage Compose(MailboxAddress from, string to, string id, string words, string link, DateTimeOffset date)
    {
        var mail = new MimeMessage
        {
            Subject = Subject,
            Date = date,
            MessageId = $"{id}@{from.Domain}",
            Body = new TextPart("plain") { Text = $"{words}\r\n\r\n{link}\r\n" },
        };
        mail.From.Add(from);
        mail.To.Add(Mailbox(to));
        mail.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return mail;
    }

    private static MailboxAddress Mailbox(string address)
    {
        var mailbox = MailboxAddress.Parse(address);
        // Only the bare address goes out: no name, no route, no folding.
        return mailbox.Address.AsSpan().ContainsAny("\r\n\0") ? throw new ParseException("Not an address.", 0, 0) : new MailboxAddress("", mailbox.Address);
    }
}
