using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.Escalation;
using PeerSupport.Domain.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Escalation;

/// <summary>Queries shared by reading and keeping the directory.</summary>
internal static class ClinicianDirectoryQueries
{
    /// <summary>Who keeps the directory. Asked of the transaction, not of the cookie.</summary>
    public static bool MayKeepDirectory(this Work work) => work.ActorIs(Role.Psychologist) || work.ActorIs(Role.Administrator);

    /// <summary>
    /// Those an officer can be handed to now: taking new people, and checked since name, licence or contact was written.
    /// An account that was closed or is no clinician's any more could never answer.
    /// </summary>
    public static IQueryable<Clinician> Choosable(this PeerSupportContext db)
    {
        var signingIn = db.ActiveAs(Role.Clinician);
        return db.Clinicians.AsNoTracking().Where(c => c.Active && c.Accepting && c.LastVerified > Verification.Never
            && (c.PersonId == null || signingIn.Any(person => person.Id == c.PersonId)));
    }

    public static IQueryable<Clinician> Matching(this IQueryable<Clinician> clinicians, ClinicianFilter filter)
    {
        if (!string.IsNullOrWhiteSpace(filter.Words))
        {
            var pattern = $"%{Literal(filter.Words.Trim())}%";
            clinicians = clinicians.Where(c => EF.Functions.ILike(c.Name, pattern, "\\") || EF.Functions.ILike(c.Licence, pattern, "\\"));
        }

        if (filter.Speciality is { } speciality)
            clinicians = clinicians.Where(c => c.Specialities.Contains(speciality));
        if (filter.Language is { } language)
            clinicians = clinicians.Where(c => c.Languages.Contains(language));
        if (filter.AtMost is { } distance)
            clinicians = clinicians.Where(c => c.Distance <= distance);
        if (filter.Telehealth)
            clinicians = clinicians.Where(c => c.Telehealth);
        return filter.Outside switch
        {
            true => clinicians.Where(c => c.AgencyId == null),
            false => clinicians.Where(c => c.AgencyId != null),
            null => clinicians,
        };
    }

    /// <summary>Most officers prefer a therapist outside the department; after that by name.</summary>
    public static IQueryable<Clinician> OutsideFirst(this IQueryable<Clinician> clinicians) =>
        clinicians.OrderBy(c => c.AgencyId != null).ThenBy(c => c.Name).ThenBy(c => c.Id);

    public static async Task<IReadOnlyList<DirectoryEntry>> EntriesAsync(this PeerSupportContext db, List<Clinician> rows, DateOnly today, CancellationToken cancellationToken)
    {
        var agencies = await db.AgencyNamesAsync(rows, cancellationToken);
        var accounts = rows.Select(row => row.PersonId).OfType<Guid>().ToList();
        var names = await db.People.AsNoTracking().Where(person => accounts.Contains(person.Id)).ToDictionaryAsync(person => person.Id, person => person.DisplayName, cancellationToken);
        return
        [
            .. rows.Select(row => new DirectoryEntry(
                row.AsChoice(agencies, today), row.Phone, row.Email, row.AgencyId, row.PersonId,
                row.PersonId is { } account ? names.GetValueOrDefault(account) : null, row.Accepting, row.Active)),
        ];
    }

    public static Task<Dictionary<Guid, string>> AgencyNamesAsync(this PeerSupportContext db, List<Clinician> rows, CancellationToken cancellationToken)
    {
        var ids = rows.Select(row => row.AgencyId).OfType<Guid>().Distinct().ToList();
        return db.Agencies.AsNoTracking().Where(agency => ids.Contains(agency.Id)).ToDictionaryAsync(agency => agency.Id, agency => agency.Name, cancellationToken);
    }

    public static ClinicianChoice AsChoice(this Clinician row, Dictionary<Guid, string> agencies, DateOnly today) => new(
        row.Id, row.Name, row.Licence, row.IsOutside, row.AgencyId is { } agency ? agencies.GetValueOrDefault(agency) : null,
        row.Specialities, row.Languages, row.Distance, row.Telehealth, row.LastVerified, Verification.IsDue(row.LastVerified, today));

    /// <summary>What was typed, with no sign that the pattern would read.</summary>
    private static string Literal(string words) =>
        words.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
