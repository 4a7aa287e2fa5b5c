using MimeKit;

namespace PeerSupport.Services.Notices;

/// <summary>
/// The words of a message: constant for each kind and language, and a link to the site's root, or to the page of what waits for a
/// second person. Only the mail to a clinician without an account and an invitation lead to pages of their own, which look the
/// same to everybody.
/// </summary>
internal static class MessageMail
{
    /// <summary>Builds the mail of one message.</summary>
    /// <param name="from">The installation's own address.</param>
    /// <param name="to">The reader's address.</param>
    /// <param name="id">Random id of the message: the Message-Id, the same over all attempts.</param>
    /// <param name="kind">Which words.</param>
    /// <param name="language">"es" or anything else for English.</param>
    /// <param name="root">The site's root.</param>
    /// <param name="path">Where it leads: "/" but for a link, an invitation and what waits for a second person.</param>
    /// <param name="date">When it is sent.</param>
    /// <exception cref="ParseException">The address is none.</exception>
    public static MimeMessage Compose(MailboxAddress from, string to, Guid id, MessageKind kind, string language, Uri root, string path, DateTimeOffset date)
    {
        var (english, spanish) = MessageWords.Of(kind);
        var site = root.GetLeftPart(UriPartial.Authority);
        return ConstantMail.Compose(from, to, $"{id:N}", language == "es" ? spanish : english, site + path, date);
    }
}
