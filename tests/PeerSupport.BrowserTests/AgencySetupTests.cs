using Microsoft.Playwright;

namespace PeerSupport.BrowserTests;

/// <summary>The steps of "Set up an agency with ten people in under ten minutes" in docs/operations.md, one after the other.</summary>
public sealed class AgencySetupTests(BrowserFixture browser)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_agency_with_ten_people_is_set_up_by_two_administrators(bool phone)
    {
        var mark = Guid.NewGuid().ToString("N")[..8];
        var began = TimeProvider.System.GetTimestamp();

        // 1. Agency
        var first = await browser.SignedInAsync("admin1", phone);
        await first.FollowAsync("Agencies");
        await first.GetByRole(AriaRole.Link, new() { Name = "Add an agency" }).ClickAsync();
        await first.GetByLabel("Name", new() { Exact = true }).FillAsync($"Mill Creek {mark}");
        await first.GetByLabel("Name of a new region").FillAsync($"Mill valley {mark}");
        await first.GetByRole(AriaRole.Button, new() { Name = "Add the agency" }).ClickAsync();
        await first.GetByText("Added. Add its units first, then bring its people in.").WaitForAsync();

        // Its units: the largest first, then those under it, each where the one before it was put
        await AddUnitAsync(first, "Patrol", null);
        await AddUnitAsync(first, "North", "Patrol");
        await AddUnitAsync(first, "South", null);
        (await browser.App.SqlAsync("select count(*) from units u join units p on p.id = u.parent_id where p.name = 'Patrol' and u.agency_id = (select id from agencies where name = $1)", $"Mill Creek {mark}")).ShouldBe(2L);
        await first.IsSoundAsync("the agency with its units");

        // 2. and 3. The list: ten rows pasted with a mistake in them, mended, brought in
        await first.GetByRole(AriaRole.Link, new() { Name = "Import a list" }).ClickAsync();
        await first.GetByLabel("Or paste the list here").FillAsync(List(mark).Replace("peer,en", "pear,en", StringComparison.Ordinal));
        await first.GetByRole(AriaRole.Button, new() { Name = "Check the list" }).ClickAsync();
        await first.GetByText("There is no role “pear”").First.WaitForAsync();
        (await first.GetByRole(AriaRole.Button, new() { Name = "Bring in" }).CountAsync()).ShouldBe(0);
        await first.GetByLabel("Change it here").FillAsync(List(mark).Replace(",North,", ",Nroth,", StringComparison.Ordinal).Replace("tags", "nickname", StringComparison.Ordinal));
        await first.GetByRole(AriaRole.Button, new() { Name = "Check again" }).ClickAsync();
        await first.GetByText($"Mill Creek {mark} has no unit “Nroth”").First.WaitForAsync();
        await first.GetByText("Columns that are not brought in: “nickname”").WaitForAsync();
        await first.GetByLabel("Change it here").FillAsync(List(mark));
        await first.GetByRole(AriaRole.Button, new() { Name = "Check again" }).ClickAsync();
        await first.IsSoundAsync("the checked list");
        await first.GetByRole(AriaRole.Button, new() { Name = "Bring in 10 people" }).ClickAsync();
        await first.GetByText("10 people were brought in").WaitForAsync();
        (await Letters(mark)).ShouldBe(0L);

        // 4. A second person; whoever imported cannot
        await first.FollowAsync("Approvals");
        (await first.GetByRole(AriaRole.Button, new() { Name = "Approve all 10" }).CountAsync()).ShouldBe(0);
        var second = await browser.SignedInAsync("admin2", phone);
        await second.FollowAsync("Approvals");
        await second.IsSoundAsync("what waits");
        await second.GetByRole(AriaRole.Button, new() { Name = "Approve all 10" }).ClickAsync();
        await second.GetByText("Approved. It holds from now on.").WaitForAsync();

        // 5. The letters are on their way, and nobody waited for a server
        (await Letters(mark)).ShouldBe(10L);
        (await browser.App.SqlAsync("select count(*) from role_grants g join accounts a on a.id = g.person_id where a.email like $1", $"%{mark}@test.example")).ShouldBe(10L);
        TimeProvider.System.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromMinutes(10));
        await first.Context.CloseAsync();
        await second.Context.CloseAsync();
    }

    /// <summary>Adds a unit under another, or, when none is named, wherever the last one was put.</summary>
    private static async Task AddUnitAsync(IPage page, string name, string? under)
    {
        await page.GetByLabel("New unit").FillAsync(name);
        if (under is not null)
            await page.Locator("#parent").SelectOptionAsync(new SelectOptionValue { Label = under });
        await page.GetByRole(AriaRole.Button, new() { Name = "Add the unit" }).ClickAsync();
        await page.Locator("summary").GetByText(name).WaitForAsync();
        await page.GetByText("The unit was added.").WaitForAsync();
    }

    private Task<object?> Letters(string mark) =>
        browser.App.SqlAsync("select count(*) from invitations i join accounts a on a.id = i.person_id where a.email like $1", $"%{mark}@test.example");

    private static string List(string mark) => "name,email,agency,unit,role,languages,tags,training date,trained until\n"
        + string.Join('\n', Enumerable.Range(1, 10).Select(i => $"Person {i},person{i}.{mark}@test.example,Mill Creek {mark},{(i == 1 ? ",psychologist,,," : "North,peer,en,,")}{(i == 1 ? "" : "2026-03-01")},{(i == 1 ? "" : "2028-03-01")}"));
}
