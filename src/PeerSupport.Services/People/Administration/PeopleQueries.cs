using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.People;
using PeerSupport.Services.Notices;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.People.Administration;

/// <summary>Queries and small rules shared by everything administrators do.</summary>
internal static class PeopleQueries
{
    /// <summary>Changes of who administrates take turns: two who remove each other at the same moment leave one.</summary>
    private const long AdministratorsLock = 0x50_65_65_72_01;
    private const long SettingsLock = 0x50_65_65_72_02;

    /// <summary>Who keeps people, agencies and settings. Asked of the transaction, not of the cookie.</summary>
    public static bool KeepsAccounts(this Work work) => work.ActorIs(Role.Administrator);

    /// <summary>A person with what their state is told from.</summary>
    public sealed record Standing
    {
        public required Person Person { get; init; }
        public required string Email { get; init; }
        public required string AgencyName { get; init; }

        /// <summary>Has set up a way in: a password, a passkey or a provider.</summary>
        public required bool Enrolled { get; init; }

        /// <summary>Has a letter that still works.</summary>
        public required bool Letter { get; init; }

        public PersonState State => (Enrolled, Person.Active, Letter) switch
        {
            (_, true, _) => PersonState.Active,
            (true, false, _) => PersonState.Disabled,
            (false, false, true) => PersonState.Invited,
            (false, false, false) => PersonState.NotInvited,
        };
    }

    /// <summary>Everybody, with their state.</summary>
    public static IQueryable<Standing> Standings(this PeerSupportContext db, DateTimeOffset now) =>
        from person in db.People.AsNoTracking()
        join account in db.Users on person.Id equals account.Id
        join agency in db.Agencies on person.AgencyId equals agency.Id
        select new Standing
        {
            Person = person,
            Email = account.Email!,
            AgencyName = agency.Name,
            Enrolled = account.PasswordHash != null || db.Set<IdentityUserPasskey<Guid>>().Any(key => key.UserId == person.Id) || db.UserLogins.Any(login => login.UserId == person.Id),
            Letter = db.Invitations.Any(letter => letter.PersonId == person.Id && letter.SpentAt == null && letter.ExpiresAt > now),
        };

    /// <summary>Those in one state.</summary>
    public static IQueryable<Standing> In(this IQueryable<Standing> people, PersonState state) => state switch
    {
        PersonState.Active => people.Where(one => one.Person.Active),
        PersonState.Disabled => people.Where(one => !one.Person.Active && one.Enrolled),
        PersonState.Invited => people.Where(one => !one.Person.Active && !one.Enrolled && one.Letter),
        PersonState.NotInvited => people.Where(one => !one.Person.Active && !one.Enrolled && !one.Letter),
        _ => people,
    };

    /// <summary>Those whom the filter of the list finds.</summary>
    public static IQueryable<Standing> Matching(this PeerSupportContext db, PeopleFilter filter, DateTimeOffset now)
    {
        var people = db.Standings(now);
        if (!string.IsNullOrWhiteSpace(filter.Words))
        {
            var pattern = Pattern(filter.Words);
            people = people.Where(one => EF.Functions.ILike(one.Person.DisplayName, pattern, "\\") || EF.Functions.ILike(one.Email, pattern, "\\"));
        }

        if (filter.AgencyId is { } agency)
            people = people.Where(one => one.Person.AgencyId == agency);
        if (filter.Role is { } role)
            people = people.Where(one => db.RoleGrants.Any(grant => grant.PersonId == one.Person.Id && grant.Role == role));
        return filter.State is { } state ? people.In(state) : people;
    }

    /// <summary>What was typed, with no sign that the pattern would read.</summary>
    public static string Pattern(string words) =>
        $"%{words.Trim().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";

    /// <summary>The same words, whatever their case.</summary>
    public static string Exactly(string words) => Pattern(words)[1..^1];

    public static Task<List<AgencyName>> AgencyNamesAsync(this PeerSupportContext db, CancellationToken cancellationToken) =>
        db.Agencies.AsNoTracking().OrderBy(agency => agency.Name).Select(agency => new AgencyName(agency.Id, agency.Name)).ToListAsync(cancellationToken);

    public static Task<List<UnitName>> UnitNamesAsync(this PeerSupportContext db, CancellationToken cancellationToken) =>
        db.Units.AsNoTracking().OrderBy(unit => unit.Name).Select(unit => new UnitName(unit.Id, unit.AgencyId, unit.Name)).ToListAsync(cancellationToken);

    /// <summary>Waits for others who change administrators, until the end of the transaction.</summary>
    public static Task LockAdministratorsAsync(this PeerSupportContext db, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({AdministratorsLock})", cancellationToken);

    /// <summary>Changes of settings take turns: names stay unique, and trees stay trees. They are rare.</summary>
    public static Task LockSettingsAsync(this PeerSupportContext db, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({SettingsLock})", cancellationToken);

    /// <summary>Whether somebody else administrates. Call after <see cref="LockAdministratorsAsync"/>.</summary>
    public static Task<bool> OtherAdministratorAsync(this PeerSupportContext db, Guid personId, CancellationToken cancellationToken) =>
        db.RoleGrants.AnyAsync(grant => grant.Role == Role.Administrator && grant.PersonId != personId && db.People.Any(person => person.Id == grant.PersonId && person.Active), cancellationToken);

    /// <summary>
    /// Somebody stops being a peer here, in the caller's transaction, as the first thing: an accept that is under way waits
    /// for this row and then finds them off duty. What they hold goes back to the others. Nothing happens where they are none.
    /// </summary>
    public static async Task PeerStopsAsync(this PeerSupportContext db, Guid personId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await db.Peers.Where(peer => peer.PersonId == personId).ExecuteUpdateAsync(set => set.SetProperty(peer => peer.OnDuty, false), cancellationToken);
        if (await db.RoleGrants.AnyAsync(grant => grant.PersonId == personId && grant.Role == Role.Peer, cancellationToken))
            db.Errands.Add(new Errand { Id = Guid.NewGuid(), Kind = ErrandKind.PeerGone, SubjectId = personId, DueAt = now });
    }

    /// <summary>Somebody stops being a psychologist here, in the caller's transaction: the others of the agency are told of cases that are left. Nothing happens where they are none.</summary>
    public static async Task PsychologistStopsAsync(this PeerSupportContext db, Guid personId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.RoleGrants.AnyAsync(grant => grant.PersonId == personId && grant.Role == Role.Psychologist, cancellationToken))
            db.Errands.Add(new Errand { Id = Guid.NewGuid(), Kind = ErrandKind.CasesLeft, SubjectId = await db.People.Where(person => person.Id == personId).Select(person => person.AgencyId).SingleAsync(cancellationToken), DueAt = now });
    }

    /// <summary>Wherever they are signed in, they are not any more; and who is about to sign in begins again.</summary>
    public static async Task EndSessionsAsync(this PeerSupportContext db, Guid personId, CancellationToken cancellationToken)
    {
        await db.RestampAsync(personId, cancellationToken);
        await db.Sessions.Where(session => session.PersonId == personId).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Letters that are out open nothing any more.</summary>
    public static Task VoidLettersAsync(this PeerSupportContext db, Guid personId, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.Invitations.Where(letter => letter.PersonId == personId && letter.SpentAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(letter => letter.SpentAt, now), cancellationToken);
}
