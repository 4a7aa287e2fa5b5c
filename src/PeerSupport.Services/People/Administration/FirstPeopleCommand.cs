using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Npgsql;
using PeerSupport.Domain.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.People.Administration;

/// <summary>
/// "PeerSupport.Web first-people": the first people of an installation. Two administrators at least: each of them is the
/// second person for what the other asks for.
/// </summary>
public static class FirstPeopleCommand
{
    /// <summary>Its name on the command line.</summary>
    public const string Name = "first-people";
    private const string Usage = $"Use: {Name} --agency \"Name\" --administrator mail@example.org \"Name\" --administrator other@example.org \"Name\" [--time-zone America/Los_Angeles] [--language en|es]";

    /// <summary>Runs with the owner's login, as the migration does: nobody is there yet who could ask.</summary>
    /// <returns>The exit code: 0 when done, 1 when refused, 2 for wrong words.</returns>
    public static async Task<int> RunAsync(IConfiguration configuration, string[] arguments, TimeProvider clock, TextWriter output, CancellationToken cancellationToken)
    {
        if (Read(arguments) is not { } asked)
            return await SayAsync(output, 2, Usage);
        if (Problem(asked) is { } problem)
            return await SayAsync(output, 2, problem);
        if (configuration.GetConnectionString("PeerSupport") is not { } owner)
            return await SayAsync(output, 1, "ConnectionStrings:PeerSupport (the owner's login) is not set.");
        try
        {
            await using var source = NpgsqlDataSource.Create(owner);
            await using var db = DesignTimeContext.Create(source);
            if (!await AddAsync(db, asked, clock, cancellationToken))
                return await SayAsync(output, 1, "There are people already. Whoever administrates brings in the others on the page People.");
        }
        catch (Exception unreachable) when (unreachable is NpgsqlException || DatabaseFault.IsUnavailable(unreachable))
        {
            return await SayAsync(output, 1, "The database cannot be reached, or was not migrated.");
        }

        foreach (var (email, _) in asked.Administrators)
            await output.WriteLineAsync($"A letter to {email} waits. It goes out as soon as the app runs, and works for {Invitations.Lasts.Days} days from now.");
        return await SayAsync(output, 0, $"{asked.Agency} and {asked.Administrators.Count} administrators are there. Everybody else comes in on the page People.");
    }

    private static async Task<bool> AddAsync(PeerSupportContext db, Asked asked, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Two of these at the same moment: the second waits, and then finds people.
        await db.Database.ExecuteSqlAsync($"lock table people in exclusive mode", cancellationToken);
        if (await db.People.AnyAsync(cancellationToken))
            return false;
        var region = new Region { Id = Guid.NewGuid(), Name = asked.Agency };
        var agency = new Agency { Id = Guid.NewGuid(), RegionId = region.Id, Name = asked.Agency, TimeZone = asked.TimeZone };
        db.Regions.Add(region);
        db.Agencies.Add(agency);
        db.AlertPlans.Add(new AlertPlan { AgencyId = agency.Id });
        db.Disclaimers.Add(new DisclaimerVersion { AgencyId = agency.Id, Version = 1, Text = DisclaimerVersion.Standard, SpanishText = DisclaimerVersion.StandardSpanish, InUseSince = DateOnly.FromDateTime(now.UtcDateTime) });
        var people = asked.Administrators.Select(one => db.AddPerson(new PersonForm(one.Name, agency.Id, asked.Language, asked.TimeZone, ""), one.Email)).ToList();
        await db.SaveChangesAsync(cancellationToken);
        // Nobody binds the owner to the outbox's row security but the table itself; lifted for these letters only.
        await db.Database.ExecuteSqlAsync($"alter table messages no force row level security", cancellationToken);
        foreach (var person in people)
        {
            db.RoleGrants.Add(new RoleGrant { PersonId = person.Id, Role = Role.Administrator });
            await db.InviteAsync(person.Id, person.Id, now, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync($"alter table messages force row level security", cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private static string? Problem(Asked asked)
    {
        if (asked.Administrators.Count < 2)
            return "Name two administrators: each of them is the second person for what the other asks for.";
        if (!Written.IsName(asked.Agency))
            return "Give the agency a name of at most 200 characters.";
        if (!Written.IsTimeZone(asked.TimeZone))
            return $"There is no time zone {asked.TimeZone}.";
        if (asked.Language is not ("en" or "es"))
            return "The language is en or es.";
        if (asked.Administrators.Find(one => !Written.IsEmail(one.Email) || !Written.IsName(one.Name)) is { Email: { } email })
            return $"{email}: write a mail address and a name.";
        return asked.Administrators.DistinctBy(one => one.Email, StringComparer.OrdinalIgnoreCase).Count() < asked.Administrators.Count ? "Two administrators have the same mail address." : null;
    }

    private static Asked? Read(string[] arguments)
    {
        var asked = new Asked();
        for (var i = 0; i < arguments.Length;)
        {
            switch (arguments[i..])
            {
                case ["--agency", var agency, ..]:
                    (asked.Agency, i) = (agency, i + 2);
                    break;
                case ["--time-zone", var zone, ..]:
                    (asked.TimeZone, i) = (zone, i + 2);
                    break;
                case ["--language", var language, ..]:
                    (asked.Language, i) = (language, i + 2);
                    break;
                case ["--administrator", var email, var name, ..]:
                    asked.Administrators.Add((email, name));
                    i += 3;
                    break;
                default:
                    return null;
            }
        }

        return arguments.Length == 0 ? null : asked;
    }

    private static async Task<int> SayAsync(TextWriter output, int code, string sentence)
    {
        await output.WriteLineAsync(sentence);
        return code;
    }

    private sealed class Asked
    {
        public string Agency { get; set; } = "";
        public string TimeZone { get; set; } = "America/Los_Angeles";
        public string Language { get; set; } = "en";
        public List<(string Email, string Name)> Administrators { get; } = [];
    }
}
