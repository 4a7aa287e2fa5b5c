using MimeKit;
using PeerSupport.Domain.Cases;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Notices;

/// <summary>Mails about case notices.</summary>
internal sealed class NoticeMailQueue(Database database, HandBackLimit limit) : DeliveryQueue(database, Channel.Mail, limit), IMailQueue
{
    public MimeMessage Compose(MailboxAddress from, ClaimedMail row, Uri root, DateTimeOffset now) =>
        NoticeMail.Compose(from, row.Email, row.Id, row.Round, row.Language, root, now);

    protected override Task DoneAsync(PeerSupportContext db, ClaimedMail row, MailAnswer? answer, DateTimeOffset now, CancellationToken cancellationToken) =>
        HeardAsync(db, row, answer, now, cancellationToken);

    protected override Task PutOffAsync(PeerSupportContext db, ClaimedMail row, DateTimeOffset now, CancellationToken cancellationToken) =>
        HeardAsync(db, row, MailAnswer.Later, now, cancellationToken);

    private static Task HeardAsync(PeerSupportContext db, ClaimedMail row, MailAnswer? answer, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.MailHeardAsync(db.Deliveries.Where(d => d.Id == row.Id).Select(d => (Guid?)d.PeerId), answer, now, cancellationToken);
}
