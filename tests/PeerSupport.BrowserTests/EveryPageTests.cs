using System.Reflection;
using Deque.AxeCore.Playwright;
using Microsoft.AspNetCore.Components;
using Microsoft.Playwright;
using PeerSupport.DevKit;

namespace PeerSupport.BrowserTests;

/// <summary>Every page there is, found by reflection, as each of its readers, light and dark: it answers, fits, axe finds nothing, and nothing runs inline.</summary>
public sealed partial class EveryPageTests(BrowserFixture browser) : IAsyncLifetime
{
    private static readonly string[] Logins = ["psychologist1", "peer1", "clinician1", "coordinator1", "admin1"];

    /// <summary>Who also looks at what is the same for everybody.</summary>
    private const string ForEverybody = "peer1";

    private Guid held;

    public async ValueTask InitializeAsync()
    {
        await browser.NobodyHoldsAnythingAsync();
        held = await browser.App.GivenHeldCaseAsync("peer1");
        await browser.App.SqlAsync(
            """
            insert into settings_log (id, at, actor_id, kind, subject, before, after)
            select ('e0000000-0000-4000-8000-00000000000' || kind)::uuid, now(), (select id from accounts where email = 'admin1@demo.test'), kind, subject, before, after
            from (values (5, repeat('County-line-', 8), null, 'Label: ' || repeat('County-line-', 8) || E'\nTel: 5550100\nEnglish: call, day and night\nSpanish: llamada, de día y de noche\nPosition: 1\nLastVerified: '),
                         (7, E'Night work\nTrabajo nocturno', E'English: Night work', E'English: Night shifts')) given (kind, subject, before, after)
            on conflict do nothing
            """);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public static TheoryData<string, bool> LoginsAndThemes() => [.. from login in Logins from dark in new[] { false, true } select (login, dark)];

    /// <summary>Who is shown each page. A page that answers "not found" to everybody would be no page that was looked at.</summary>
    private static readonly Dictionary<string, string[]> Readers = new(StringComparer.Ordinal)
    {
        ["/notices"] = ["peer1"],
        ["/notices/{Id:guid}"] = ["peer1"],
        ["/my-case"] = ["peer1"],
        ["/my-case/{Id:guid}"] = ["peer1"],
        ["/my-case/{Id:guid}/hand-back"] = ["peer1"],
        ["/my-case/{Id:guid}/close"] = ["peer1"],
        ["/me"] = ["peer1"],
        ["/me/phone"] = ["peer1"], // leads back to the page without a gateway
        ["/me/practice"] = ["peer1"],
        ["/afterwards"] = ["peer1"],
        ["/cases"] = ["psychologist1"],
        ["/cases/{Id:guid}"] = ["psychologist1"],
        ["/cases/new"] = ["psychologist1"],
        ["/cases/draft/open"] = ["psychologist1"],
        ["/cases/{Id:guid}/withdraw"] = ["psychologist1"],
        ["/reveal"] = [], // only ever the answer to a form: see PostedPageTests
        ["/operations"] = ["admin1"],
        ["/people"] = ["admin1"],
        ["/people/new"] = ["admin1"],
        ["/people/import"] = ["admin1"],
        ["/people/{Id:guid}"] = ["admin1"],
        ["/agencies"] = ["admin1"],
        ["/agencies/new"] = ["admin1"],
        ["/agencies/{Id:guid}"] = ["admin1"],
        ["/settings"] = ["admin1"],
        ["/settings/texts"] = ["admin1"],
        ["/settings/crisis-lines"] = ["admin1"],
        ["/settings/situations"] = ["admin1"],
        ["/settings/history"] = ["admin1"],
        ["/operations/channels"] = ["admin1"],
        ["/operations/work"] = ["admin1"],
        ["/approvals"] = ["psychologist1", "admin1"],
        ["/report"] = ["coordinator1"],
        ["/report/calendar"] = ["admin1"],
        ["/hand-on/{Id:guid}"] = ["peer1", "psychologist1"],
        ["/hand-on/{Id:guid}/consent"] = ["peer1", "psychologist1"],
        ["/hand-on/{Id:guid}/danger"] = ["peer1", "psychologist1"],
        ["/on-call"] = ["psychologist1"],
        ["/clinicians"] = ["psychologist1", "admin1"],
        ["/clinicians/new"] = ["psychologist1", "admin1"],
        ["/clinicians/{Id:guid}"] = ["psychologist1", "admin1"],
        ["/handed/{Token}"] = Logins,
        ["/my-referral"] = Logins,
        ["/tracks"] = ["psychologist1", "clinician1"],
        ["/tracks/{Id:guid}"] = ["psychologist1", "clinician1"],
        ["/tracks/{Id:guid}/referral"] = ["clinician1"],
        ["/tracks/{Id:guid}/officer-copy"] = ["psychologist1", "clinician1"],
        ["/tracks/{Id:guid}/refer"] = ["psychologist1"],
        ["/tracks/{Id:guid}/transfer"] = ["clinician1"],
        ["/tracks/retention"] = ["psychologist1"],
    };

    [Fact]
    public void Every_page_has_readers_here() =>
        Routes("PeerSupport.Web.Features").Order(StringComparer.Ordinal).ShouldBe(Readers.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(LoginsAndThemes))]
    public async Task S30_Every_page_is_really_shown_to_its_readers_fits_axe_finds_nothing_and_nothing_foreign_or_inline_may_run(string login, bool dark)
    {
        var page = await browser.SignedInAsync(login, phone: dark, dark: dark);
        var refused = new List<string>();
        page.Console += (_, line) =>
        {
            if (line.Text.Contains("Content Security Policy", StringComparison.Ordinal))
                refused.Add(line.Text);
        };
        var (width, height) = (page.ViewportSize!.Width, page.ViewportSize.Height);
        foreach (var (address, shown) in await AddressesAsync(login))
        {
            var answer = (await page.GotoAsync(address))!;
            answer.Status.ShouldBeInRange(200, shown ? 200 : 499, $"{login} {address}");
            await NothingForeignRunsAsync(page, answer, $"{login} {address}");
            refused.ShouldBeEmpty($"{login} {address}");
            await page.IsSoundAsync($"{login} {address}");
            if (!dark)
            {
                await page.SetViewportSizeAsync(320, 700);
                await page.FitsAsync($"{login} {address}");
                await page.SetViewportSizeAsync(width, height);
            }

            refused.Clear(); // what the checks themselves tried
        }

        await page.Context.CloseAsync();
    }

    private static async Task NothingForeignRunsAsync(IPage page, IResponse answer, string where)
    {
        var policy = await answer.HeaderValueAsync("content-security-policy");
        policy.ShouldNotBeNull(where);
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldContain("script-src 'self';");
        (await page.Locator("script:not([src])").CountAsync()).ShouldBe(0, where);
        (await page.Locator("[onclick],[onload],[onsubmit],[onerror]").CountAsync()).ShouldBe(0, where);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Axe_finds_nothing_where_nobody_is_signed_in(bool dark)
    {
        var page = await browser.OpenAsync(dark: dark);
        await page.GotoAsync("/sign-in");
        (await page.RunAxe()).Violations.Select(violation => violation.Id).ShouldBeEmpty();
        await page.Context.CloseAsync();
    }

    private static List<string> Routes(string under) =>
    [
        .. from type in typeof(global::PeerSupport.Web.Hosting.SecurityHeaders).Assembly.GetTypes()
           where type.Namespace?.StartsWith(under, StringComparison.Ordinal) == true
           from route in type.GetCustomAttributes<RouteAttribute>()
           select route.Template,
    ];

    /// <summary>
    /// What this person is shown; and for one of them what is the same for everybody: the pages of one's own account, those that
    /// need none, and one that is not there, which is what anybody else's pages look like (AuthorizationTests asks for each).
    /// </summary>
    private async Task<List<(string Address, bool Shown)>> AddressesAsync(string login)
    {
        var features = Routes("PeerSupport.Web.Features");
        var shown = await AddressesAsync(features.Where(route => Readers[route].Contains(login, StringComparer.Ordinal)));
        if (login != ForEverybody)
            return [.. shown.Select(address => (address, true))];
        var others = await AddressesAsync(Routes("PeerSupport.Web").Except(features, StringComparer.Ordinal));
        return [.. shown.Select(address => (address, true)), .. others.Append("/there/is/nothing").Select(address => (address, false))];
    }

    /// <summary>The pages with something to show on each: a held case, an open one, a track that waits for its clinician and one in care.</summary>
    private async Task<List<string>> AddressesAsync(IEnumerable<string> routes)
    {
        var open = await browser.App.SqlAsync("select id from support_cases where status = 1 and psychologist_id = (select id from accounts where email = 'psychologist1@demo.test') limit 1");
        var clinician = await browser.App.SqlAsync("select id from clinicians limit 1");
        var person = await browser.App.SqlAsync("select id from accounts where email = 'peer12@demo.test'");
        var agency = await browser.App.SqlAsync("select id from agencies limit 1");
        var (referred, inCare) = (await TrackAsync(2) ?? await browser.App.GivenTrackAsync(), await TrackAsync(6));
        inCare.ShouldNotBeNull("the demonstration has one in care");
        open.ShouldNotBeNull("the demonstration has one that waits for a peer");
        return [.. routes.SelectMany(route => Subjects(route).Select(subject =>
            route.Replace("{Id:guid}", $"{subject}", StringComparison.Ordinal).Replace("{Token}", "made-up", StringComparison.Ordinal)))];

        object?[] Subjects(string route) =>
            !route.Contains("{Id:guid}", StringComparison.Ordinal) ? [null]
            : route.StartsWith("/my-case", StringComparison.Ordinal) || route.StartsWith("/hand-on", StringComparison.Ordinal) ? [held]
            : route.StartsWith("/clinicians", StringComparison.Ordinal) ? [clinician]
            : route.StartsWith("/people", StringComparison.Ordinal) ? [person]
            : route.StartsWith("/agencies", StringComparison.Ordinal) ? [agency]
            : !route.StartsWith("/tracks", StringComparison.Ordinal) ? [open]
            : route.EndsWith("/refer", StringComparison.Ordinal) ? [referred]
            : route.EndsWith("/transfer", StringComparison.Ordinal) ? [inCare]
            : [referred, inCare];
    }

    /// <summary>A track of psychologist1 with clinician1.</summary>
    private Task<object?> TrackAsync(int state) => browser.App.SqlAsync(
        """
        select t.id from formal_tracks t join clinicians c on c.id = t.clinician_id join accounts a on a.id = c.person_id join accounts s on s.id = t.steward_id
        where a.email = 'clinician1@demo.test' and s.email = 'psychologist1@demo.test' and t.state = $1 order by t.opened_at limit 1
        """, state);
}
