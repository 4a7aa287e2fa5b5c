using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;
using Npgsql;
using PeerSupport.Domain.People;
using PeerSupport.Services;
using PeerSupport.Services.Cases;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;
using PeerSupport.Services.Sealing;

namespace PeerSupport.DevKit.Demonstration;

/// <summary>Fills an empty database with demonstration people and cases, through the product's own use cases.</summary>
public static class DemonstrationData
{
    /// <summary>Seeds a migrated database once; one that has accounts, or people who are not made up, is left alone.</summary>
    /// <param name="connections">The logins of the database.</param>
    /// <param name="keyDirectory">Where the app keeps its epoch keys: cases are sealed under them.</param>
    /// <param name="cancellationToken">Cancels it; what was not finished is made anew by the next call.</param>
    public static async Task SeedAsync(DatabaseConnections connections, string keyDirectory, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(connections.Owner);
        await using var context = DesignTimeContext.Create(source);
        var madeUp = DemonstrationPeople.All.Select(person => person.Id).ToList();
        if (await context.Users.AnyAsync(cancellationToken) || await context.People.AnyAsync(person => !madeUp.Contains(person.Id), cancellationToken))
            return;
        await SweepAsync(context, cancellationToken);
        await AddPeopleAsync(context, cancellationToken);
        await using var services = Services(connections, keyDirectory);
        services.GetRequiredService<IEpochKeyStore>().Ensure(DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).DayNumber);
        await DemonstrationHandOffs.AddCliniciansAsync(services, cancellationToken);
        await AddUsualCountsAsync(context, cancellationToken);
        await DemonstrationHandOffs.AddTracksAsync(services, cancellationToken);
        await PostCasesAsync(services, cancellationToken);
        await DemonstrationCounts.AddAsync(context, services, cancellationToken);
        // Last, and at once: what was interrupted before has nobody who could have signed in to it.
        await AddAccountsAsync(context, cancellationToken);
    }

    /// <summary>Away with what an interrupted seeding left. Everything of it hangs on a region, but for the counts.</summary>
    private static async Task SweepAsync(PeerSupportContext context, CancellationToken cancellationToken)
    {
        if (!await context.Regions.AnyAsync(cancellationToken))
            return;
        // Errands and messages hang on cases, so they go too: those that always stand are put back, due now.
        await context.Database.ExecuteSqlAsync(
            $"""
            truncate regions, posted_counts cascade;
            alter table errands no force row level security;
            insert into errands (id, kind, subject_id, step, due_at)
                select id, kind, id, 0, now() from (values
                    ('e0000000-0000-4000-8000-000000000005'::uuid, 5), ('e0000000-0000-4000-8000-000000000006'::uuid, 6), ('e0000000-0000-4000-8000-000000000009'::uuid, 9)) standing (id, kind);
            alter table errands force row level security;
            """, cancellationToken);
        // The two made-up years are counted in one transaction; once that is through, they are published from, not counted again.
        await context.Database.ExecuteSqlAsync($"delete from tallies where (select day from reporting_since) >= date_trunc('year', now())::date", cancellationToken);
    }

    private static async Task AddPeopleAsync(PeerSupportContext context, CancellationToken cancellationToken)
    {
        context.Regions.Add(new Region { Id = DemonstrationPeople.Region, Name = "Harlan Bay and Cedar County" });
        context.Agencies.AddRange(
            new Agency { Id = DemonstrationPeople.HarlanBay, RegionId = DemonstrationPeople.Region, Name = "Harlan Bay" },
            new Agency { Id = DemonstrationPeople.CedarCounty, RegionId = DemonstrationPeople.Region, Name = "Cedar County" });
        foreach (var agency in new[] { DemonstrationPeople.HarlanBay, DemonstrationPeople.CedarCounty })
            context.Disclaimers.Add(new DisclaimerVersion { AgencyId = agency, Version = 1, Text = DisclaimerVersion.Standard, SpanishText = DisclaimerVersion.StandardSpanish, InUseSince = new DateOnly(2026, 5, 1) });
        DemonstrationUnits.AddUnits(context);
        foreach (var person in DemonstrationPeople.All)
            Add(context, person);
        await context.SaveChangesAsync(cancellationToken);
    }

    private static void Add(PeerSupportContext context, DemonstrationPerson person)
    {
        context.People.Add(new Person { Id = person.Id, AgencyId = person.AgencyId, DisplayName = person.DisplayName, Language = person.Language, TimeZone = "America/Los_Angeles", Phone = person.Phone });
        context.RoleGrants.Add(new RoleGrant { PersonId = person.Id, Role = person.Role });
        if (person.Role == Role.Peer)
            DemonstrationUnits.AddPeer(context, person);
    }

    private static async Task AddAccountsAsync(PeerSupportContext context, CancellationToken cancellationToken)
    {
        // Hashed once, as the app would: they share the password, and nobody's is made stronger at the first sign-in.
        var hashing = new PasswordHasherOptions();
        IdentitySetup.Hashing(hashing);
        var hash = new PasswordHasher<Account>(Options.Create(hashing)).HashPassword(new Account(), DemonstrationPeople.Password);
        context.Users.AddRange(DemonstrationPeople.All.Select(person => new Account
        {
            Id = person.Id,
            UserName = person.Email,
            NormalizedUserName = person.Email.ToUpperInvariant(),
            Email = person.Email,
            NormalizedEmail = person.Email.ToUpperInvariant(),
            EmailConfirmed = true,
            LockoutEnabled = true,
            SecurityStamp = Guid.NewGuid().ToString("N"),
            PasswordHash = hash,
        }));
        await context.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Some types are common here and some rare, so that the posting form's warning can be seen both ways.</summary>
    private static async Task AddUsualCountsAsync(PeerSupportContext context, CancellationToken cancellationToken)
    {
        int[] common = [101, 103, 104, 201, 301, 401, 402, 501, 601, 702, 801, 802, 803];
        foreach (var type in common)
            await context.Database.ExecuteSqlAsync(
                $"insert into posted_counts (region_id, situation_type_id, month, count) values ({DemonstrationPeople.Region}, {type}, date_trunc('month', now())::date, 6) on conflict do nothing",
                cancellationToken);
    }

    private static async Task PostCasesAsync(ServiceProvider services, CancellationToken cancellationToken)
    {
        var post = services.GetRequiredService<PostCase>();
        var clock = services.GetRequiredService<DemonstrationClock>();
        foreach (var (login, minutesAgo, form) in DemonstrationCases.All)
        {
            clock.Ago = TimeSpan.FromMinutes(minutesAgo);
            var outcome = await post.PostAsync(ActorFor(login), form, cancellationToken);
            if (outcome.Value.Posted is null)
                throw new InvalidOperationException("A demonstration case could not be posted: " + string.Join("; ", outcome.Value.Problems.Select(p => p.Sentence)));
        }

        clock.Ago = TimeSpan.Zero;
    }

    /// <summary>The product's services on this database, as the app wires them.</summary>
    internal static ServiceProvider Services(DatabaseConnections connections, string keyDirectory)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ConnectionStrings:Accounts"] = connections.Accounts,
            ["ConnectionStrings:Board"] = connections.Board,
            ["ConnectionStrings:Reveal"] = connections.Reveal,
            ["ConnectionStrings:Jobs"] = connections.Jobs,
            ["ConnectionStrings:Tracks"] = connections.Tracks,
            ["ConnectionStrings:Stats"] = connections.Stats,
            ["PeerSupport:KeyDirectory"] = keyDirectory,
            ["PeerSupport:PublicOrigin"] = "http://localhost",
        }).Build();
        var services = new ServiceCollection().AddLogging();
        services.AddPeerSupport(configuration, new HostingEnvironment { EnvironmentName = Environments.Development });
        services.AddSingleton<DemonstrationClock>().Replace(ServiceDescriptor.Singleton<TimeProvider>(provider => provider.GetRequiredService<DemonstrationClock>()));
        return services.BuildServiceProvider();
    }

    internal static Actor ActorFor(string login)
    {
        var person = DemonstrationPeople.All.Single(one => one.Login == login);
        return new Actor
        {
            PersonId = person.Id,
            SessionId = Guid.Empty,
            AgencyId = person.AgencyId,
            RegionId = DemonstrationPeople.Region,
            DisplayName = person.DisplayName,
            Language = person.Language,
            TimeZone = TimeZoneInfo.Utc,
            Roles = [person.Role],
            Strong = true,
        };
    }
}
