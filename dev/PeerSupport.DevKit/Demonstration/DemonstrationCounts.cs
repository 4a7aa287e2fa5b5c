using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.Reporting;
using PeerSupport.Services.Notices;
using PeerSupport.Services.Persistence;
using PeerSupport.Services.Reporting;

namespace PeerSupport.DevKit.Demonstration;

/// <summary>Two years of made-up closings, counted by the function that counts real ones and published by the job that publishes them.</summary>
internal static class DemonstrationCounts
{
    private const int Years = 2;

    /// <summary>Weights of categories (in the order of the catalogue), outcomes, waits in minutes and contacts: what a programme of this size might see.</summary>
    private static readonly int[] Categories = [26, 9, 11, 16, 6, 7, 9, 18, 3, 2];
    private static readonly (CaseOutcome Outcome, int Weight)[] Outcomes =
        [(CaseOutcome.Supported, 58), (CaseOutcome.OtherHelp, 13), (CaseOutcome.HandedOn, 14), (CaseOutcome.Declined, 6), (CaseOutcome.NotReached, 5), (CaseOutcome.Withdrawn, 4)];
    private static readonly int[] Waits = [4, 7, 9, 12, 14, 20, 35, 50, 95, 240];
    private static readonly int[] ContactCounts = [1, 1, 1, 2, 2, 2, 2, 3, 3, 4];

    /// <summary>Counts, once, and publishes.</summary>
    public static async Task AddAsync(PeerSupportContext owner, ServiceProvider services, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var since = new DateOnly(today.Year - Years, 1, 1);
        if (await owner.ReportingSince.AnyAsync(one => one.Day <= since, cancellationToken))
            return;
        // The same made-up past on every installation; only the noise is drawn anew.
        var dice = new Random(1912);
        await using (var transaction = await owner.Database.BeginTransactionAsync(cancellationToken))
        {
            await owner.Database.ExecuteSqlAsync($"update reporting_since set day = {since}", cancellationToken);
            for (var day = since; day < today; day = day.AddDays(1))
                for (var closed = HowMany(day, dice); closed > 0; closed--)
                    await owner.CountAsync(Closed(dice), day, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        await services.GetRequiredService<Errands>().RunDueAsync(cancellationToken);
    }

    /// <summary>About 1.1 a day, more in winter and more every year.</summary>
    private static int HowMany(DateOnly day, Random dice)
    {
        var expected = 1.0 + (day.Month is 11 or 12 or 1 ? 0.35 : 0) + (0.12 * (day.Year % 3));
        return (dice.NextDouble() < expected / 3 ? 1 : 0) + (dice.NextDouble() < expected / 3 ? 1 : 0) + (dice.NextDouble() < expected / 3 ? 1 : 0);
    }

    private static ClosedCase Closed(Random dice)
    {
        var outcome = Outcomes[Pick(dice, [.. Outcomes.Select(one => one.Weight)])].Outcome;
        var withdrawn = outcome == CaseOutcome.Withdrawn;
        return new ClosedCase(
            Pick(dice, Categories) + 1,
            outcome,
            withdrawn ? null : TimeSpan.FromMinutes(Waits[dice.Next(Waits.Length)]),
            dice.Next(100) < 66 ? DemonstrationPeople.HarlanBay : DemonstrationPeople.CedarCounty,
            withdrawn || outcome == CaseOutcome.NotReached ? 0 : ContactCounts[dice.Next(ContactCounts.Length)]);
    }

    private static int Pick(Random dice, int[] weights)
    {
        var left = dice.Next(weights.Sum());
        var index = 0;
        while ((left -= weights[index]) >= 0)
            index++;
        return index;
    }
}
