using MimeKit;

namespace PeerSupport.Services.Notices;

/// <summary>
/// The mail about a notice: constant words in the reader's language and a link to the site's root. It says nothing about
/// the case, not even its type.
/// </summary>
public static class NoticeMail
{
    /// <summary>The same for every mail.</summary>
    public const string Subject = ConstantMail.Subject;

    /// <summary>Builds the mail of one delivery to one person.</summary>
    /// <param name="from">The installation's own address.</param>
    /// <param name="to">The peer's address. Parsed, so that it cannot smuggle in a header.</param>
    /// <param name="deliveryId">Random id of the delivery: with the round it makes a Message-Id that stays the same over attempts.</param>
    /// <param name="round">How often the case has come back to the board.</param>
    /// <param name="language">"es" or anything else for English.</param>
    /// <param name="root">The site's root.</param>
    /// <param name="date">When it is sent.</param>
    /// <exception cref="ParseException">The address is none.</exception>
    public static MimeMessage Compose(MailboxAddress from, string to, Guid deliveryId, int round, string language, Uri root, DateTimeOffset date)
    {
        var words = language == "es"
            ? "A un colega le vendría bien el apoyo de un compañero. Inicie sesión para verlo."
            : "A colleague could use a peer. Sign in to see it.";
        return ConstantMail.Compose(from, to, $"{deliveryId:N}-{round}", words, $"{root.GetLeftPart(UriPartial.Authority)}/", date);
    }
}
