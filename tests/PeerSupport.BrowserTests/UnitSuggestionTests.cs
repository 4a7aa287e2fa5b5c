using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PeerSupport.BrowserTests;

/// <summary>The officer's unit suggests who stands too near: a list of the page, that no form carries.</summary>
public sealed class UnitSuggestionTests(BrowserFixture browser) : IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await browser.NobodyHoldsAnythingAsync();

    public async ValueTask DisposeAsync() =>
        await browser.App.SqlAsync("update peers set unit_id = (select id from units where name = 'Patrol South') where person_id = (select id from accounts where email = 'peer4@demo.test')");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_unit_keeps_its_own_peers_and_the_chain_of_command_away_and_says_why_and_whom_it_cannot_know(bool phone)
    {
        await browser.App.SqlAsync("update peers set unit_id = null where person_id = (select id from accounts where email = 'peer4@demo.test')");
        var psychologist = await browser.SignedInAsync("psychologist1", phone);
        await psychologist.GotoAsync("/cases/new");
        var sent = new List<string>();
        psychologist.Request += (_, request) => sent.Add($"{request.Url} {request.PostData}");
        var (unit, kept, said) = (psychologist.GetByLabel("Officer’s unit"), psychologist.Locator("[data-kept] li"), psychologist.Locator("[data-picked]"));

        await unit.SelectOptionAsync(new SelectOptionValue { Label = "Patrol North" });
        await Expect(kept).ToHaveCountAsync(3); // two of it, and one of Patrol above it; not Investigations, not the other agency
        await Expect(kept.Filter(new() { HasText = "same unit" })).ToHaveCountAsync(2);
        await Expect(kept.Filter(new() { HasText = "above in the chain of command" })).ToHaveCountAsync(1);
        await Expect(said).ToHaveTextAsync("3 peers do not get it. 1 peer of this agency has no unit recorded: pick by name whoever is too near.");

        await unit.SelectOptionAsync(new SelectOptionValue { Label = "Patrol" });
        await Expect(kept.Filter(new() { HasText = "below in the chain of command" })).ToHaveCountAsync(3); // North, and who is left of South
        await kept.Filter(new() { HasText = "same unit" }).GetByRole(AriaRole.Button).ClickAsync(); // the psychologist knows better
        await Expect(kept).ToHaveCountAsync(3);
        var away = await kept.Locator("input").EvaluateAllAsync<string[]>("boxes => boxes.map(box => box.value)");

        await psychologist.GetByLabel("Officer’s name").FillAsync("Somebody Somewhere");
        await psychologist.GetByLabel("How to reach them").FillAsync("206-555-0137");
        await psychologist.GetByLabel("Situation", new() { Exact = true }).SelectOptionAsync("103");
        await psychologist.GetByLabel("Tonight").CheckAsync();
        await psychologist.GetByRole(AriaRole.Button, new() { Name = "Post to peers" }).ClickAsync();
        await Expect(psychologist.GetByText("is posted")).ToBeVisibleAsync();

        var id = (Guid)(await browser.App.SqlAsync("select id from support_cases order by posted_at desc limit 1"))!;
        ((Guid[])(await browser.App.SqlAsync("select array_agg(peer_id order by peer_id) from recusals where case_id = $1", id))!).ShouldBe(away.Select(Guid.Parse), ignoreOrder: true);
        (await browser.App.SqlAsync("select count(*) from deliveries d join recusals r on r.case_id = d.case_id and r.peer_id = d.peer_id where d.case_id = $1", id)).ShouldBe(0L, "nor is anything sent to them");
        var unitIds = (Guid[])(await browser.App.SqlAsync("select array_agg(id) from units"))!;
        sent.ShouldNotBeEmpty();
        sent.ShouldAllBe(one => unitIds.All(known => !one.Contains(known.ToString(), StringComparison.OrdinalIgnoreCase)) && !one.Contains("Patrol", StringComparison.Ordinal), "the officer's unit leaves this screen");
    }
}
