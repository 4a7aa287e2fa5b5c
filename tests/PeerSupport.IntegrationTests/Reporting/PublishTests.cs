using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PeerSupport.Domain.Reporting;
using PeerSupport.Services.Notices;
using PeerSupport.Services.Reporting;

namespace PeerSupport.IntegrationTests.Reporting;

/// <summary>The job that publishes: at its time, once, whatever dies in the middle.</summary>
public sealed class PublishTests(TestServer server) : IAsyncLifetime
{
    private static readonly DateOnly InTheThirdQuarter = new(2026, 8, 14);
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync(server);
        await app.GivenCountingSince(new DateOnly(2026, 7, 1));
        await app.GivenClosings(40, InTheThirdQuarter);
        await app.GivenClosings(3, new DateOnly(2026, 10, 20));
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Nothing_goes_out_before_thirty_days_after_the_end_and_then_all_of_it()
    {
        await app.GivenCountingSince(new DateOnly(2026, 10, 1));
        app.Clock.SetUtcNow(new DateTimeOffset(2027, 1, 30, 23, 0, 0, TimeSpan.Zero)); // the quarter ended on 31 December
        await app.Get<Errands>().RunDueAsync(Token);
        (await app.Count("releases")).ShouldBe(0);

        app.Clock.SetUtcNow(new DateTimeOffset(2027, 1, 31, 9, 30, 0, TimeSpan.Zero));
        await app.Get<Errands>().RunDueAsync(Token);
        (await app.Superuser("select string_agg(measure || ' ' || period_start, ', ' order by measure) from releases"))
            .ShouldBe("1 2026-10-01, 2 2026-10-01, 3 2026-10-01, 4 2026-10-01, 5 2026-10-01");
        // Every line there is, counted or not; and the raw counts of this period are gone, those of others not.
        (await app.Count("published_bands", "measure = 1")).ShouldBe(await app.Count("situation_categories"));
        (await app.Count("published_bands", "measure = 4")).ShouldBe(await app.Count("agencies"));
        (await app.Superuser("select string_agg(distinct period_start::text, ',') from tallies")).ShouldBe("2026-07-01");
    }

    [Fact]
    public async Task Only_bands_go_out_and_the_truth_is_where_noise_leaves_it()
    {
        await Publish();
        (await app.Count("published_bands", "lower is not null and upper - lower not in (4, 9)")).ShouldBe(0);
        var lower = (int)(await app.Superuser("select lower from published_bands where measure = 2 and cell = 'Supported'"))!;
        lower.ShouldBeInRange(20, 60, "40 closings, and noise that leaves ± 15 once in three million years");
        (await app.Superuser("select epsilon_thousandths || ' ' || threshold || ' ' || band_width from releases where measure = 2")).ShouldBe("1000 10 5");
    }

    [Fact]
    public async Task S57_Publishing_again_and_changing_what_is_out_are_refused_to_everybody()
    {
        await Publish();
        string[] changes =
        [
            "update published_bands set lower = 0, upper = 9", "delete from published_bands", "truncate published_bands", "truncate releases cascade",
            "update releases set released_on = '2026-01-01'", "delete from releases",
        ];
        foreach (var change in changes)
        {
            (await Should.ThrowAsync<PostgresException>(() => app.Superuser(change))).SqlState.ShouldBe("PS001", change);
            foreach (var login in new[] { app.Connections.Jobs, app.Connections.Stats, app.Connections.Board, app.Connections.Accounts })
                (await Should.ThrowAsync<PostgresException>(() => TestApp.Run(login, change))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege, change);
        }

        (await Should.ThrowAsync<PostgresException>(() => app.Superuser("insert into releases select * from releases"))).SqlState.ShouldBe(PostgresErrorCodes.UniqueViolation);
        var before = await app.Superuser("select md5(string_agg(b::text, ';' order by measure, place)) from published_bands b");
        await app.GivenClosings(25, InTheThirdQuarter); // a closing that comes far too late
        app.Clock.Advance(TimeSpan.FromDays(3));
        await app.Get<Errands>().RunDueAsync(Token);
        (await app.Superuser("select md5(string_agg(b::text, ';' order by measure, place)) from published_bands b")).ShouldBe(before);
    }

    [Fact]
    public async Task Two_nodes_at_once_publish_each_table_once()
    {
        await using var second = TestApp.Build(app.Connections, app.KeyDirectory, app.Clock);
        await Task.WhenAll(app.Get<Errands>().RunDueAsync(Token), second.GetRequiredService<Errands>().RunDueAsync(Token), app.Get<Errands>().RunDueAsync(Token));
        await app.Get<Errands>().RunDueAsync(Token);
        (await app.Count("releases")).ShouldBe(5);
        (await app.Count("published_bands", "measure = 5")).ShouldBe(4);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cut_at_any_step_a_table_is_out_and_its_counts_gone_or_neither(bool delivered)
    {
        var jobs = new NpgsqlConnectionStringBuilder(app.Connections.Jobs);
        await using var proxy = new CuttingProxy(jobs.Host!, jobs.Port);
        var through = app.Connections with { Jobs = new NpgsqlConnectionStringBuilder(app.Connections.Jobs) { Host = "127.0.0.1", Port = proxy.Port }.ConnectionString };
        var (cut, between) = (true, 0);
        for (var step = 1; cut; step += 2)
        {
            step.ShouldBeLessThan(400, "publishing five tables does not say so much");
            await using var node = TestApp.Build(through, app.KeyDirectory, app.Clock);
            proxy.Arm(step, delivered);
            try
            {
                await node.GetRequiredService<Errands>().RunDueAsync(Token);
            }
            catch (Exception lost) when (lost is NpgsqlException or InvalidOperationException or Microsoft.EntityFrameworkCore.DbUpdateException or IOException)
            {
                between++;
            }

            cut = proxy.HasCut;
            proxy.Arm(int.MaxValue, delivered: false);
            await WholeAsync();
            app.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        between.ShouldBeGreaterThan(0, "some rounds were cut");
        await app.Get<Errands>().RunDueAsync(Token);
        (await app.Count("releases")).ShouldBe(5);
        await WholeAsync();
    }

    /// <summary>Each table is out, with every line, and its counts are gone; or nothing of it is out and all its counts are there.</summary>
    private async Task WholeAsync()
    {
        foreach (var measure in Enum.GetValues<Measure>().Select(measure => (int)measure))
        {
            var isOut = await app.Count("releases", $"measure = {measure}") == 1;
            (await app.Count("published_bands", $"measure = {measure}") > 0).ShouldBe(isOut);
            (await app.Superuser($"select coalesce(sum(count), 0) from tallies where measure = {measure} and period_start = '2026-07-01'")).ShouldBe(isOut ? 0L : 40L);
        }
    }

    private async Task Publish()
    {
        await app.Get<Errands>().RunDueAsync(Token);
        (await app.Count("releases")).ShouldBe(5);
    }
}
