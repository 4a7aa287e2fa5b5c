using PeerSupport.Domain.Cases;
using PeerSupport.IntegrationTests.Escalation;
using PeerSupport.Services.Cases;
using PeerSupport.Services.Escalation;

namespace PeerSupport.IntegrationTests.Reporting;

/// <summary>What stays of a case: one more in one cell of each measure, exactly if it burned.</summary>
public sealed class TallyTests(TestServer server) : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;

    public async ValueTask InitializeAsync() => app = await TestApp.StartAsync(server);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Closing_withdrawing_and_handing_on_each_land_in_one_cell_of_each_measure()
    {
        var closed = await app.GivenHeldCase("peer1");
        (await app.Get<CountContact>().CountAsync(await app.As("peer1"), closed, 0, Token)).Refusal.ShouldBeNull();
        (await app.Get<CloseCase>().CloseAsync(await app.As("peer1"), closed, CaseOutcome.OtherHelp, Token)).Refusal.ShouldBeNull();
        (await Cells()).ShouldBe("1:1=1 2:OtherHelp=1 3:under-15m=1 4:agency=1 5:one=1");

        (await app.Get<WithdrawCase>().WithdrawAsync(await app.As("okafor"), await app.GivenOpenCase(), Token)).Refusal.ShouldBeNull();
        (await Cells()).ShouldBe("1:1=2 2:OtherHelp=1 2:Withdrawn=1 3:never=1 3:under-15m=1 4:agency=2 5:none=1 5:one=1");

        var handed = await app.GivenHeldCase("peer2");
        (await app.Get<Escalate>().OpenAsync(await app.As("peer2"), handed, HandOffs.Form("abara"), Guid.NewGuid(), Token)).Value.Opened.ShouldNotBeNull();
        (await Cells()).ShouldBe("1:1=3 2:HandedOn=1 2:OtherHelp=1 2:Withdrawn=1 3:never=1 3:under-15m=2 4:agency=3 5:none=2 5:one=1");
    }

    [Fact]
    public async Task A_close_that_is_refused_counts_nothing_and_a_repeated_one_counts_once()
    {
        var id = await app.GivenHeldCase("peer1");
        (await app.Get<CloseCase>().CloseAsync(await app.As("peer2"), id, CaseOutcome.Supported, Token)).Refusal.ShouldNotBeNull();
        (await app.Count("tallies")).ShouldBe(0);
        var peer = await app.As("peer1");
        var tries = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => app.Get<CloseCase>().CloseAsync(peer, id, CaseOutcome.Supported, Token)));
        tries.Count(result => result.Succeeded).ShouldBe(1);
        (await app.Superuser("select sum(count) from tallies")).ShouldBe(5L);
    }

    [Fact]
    public async Task Closings_at_the_same_moment_are_all_counted_and_none_waits_in_a_circle()
    {
        var day = new DateOnly(2026, 11, 9);
        string[] categories = ["1", "2", "3"];
        await Task.WhenAll(Enumerable.Range(0, 60).Select(index => app.GivenClosings(5, day, (CaseOutcome)((index % 4) + 1), categories[index % 3])));
        (await app.Superuser("select string_agg(distinct sums::text, ',') from (select sum(count) sums from tallies group by measure) s")).ShouldBe("300");
    }

    [Fact]
    public async Task A_closing_counts_in_the_period_that_the_calendar_had_for_its_day()
    {
        await app.Superuser("insert into release_calendar (measure, effective_from, period_kind) values (2, '2027-01-01', 3)");
        await app.GivenClosings(1, new DateOnly(2026, 12, 31));
        await app.GivenClosings(1, new DateOnly(2027, 5, 3));
        (await app.Superuser("select string_agg(period_kind || ' ' || period_start, ', ' order by period_start) from tallies where measure = 2")).ShouldBe("2 2026-10-01, 3 2027-01-01");
        (await app.Superuser("select string_agg(period_kind || ' ' || period_start, ', ' order by period_start) from tallies where measure = 1")).ShouldBe("2 2026-10-01, 2 2027-04-01");
    }

    private async Task<string> Cells() =>
        ((string)(await app.Superuser("select string_agg(measure || ':' || cell || '=' || count, ' ' order by measure, cell) from tallies"))!).Replace(TestPeople.Agency.ToString(), "agency", StringComparison.Ordinal);
}
