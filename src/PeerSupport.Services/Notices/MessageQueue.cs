using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using MimeKit;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.Escalation;
using PeerSupport.Domain.People;
using PeerSupport.Services.Cases;
using PeerSupport.Services.Escalation;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Notices;

/// <summary>Mails about hand-offs, alarms and check-ins: rows of their own, to a person or to a clinician of the directory.</summary>
internal sealed class MessageQueue(Database database, LinkSecrets links, InvitationTokens invitations) : ClaimQueue<Message>(database), IMailQueue
{
    /// <summary>Who lost the role gets none of these; of a hand-off the other psychologists of the agency then hear.</summary>
    private static readonly MessageKind[] ForPsychologists =
    [
        MessageKind.TrackOpened, MessageKind.HandOffUnanswered, MessageKind.HandOffUnreachable, MessageKind.HandOffTransferred, MessageKind.HandOffLeft, MessageKind.TrackEnded,
        MessageKind.DangerAlert, MessageKind.NobodyYet, MessageKind.CaseReturned, MessageKind.HandBackLoop, MessageKind.CasesLeft,
    ];

    protected override Expression<Func<Message, DeliveryState>> Again => _ => DeliveryState.Waiting;

    public MimeMessage Compose(MailboxAddress from, ClaimedMail row, Uri root, DateTimeOffset now) => MessageMail.Compose(
        from, row.Email, row.Id, (MessageKind)row.Kind, row.Language, root, PathOf(row), now);

    /// <summary>Where the mail leads: a link and an invitation have a page of their own, and whoever decides is led to what waits.</summary>
    private string PathOf(ClaimedMail row) => (row.LinkId, (MessageKind)row.Kind) switch
    {
        ({ } invitation, MessageKind.Invitation) => $"/invited/{invitations.TokenOf(invitation)}",
        ({ } link, _) => $"/handed/{links.TokenOf(link)}",
        (_, MessageKind.ApprovalWaiting) => "/approvals",
        _ => "/",
    };

    /// <summary>Alarms go first. A mail to a clinician whose contact changed waits until a psychologist has checked it.</summary>
    protected override IQueryable<ClaimedMail> ClaimDue(PeerSupportContext db, DateTimeOffset now, DateTimeOffset until) => db.Database.SqlQuery<ClaimedMail>(
        $"""
        with due as (
            select m.id, coalesce(p.language, 'en') as language, coalesce(m.address, a.email, c.email, '') as email
            from messages m left join people p on p.id = m.person_id left join accounts a on a.id = m.person_id left join clinicians c on c.id = m.clinician_id
            where (c.id is null or c.last_verified > {Verification.Never}) and ((m.state = {(int)DeliveryState.Waiting} and m.due_at <= {now}) or (m.state = {(int)DeliveryState.Sending} and m.claimed_until < {now}))
            order by m.kind <> {(int)MessageKind.DangerAlert}, m.due_at limit {Batch} for update of m skip locked)
        update messages m set state = {(int)DeliveryState.Sending}, attempts = m.attempts + 1, claimed_until = {until}
        from due where m.id = due.id
        returning m.id, 0 as round, m.attempts, due.language, due.email, m.kind, coalesce(m.link_id, m.invitation_id) as link_id
        """);

    protected override IQueryable<Claim> LockFree(PeerSupportContext db, Guid[] ids) => db.Database.SqlQuery<Claim>(
        $"select id, attempts, 0 as round from messages where id = any({ids}) and state = {(int)DeliveryState.Sending} for update skip locked");

    protected override IQueryable<Message> Mine(PeerSupportContext db, ClaimedMail row) =>
        db.Messages.Where(m => m.Id == row.Id && m.State == DeliveryState.Sending && m.Attempts == row.Attempts);

    /// <summary>What a mail asks for may have been done, by somebody or by the time it is sent.</summary>
    protected override Task<bool> IsWantedAsync(PeerSupportContext db, ClaimedMail row, DateTimeOffset now, CancellationToken cancellationToken) =>
        Wanted(db, row, now).AnyAsync(cancellationToken);

    private IQueryable<Message> Wanted(PeerSupportContext db, ClaimedMail row, DateTimeOffset now)
    {
        // Whoever is invited is no active person yet.
        if ((MessageKind)row.Kind == MessageKind.Invitation)
            return Mine(db, row).Where(m => db.Invitations.Any(i => i.Id == m.InvitationId && i.SpentAt == null && i.ExpiresAt > now));
        // Their account may be disabled with the same stroke; they hear of it all the same.
        if ((MessageKind)row.Kind == MessageKind.AddressMoved)
            return Mine(db, row);
        var mine = Mine(db, row).Where(m => m.PersonId == null || db.People.Any(person => person.Id == m.PersonId && person.Active));
        if (ForPsychologists.Contains((MessageKind)row.Kind))
            mine = mine.Where(m => db.RoleGrants.Any(grant => grant.PersonId == m.PersonId && grant.Role == Role.Psychologist));
        var (left, psychologists) = (db.LeftCases(), db.ActiveAs(Role.Psychologist));
        return (MessageKind)row.Kind switch
        {
            MessageKind.HandOffWaiting => mine.Where(m => db.Tracks.Any(t => t.Id == m.TrackId && t.State == TrackState.Referred
                && db.Clinicians.Any(c => c.Id == t.ClinicianId && c.PersonId == m.PersonId))),
            MessageKind.HandOffLink => mine.Where(m => db.Tracks.Any(t => t.Id == m.TrackId && t.State == TrackState.Referred && t.ClinicianId == m.ClinicianId
                && db.HandOffLinks.Any(l => l.Id == m.LinkId && l.SpentAt == null && l.ExpiresAt > now && l.WrongCodes < LinkRules.MostWrongCodes))),
            MessageKind.HandOffDeclined => mine.Where(m => db.Tracks.Any(t => t.Id == m.TrackId && t.State == TrackState.Declined)),
            MessageKind.HandOffUnreachable or MessageKind.HandOffTransferred => mine.Where(m => db.Tracks.Any(t => t.Id == m.TrackId && t.State == TrackState.Referred)),
            MessageKind.HandOffUnanswered or MessageKind.HandOffLeft => mine.Where(m => db.Tracks.Any(t => t.Id == m.TrackId
                && (t.State == TrackState.Opened || t.State == TrackState.Referred || t.State == TrackState.Declined))),
            MessageKind.DangerAlert => mine.Where(m => db.DangerAlerts.Any(a => a.Id == m.AlertId && a.AcknowledgedBy == null)),
            MessageKind.TrainingDue => mine.Where(m => db.RoleGrants.Any(grant => grant.PersonId == m.PersonId && grant.Role == Role.Peer)),
            MessageKind.Practice => mine.Where(m => db.PracticeAlerts.Any(p => p.PersonId == m.PersonId && p.SentAt > now - PracticeRules.Lasts)),
            MessageKind.NobodyYet => mine.Where(m => db.SupportCases.Any(c => c.Id == m.CaseId && c.PsychologistId == m.PersonId && c.Status == CaseStatus.Open && c.Wave == Waves.Told)),
            MessageKind.CaseReturned => mine.Where(m => db.SupportCases.Any(c => c.Id == m.CaseId && c.PsychologistId == m.PersonId && c.Status == CaseStatus.Open)),
            MessageKind.HandBackLoop or MessageKind.ChannelTest or MessageKind.SignInChanged or MessageKind.PasswordKnown or MessageKind.CheckIn or MessageKind.HandOffGone or MessageKind.TrackOpened or MessageKind.TrackEnded or MessageKind.RetentionChanged => mine,
            MessageKind.CasesLeft => mine.Where(m => left.Any(c => db.People.Any(person => person.Id == m.PersonId && person.AgencyId == c.AgencyId))),
            MessageKind.NoPsychologist => mine.Where(m => left.Any(c => !psychologists.Any(person => person.AgencyId == c.AgencyId))
                && db.RoleGrants.Any(grant => grant.PersonId == m.PersonId && grant.Role == Role.Administrator)),
            MessageKind.ApprovalWaiting => mine.Where(m => db.RoleGrants.Any(grant => grant.PersonId == m.PersonId && (grant.Role == Role.Administrator || grant.Role == Role.Psychologist))),
            _ => throw new InvalidOperationException("A message of a kind nobody knows."),
        };
    }

    protected override async Task DoneAsync(PeerSupportContext db, ClaimedMail row, MailAnswer? answer, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var kind = (MessageKind)row.Kind;
        await HeardAsync(db, row, answer, now, cancellationToken);
        if (kind is MessageKind.CheckIn or MessageKind.ChannelTest or MessageKind.Practice or MessageKind.AddressMoved) // one mail, and then no trace that there was one
            await db.Messages.Where(m => m.Id == row.Id).ExecuteDeleteAsync(cancellationToken);
        if (answer == MailAnswer.Refused && kind == MessageKind.DangerAlert)
            await HurryAsync(db, row, now, cancellationToken);
        if (answer == MailAnswer.Refused && kind is MessageKind.HandOffWaiting or MessageKind.HandOffLink)
            await TellStewardAsync(db, row, now, cancellationToken);
        if (answer is null or MailAnswer.Refused && kind is not (MessageKind.HandOffWaiting or MessageKind.HandOffLink))
            await TellColleaguesAsync(db, row, answer, now, cancellationToken);
    }

    protected override Task PutOffAsync(PeerSupportContext db, ClaimedMail row, DateTimeOffset now, CancellationToken cancellationToken) =>
        HeardAsync(db, row, MailAnswer.Later, now, cancellationToken);

    /// <summary>What an old address takes or refuses says nothing about the one that counts.</summary>
    private static Task HeardAsync(PeerSupportContext db, ClaimedMail row, MailAnswer? answer, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.MailHeardAsync(db.Messages.Where(m => m.Id == row.Id && m.Address == null).Select(m => m.PersonId), answer, now, cancellationToken);

    /// <summary>A mail to the psychologist of a track that reaches nobody: her server refused it, or she is gone.</summary>
    private static async Task TellColleaguesAsync(PeerSupportContext db, ClaimedMail row, MailAnswer? answer, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var track = await db.Messages.Where(m => m.Id == row.Id)
            .Join(db.Tracks, m => new { Id = m.TrackId, Person = m.PersonId }, t => new { Id = (Guid?)t.Id, Person = (Guid?)t.StewardId }, (_, t) => t)
            .AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (track?.State.IsWaiting() != true
            || (answer is null && await db.ActiveAs(Role.Psychologist).AnyAsync(person => person.Id == track.StewardId, cancellationToken)))
            return;
        await db.TellColleaguesAsync(track, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>An alarm does not wait for its next time when an address takes no mail. Once for each reader: else it would never rest.</summary>
    private static async Task HurryAsync(PeerSupportContext db, ClaimedMail row, DateTimeOffset now, CancellationToken cancellationToken) =>
        await db.Errands
            .Where(errand => errand.Kind == ErrandKind.DangerAlert && db.Messages.Any(mail => mail.Id == row.Id && mail.AlertId == errand.SubjectId
                && !db.Messages.Any(other => other.Id != mail.Id && other.AlertId == mail.AlertId && other.PersonId == mail.PersonId && other.State == DeliveryState.Failed)))
            .ExecuteUpdateAsync(set => set.SetProperty(errand => errand.DueAt, now), cancellationToken);

    /// <summary>No hand-off waits for somebody who cannot hear of it.</summary>
    private static async Task TellStewardAsync(PeerSupportContext db, ClaimedMail row, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var track = await (from m in db.Messages join t in db.Tracks on m.TrackId equals t.Id where m.Id == row.Id select new { t.Id, t.StewardId }).SingleAsync(cancellationToken);
        db.Messages.Add(new Message { Id = Guid.NewGuid(), Kind = MessageKind.HandOffUnreachable, PersonId = track.StewardId, TrackId = track.Id, DueAt = now });
        await db.SaveChangesAsync(cancellationToken);
    }
}
