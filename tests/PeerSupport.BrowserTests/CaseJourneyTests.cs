using Microsoft.Playwright;
using PeerSupport.DevKit.Demonstration;
using static Microsoft.Playwright.Assertions;

namespace PeerSupport.BrowserTests;

/// <summary>A case from post to burn, as its people live it.</summary>
public sealed class CaseJourneyTests(BrowserFixture browser) : IAsyncLifetime
{
    private readonly string marker = $"Zyxmark {Guid.NewGuid():N}"[..20];

    public async ValueTask InitializeAsync() => await browser.NobodyHoldsAnythingAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task S26_A_case_goes_from_post_to_burn_and_no_frame_or_storage_ever_holds_the_officer()
    {
        var psychologist = await browser.SignedInAsync("psychologist1", phone: false);
        var peer = await browser.SignedInAsync("peer1");
        var frames = new List<string>();
        Listen(psychologist, frames);
        Listen(peer, frames);
        await peer.GotoAsync("/notices");
        await Live(peer);

        var handle = await PostByKeyboardAsync(psychologist);

        // It arrives on the peer's open board by itself, and in their mail.
        await peer.GetByRole(AriaRole.Link, new() { Name = handle }).ClickAsync();
        await browser.App.Mail.WaitForAsync(mail => mail.IsTo("peer1@demo.test") && mail.Subject == "PeerSupport", TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await peer.GetByRole(AriaRole.Button, new() { Name = "Accept" }).ClickAsync();
        await Expect(peer.GetByText("It’s yours, accepted")).ToBeVisibleAsync();
        await Expect(peer.GetByText(marker)).ToHaveCountAsync(0);

        await RevealAsync(peer);
        await Expect(peer.GetByRole(AriaRole.Heading, new() { Name = marker })).ToBeVisibleAsync();
        (await peer.TitleAsync()).ShouldNotContain(marker);
        peer.Url.ShouldNotContain(marker);
        (await StorageAsync(peer)).ShouldNotContain(marker);
        (await StorageAsync(psychologist)).ShouldNotContain(marker);

        await peer.GotoAsync("/my-case");
        await peer.GetByRole(AriaRole.Button, new() { Name = "Count a contact" }).ClickAsync();
        await Expect(peer.GetByText("1 contact")).ToBeVisibleAsync();
        await peer.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await peer.GetByRole(AriaRole.Radio).First.CheckAsync();
        await peer.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Expect(peer.GetByText("destroyed")).ToBeVisibleAsync();
        frames.ShouldNotBeEmpty("the boards were live");
        frames.ShouldAllBe(frame => !frame.Contains(marker, StringComparison.Ordinal));
        (await browser.App.SqlAsync("select count(*) from support_cases where holder_id is not null")).ShouldBe(0L);
    }

    [Fact]
    public async Task Everything_from_notice_to_close_works_without_scripts()
    {
        var psychologist = await browser.SignedInAsync("psychologist1", phone: false, scripts: false);
        await psychologist.GotoAsync("/cases/new");
        await psychologist.GetByLabel("Officer’s name").FillAsync(marker);
        await psychologist.GetByLabel("How to reach them").FillAsync("206-555-0137");
        await psychologist.GetByLabel("Situation", new() { Exact = true }).SelectOptionAsync("103");
        await psychologist.GetByLabel("Tonight").CheckAsync();
        await psychologist.GetByRole(AriaRole.Button, new() { Name = "Post to peers" }).ClickAsync();
        await Expect(psychologist.GetByText("is posted")).ToBeVisibleAsync();

        var peer = await browser.SignedInAsync("peer2", scripts: false);
        await peer.GotoAsync("/notices");
        await peer.GetByRole(AriaRole.Link, new() { Name = await NewestHandleAsync() }).ClickAsync();
        await peer.GetByRole(AriaRole.Button, new() { Name = "Accept" }).ClickAsync();
        await RevealAsync(peer);
        await Expect(peer.GetByRole(AriaRole.Heading, new() { Name = marker })).ToBeVisibleAsync();
        await peer.GotoAsync("/my-case");
        await peer.GetByRole(AriaRole.Button, new() { Name = "Hand back" }).ClickAsync();
        await peer.GetByRole(AriaRole.Button, new() { Name = "Hand back" }).ClickAsync();
        await Expect(peer).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/notices", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
        (await browser.App.SqlAsync("select count(*) from support_cases where holder_id is not null")).ShouldBe(0L);
    }

    [Fact]
    public async Task The_warning_about_a_rare_type_follows_the_lists_and_once_it_was_on_the_screen_nothing_comes_back()
    {
        await browser.App.SqlAsync("delete from posted_counts where situation_type_id = 102 or situation_type_id / 100 = 10");
        var psychologist = await browser.SignedInAsync("psychologist2", phone: false);
        await psychologist.GotoAsync("/cases/new");
        var (situation, warning) = (psychologist.GetByLabel("Situation", new() { Exact = true }), psychologist.Locator("[data-rare]"));
        await Expect(warning).ToBeHiddenAsync();
        await situation.SelectOptionAsync("102");
        await Expect(warning).ToContainTextAsync("This type is rare lately: none posted in three months.");
        await Expect(warning.GetByText("Its category is rare too.")).ToBeHiddenAsync();
        await warning.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(warning).ToBeHiddenAsync();
        await situation.SelectOptionAsync("1002");
        await Expect(warning).ToContainTextAsync("This category is rare lately: none posted in three months.");
        await Expect(warning.GetByText("Ask the officer if that is all right.")).ToBeVisibleAsync();

        await psychologist.GetByLabel("Officer’s name").FillAsync(marker);
        await psychologist.GetByLabel("How to reach them").FillAsync("206-555-0137");
        await psychologist.GetByLabel("Tonight").CheckAsync();
        await psychologist.GetByRole(AriaRole.Button, new() { Name = "Post to peers" }).ClickAsync();
        await Expect(psychologist.GetByText("is posted")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task S23_An_open_reveal_blanks_within_15_seconds_when_the_case_is_no_longer_held()
    {
        var peer = await RevealedAsync("peer3");
        var second = await peer.Context.NewPageAsync();
        await second.GotoAsync("/my-case");
        await second.GetByRole(AriaRole.Button, new() { Name = "Hand back" }).ClickAsync();
        await Expect(second).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/hand-back", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
        await Expect(peer.GetByRole(AriaRole.Heading, new() { Name = marker })).ToBeVisibleAsync(); // still held, so still shown
        await second.GetByRole(AriaRole.Button, new() { Name = "Hand back" }).ClickAsync();
        await Expect(peer.GetByText(marker)).ToHaveCountAsync(0, new() { Timeout = 15_000 });
        (await peer.ContentAsync()).ShouldNotContain(marker);
    }

    [Fact]
    public async Task A_reveal_hides_at_a_tap_and_when_the_phone_is_put_away()
    {
        var peer = await RevealedAsync("peer4");
        await peer.GetByRole(AriaRole.Button, new() { Name = "Hide now" }).Or(peer.GetByRole(AriaRole.Link, new() { Name = "Hide now" })).ClickAsync();
        await Expect(peer.GetByText("Hidden again")).ToBeVisibleAsync();
        (await peer.ContentAsync()).ShouldNotContain(marker);

        await peer.GotoAsync("/my-case");
        await RevealAsync(peer);
        await Expect(peer.GetByText(marker)).ToBeVisibleAsync();
        await peer.EvaluateAsync("() => { Object.defineProperty(document, 'visibilityState', { value: 'hidden' }); Object.defineProperty(document, 'hidden', { value: true }); document.dispatchEvent(new Event('visibilitychange')); }");
        await Expect(peer.GetByText(marker)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task S24_Back_after_signing_out_shows_nothing()
    {
        var peer = await RevealedAsync("peer5");
        await peer.GotoAsync("/account");
        await peer.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(peer.GetByRole(AriaRole.Heading, new() { Name = "Sign in", Exact = true })).ToBeVisibleAsync();
        for (var back = 0; back < 4; back++)
        {
            try
            {
                await peer.GoBackAsync();
            }
            catch (PlaywrightException kept) when (kept.Message.Contains("ERR_CACHE_MISS", StringComparison.Ordinal))
            {
                // The browser kept nothing of the reveal to go back to.
            }

            await Expect(peer.GetByText(marker)).ToHaveCountAsync(0);
            (await peer.ContentAsync()).ShouldNotContain(marker);
        }
    }

    [Fact]
    public async Task The_notice_with_its_accept_is_at_most_15_KB_on_the_wire()
    {
        // Spanish takes more room.
        await browser.App.SqlAsync("update people set language = 'es' where id = (select id from accounts where email = 'peer6@demo.test')");
        var peer = await browser.SignedInAsync("peer6");
        var id = await browser.App.SqlAsync("select id from support_cases where status = 1 limit 1");
        var fresh = await peer.Context.NewPageAsync();
        var cdp = await fresh.Context.NewCDPSessionAsync(fresh);
        await cdp.SendAsync("Network.enable");
        await cdp.SendAsync("Network.setCacheDisabled", new Dictionary<string, object>(StringComparer.Ordinal) { ["cacheDisabled"] = true });
        double bytes = 0;
        cdp.Event("Network.loadingFinished").OnEvent += (_, finished) => bytes += finished!.Value.GetProperty("encodedDataLength").GetDouble();
        await fresh.GotoAsync($"/notices/{id}", new() { WaitUntil = WaitUntilState.NetworkIdle });
        await Expect(fresh.GetByRole(AriaRole.Button, new() { Name = "Aceptar" })).ToBeInViewportAsync();
        bytes.ShouldBeInRange(1, 15 * 1024);
    }

    private async Task<string> PostByKeyboardAsync(IPage psychologist)
    {
        await psychologist.GotoAsync("/cases/new");
        await TabToAsync(psychologist, psychologist.GetByLabel("Officer’s name"));
        await psychologist.Keyboard.TypeAsync(marker);
        await psychologist.Keyboard.PressAsync("Tab");
        await psychologist.Keyboard.TypeAsync("206-555-0137");
        await psychologist.Keyboard.PressAsync("Tab");
        await psychologist.Keyboard.TypeAsync("Tonight");
        var situation = psychologist.GetByLabel("Situation", new() { Exact = true });
        await TabToAsync(psychologist, situation);
        for (var down = 0; await situation.InputValueAsync() != "103"; down++)
        {
            down.ShouldBeLessThan(60, "the list is not so long");
            await psychologist.Keyboard.PressAsync("ArrowDown");
        }

        await TabToAsync(psychologist, psychologist.GetByLabel("Tonight"));
        await psychologist.Keyboard.PressAsync("Space");
        await psychologist.Keyboard.PressAsync("Control+Enter");
        await Expect(psychologist.GetByText("is posted")).ToBeVisibleAsync();
        return await NewestHandleAsync();
    }

    /// <summary>By the Tab key alone, as somebody without a mouse gets there.</summary>
    private static async Task TabToAsync(IPage page, ILocator field)
    {
        for (var tabs = 0; !await field.EvaluateAsync<bool>("element => element === document.activeElement"); tabs++)
        {
            tabs.ShouldBeLessThan(40, "nobody tabs so long");
            await page.Keyboard.PressAsync("Tab");
        }
    }

    private async Task<string> NewestHandleAsync()
    {
        var words = (string)(await browser.App.SqlAsync("select handle_first || ' ' || handle_second from support_cases order by posted_at desc limit 1"))!;
        var numbers = words.Split(' ').Select(number => short.Parse(number, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        return new Domain.Cases.Handle(numbers[0], numbers[1]).ToString();
    }

    private async Task<IPage> RevealedAsync(string login)
    {
        var psychologist = await browser.SignedInAsync("psychologist1", phone: false);
        await PostByKeyboardAsync(psychologist);
        await psychologist.Context.CloseAsync();
        var peer = await browser.SignedInAsync(login);
        await peer.GotoAsync($"/notices/{await browser.App.SqlAsync("select id from support_cases order by posted_at desc limit 1")}");
        await peer.GetByRole(AriaRole.Button, new() { Name = "Accept" }).ClickAsync();
        await RevealAsync(peer);
        await Expect(peer.GetByRole(AriaRole.Heading, new() { Name = marker })).ToBeVisibleAsync();
        return peer;
    }

    private static async Task RevealAsync(IPage peer)
    {
        await peer.GetByLabel("I have read this").CheckAsync();
        await peer.GetByRole(AriaRole.Button, new() { Name = "Reveal name and contact" }).ClickAsync();
        await peer.GetByLabel("Password", new() { Exact = true }).FillAsync(DemonstrationPeople.Password);
        await peer.GetByRole(AriaRole.Button, new() { Name = "Confirm", Exact = true }).ClickAsync();
    }

    private static Task Live(IPage page) => page.Locator("[data-live=true]").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });

    private static Task<string> StorageAsync(IPage page) =>
        page.EvaluateAsync<string>("() => JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, history.state])");

    private static void Listen(IPage page, List<string> frames) => page.WebSocket += (_, socket) =>
    {
        socket.FrameReceived += (_, frame) => frames.Add(frame.Text ?? System.Text.Encoding.UTF8.GetString(frame.Binary ?? []));
        socket.FrameSent += (_, frame) => frames.Add(frame.Text ?? System.Text.Encoding.UTF8.GetString(frame.Binary ?? []));
    };
}
