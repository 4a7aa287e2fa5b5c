using System.Globalization;
using Npgsql;
using PeerSupport.DevKit;

namespace PeerSupport.Benchmarks;

/// <summary>
/// The coordinator's page, whole, over HTTP, beside what a statistics screen with raw rows would do: a group-by for each
/// measure over as many case rows as were counted. The counts go out through the real publishing job.
/// </summary>
internal static class ReportSpeed
{
    private const int Rounds = 5;

    public static async Task<int> RunAsync(int cases)
    {
        await using var postgres = await PostgresForTests.AcquireAsync(CancellationToken.None);
        await using var app = await RunningApp.StartAsync(postgres);
        Console.WriteLine($"Making {cases.ToString("N0", CultureInfo.InvariantCulture)} case rows of 2022 and 2023.");
        await ExecuteAsync(app,
            $"""
            create unlogged table raw_cases as
            select date '2022-01-01' + (random() * 729)::int as closed_on, (1 + random() * 9)::int::text as category,
                   (array['Supported','OtherHelp','Declined','NotReached','Withdrawn','HandedOn'])[1 + (random() * 5)::int] as outcome,
                   (array['under-15m','under-1h','later','never'])[1 + (random() * 3)::int] as waited,
                   a.id::text as agency, (array['none','one','two','three-or-more'])[1 + (random() * 3)::int] as contacts
            from generate_series(1, {cases}) n join lateral (select id from agencies order by (n * 0 + random()) limit 1) a on true
            """);
        await ExecuteAsync(app, "vacuum analyze raw_cases");
        await PublishAsync(app);

        using var coordinator = await app.SignedInAsync("coordinator1");
        List<double> page = [], raw = [];
        for (var round = 0; round <= Rounds; round++)
        {
            var ours = await Timing.MillisecondsAsync(async () => (await coordinator.GetAsync("/report?year=2023&part=q2")).Text.Length.ToString(CultureInfo.InvariantCulture));
            var theirs = await Timing.MillisecondsAsync(() => RawReportAsync(app));
            if (round == 0)
                continue; // both warm up once
            page.Add(ours);
            raw.Add(theirs);
        }

        Console.WriteLine($"report page {Timing.Median(page):0.0} ms, five group-bys over the rows of one quarter and the two it is compared with {Timing.Median(raw):0.0} ms: {Timing.Median(raw) / Timing.Median(page):0} times as fast");
        return Timing.Median(raw) / Timing.Median(page) >= 100 ? 0 : 1;
    }

    /// <summary>The rows that a call of tally_case for each case would leave, and the job that publishes them.</summary>
    private static async Task PublishAsync(RunningApp app)
    {
        await ExecuteAsync(app,
            """
            insert into tallies (measure, period_kind, period_start, cell, count)
            select m.measure, 2, date_trunc('quarter', closed_on::timestamp)::date, m.cell, count(*)
            from raw_cases, lateral (values (1, category), (2, outcome), (3, waited), (4, agency), (5, contacts)) m (measure, cell)
            group by 1, 3, 4;
            update reporting_since set day = '2022-01-01';
            update errands set due_at = now() where kind = 6
            """);
        while ((long)(await app.SqlAsync("select count(*) from releases where period_start < '2024-01-01'"))! < 40)
            await Task.Delay(200);
    }

    private static async Task RawReportAsync(RunningApp app)
    {
        foreach (var column in new[] { "category", "outcome", "waited", "agency", "contacts" })
            await ExecuteAsync(app, $"select {column}, date_trunc('quarter', closed_on::timestamp), count(*) from raw_cases where date_trunc('quarter', closed_on::timestamp) in ('2023-04-01', '2023-01-01', '2022-04-01') group by 1, 2");
    }

    private static async Task ExecuteAsync(RunningApp app, string sql)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(app.Postgres.AdminConnectionString(app.Database)) { CommandTimeout = 0 }.ConnectionString);
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            // Every row is fetched, as a page would.
        }
    }
}
