using PeerSupport.Domain.Cases;

namespace PeerSupport.IntegrationTests.Reporting;

/// <summary>Cases that ended, without the trouble of posting them.</summary>
internal static class Closings
{
    /// <summary>Counts closings of one day through the function that counts real ones.</summary>
    public static Task GivenClosings(this TestApp app, int count, DateOnly day, CaseOutcome outcome = CaseOutcome.Supported, string category = "1") =>
        app.Owner("select count(tally_case($1, $3, $4, 'under-15m', $5, 'one')) from generate_series(1, $2)", day, count, category, outcome.ToString(), TestPeople.Agency.ToString());

    /// <summary>Since when the installation counts; and the publishing job, which a real clock made due, is due by the test's.</summary>
    public static async Task GivenCountingSince(this TestApp app, DateOnly day)
    {
        await app.Owner("update reporting_since set day = $1", day);
        await app.Superuser("delete from errands where kind <> 6");
        await app.Superuser("update errands set due_at = $1", new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));
    }

    public static async Task<long> Count(this TestApp app, string table, string where = "true") =>
        (long)(await app.Superuser($"select count(*) from {table} where {where}"))!;
}
