using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.People.Administration;

/// <summary>Adds rows about people; the caller saves.</summary>
internal static class NewPeople
{
    /// <summary>A person who cannot sign in yet, and an account without any way in.</summary>
    public static Person AddPerson(this PeerSupportContext db, PersonForm form, string email)
    {
        var person = new Person
        {
            Id = Guid.NewGuid(),
            AgencyId = form.AgencyId!.Value,
            DisplayName = form.Name.Trim(),
            Language = form.Language,
            TimeZone = form.TimeZone,
            Phone = form.Phone.Length == 0 ? null : form.Phone,
            Active = false,
        };
        db.People.Add(person);
        db.Users.Add(new Account
        {
            Id = person.Id,
            UserName = email,
            NormalizedUserName = email.ToUpperInvariant(),
            Email = email,
            NormalizedEmail = email.ToUpperInvariant(),
            LockoutEnabled = true,
            SecurityStamp = Guid.NewGuid().ToString("N"),
        });
        return person;
    }

    public static void AddTraining(this PeerSupportContext db, Guid personId, TrainingForm form, Guid by, DateTimeOffset now) => db.TrainingRecords.Add(new TrainingRecord
    {
        Id = Guid.NewGuid(),
        PersonId = personId,
        Name = form.Name.Trim(),
        CompletedOn = form.CompletedOn!.Value,
        ValidUntil = form.ValidUntil!.Value,
        Hours = form.Hours,
        RecordedBy = by,
        RecordedAt = now,
    });

    /// <summary>The row, locked: of two who change it, the second sees what the first wrote.</summary>
    public static Task<Person?> LockedAsync(this PeerSupportContext db, Guid personId, CancellationToken cancellationToken) =>
        db.People.FromSql($"select * from people where id = {personId} for no key update").SingleOrDefaultAsync(cancellationToken);

    /// <summary>The newest end of a peer's trainings is the day until which cases are offered.</summary>
    public static async Task RecountTrainingAsync(this PeerSupportContext db, Guid personId, DateOnly today, CancellationToken cancellationToken)
    {
        var until = await db.TrainedUntilAsync(personId, today, cancellationToken);
        await db.Peers.Where(peer => peer.PersonId == personId).ExecuteUpdateAsync(set => set.SetProperty(peer => peer.TrainedUntil, until), cancellationToken);
    }

    /// <summary>Makes the row of a peer whose role was granted just now, or puts the old one on duty again.</summary>
    public static async Task BecomesPeerAsync(this PeerSupportContext db, Guid personId, DateOnly today, CancellationToken cancellationToken)
    {
        var until = await db.TrainedUntilAsync(personId, today, cancellationToken);
        var again = await db.Peers.Where(peer => peer.PersonId == personId)
            .ExecuteUpdateAsync(set => set.SetProperty(peer => peer.OnDuty, true).SetProperty(peer => peer.TrainedUntil, until), cancellationToken);
        if (again == 0)
            db.Peers.Add(new Peer { PersonId = personId, TrainedUntil = until, CaseloadLimit = PeerRules.UsualCaseload });
    }

    private static async Task<DateOnly> TrainedUntilAsync(this PeerSupportContext db, Guid personId, DateOnly today, CancellationToken cancellationToken) =>
        PeerRules.TrainedUntil(await db.TrainingRecords.Where(training => training.PersonId == personId && training.WithdrawnAt == null).Select(training => training.ValidUntil).ToListAsync(cancellationToken), today);
}
