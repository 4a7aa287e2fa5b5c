using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Escalation;

/// <summary>Who can act as what today: their account is open and they have the role.</summary>
internal static class Standing
{
    public static IQueryable<Person> ActiveAs(this PeerSupportContext db, Role role) =>
        db.People.AsNoTracking().Where(person => person.Active && db.RoleGrants.Any(grant => grant.PersonId == person.Id && grant.Role == role));
}
