using PeerSupport.Domain.People;
using PeerSupport.Services.Notices;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.People;

/// <summary>Writes the security log, in the transaction of what it tells of.</summary>
internal static class SecurityLog
{
    /// <summary>Adds a line; the caller saves it with the rest.</summary>
    public static void Log(this PeerSupportContext db, Guid personId, SecurityEvent what, DateTimeOffset now, Guid? by = null, Role? role = null) =>
        db.SecurityLog.Add(new SecurityEntry
        {
            Id = Guid.NewGuid(),
            PersonId = personId,
            Event = what,
            At = now,
            ByPersonId = by == personId ? null : by,
            Role = role,
        });

    /// <summary>Adds a line about how one signs in, and a mail of constant words to the account's owner; the caller saves both with the rest.</summary>
    public static void LogChange(this PeerSupportContext db, Guid personId, SecurityEvent what, DateTimeOffset now, Guid? by = null)
    {
        db.Log(personId, what, now, by);
        db.Messages.Add(new Message { Id = Guid.NewGuid(), Kind = MessageKind.SignInChanged, PersonId = personId, DueAt = now });
    }
}
