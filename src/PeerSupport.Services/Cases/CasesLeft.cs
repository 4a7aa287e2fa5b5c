using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services.Escalation;
using PeerSupport.Services.Notices;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Cases;

/// <summary>
/// A psychologist has left an agency. As long as a case of hers has nobody, the other psychologists are mailed constant words, at
/// first soon and then calmly; where there is none, the administrators, who can ask for the role for somebody.
/// </summary>
internal sealed class CasesLeft(TimeProvider clock) : IErrandHandler
{
    private const int CalmHours = 12;

    /// <summary>A post that was under way while she was taken out may be committed a moment later.</summary>
    private static readonly TimeSpan OnceMoreAfter = TimeSpan.FromMinutes(1);

    public ErrandKind Kind => ErrandKind.CasesLeft;

    public async Task<ErrandAgain?> RunAsync(Work work, Errand errand, CancellationToken cancellationToken)
    {
        var db = work.Context;
        var agency = errand.SubjectId;
        if (await GoesOnInAnotherAsync(db, errand, cancellationToken))
            return null;
        var now = clock.GetUtcNow();
        if (!await db.LeftCases().AnyAsync(c => c.AgencyId == agency, cancellationToken))
            return errand.Step == 0 ? new ErrandAgain(1, now + OnceMoreAfter) : null;
        var others = await db.ActiveAs(Role.Psychologist).Where(person => person.AgencyId == agency).Select(person => person.Id).ToListAsync(cancellationToken);
        if (others.Count > 0)
            await TellAsync(db, MessageKind.CasesLeft, others, now, cancellationToken);
        else
            await TellAsync(db, MessageKind.NoPsychologist, await db.ActiveAs(Role.Administrator).Select(person => person.Id).ToListAsync(cancellationToken), now, cancellationToken);
        return new ErrandAgain(errand.Step + 1, now + Wait(errand.Step));
    }

    /// <summary>Two who left one agency: the newer errand, which is the one fewer steps on, reminds for both. Of two due at once the one with the smaller id is taken first, and gives way.</summary>
    private static Task<bool> GoesOnInAnotherAsync(PeerSupportContext db, Errand errand, CancellationToken cancellationToken) =>
        db.Errands.AnyAsync(
            other => other.Kind == ErrandKind.CasesLeft && other.SubjectId == errand.SubjectId && other.Id != errand.Id
                && (other.Step < errand.Step || (other.Step == errand.Step && (other.DueAt > errand.DueAt || (other.DueAt == errand.DueAt && other.Id.CompareTo(errand.Id) > 0)))),
            cancellationToken);

    /// <summary>After 1, 3, 7 and 15 hours, then every 12: as a psychologist is reminded of a case that nobody has taken.</summary>
    private static TimeSpan Wait(int step) => TimeSpan.FromHours(step > 3 ? CalmHours : 1 << step);

    /// <summary>One mail at a time for each: while the last one waits for the mail server, another would say the same.</summary>
    private static async Task TellAsync(PeerSupportContext db, MessageKind kind, List<Guid> people, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var waiting = await db.Messages
            .Where(mail => mail.Kind == kind && people.Contains(mail.PersonId!.Value) && (mail.State == DeliveryState.Waiting || mail.State == DeliveryState.Sending))
            .Select(mail => mail.PersonId!.Value).ToListAsync(cancellationToken);
        db.Messages.AddRange(people.Except(waiting).Select(person => new Message { Id = Guid.NewGuid(), Kind = kind, PersonId = person, DueAt = now }));
    }
}
