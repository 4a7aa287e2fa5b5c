using Microsoft.Playwright;

namespace PeerSupport.BrowserTests;

/// <summary>A browser whose address for alerts changes: the site's own worker script, in a real browser that is signed in.</summary>
public sealed class RenewalTests(BrowserFixture browser)
{
    private const string Old = "http://127.0.0.1:9/wpush/old";
    private const string Lost = "Alerts do not reach this browser any more. Sign in and turn them on again. /me";

    /// <summary>
    /// Around the script: a worker whose push service, which no test can reach, gives a new address to whoever asks with a
    /// key. Everything else is the browser's. Answers with the notices that were shown.
    /// </summary>
    private const string Around =
        """
        async (old) => {
            const shown = [], handlers = {};
            const self = {
                location: { search: "?en" }, navigator, clients: {}, skipWaiting() {},
                addEventListener: (name, handler) => { handlers[name] = handler; },
                registration: {
                    pushManager: { subscribe: async ({ applicationServerKey }) => ({ endpoint: `http://127.0.0.1:9/wpush/new-${applicationServerKey.length}` }) },
                    showNotification: async (title, { body, data }) => { shown.push(`${body} ${data}`); },
                },
            };
            (() => { SCRIPT })();
            let done;
            handlers.pushsubscriptionchange({ oldSubscription: old && { endpoint: old }, waitUntil: (work) => { done = work; } });
            await done;
            return shown.join();
        }
        """;

    [Fact]
    public async Task It_tells_the_new_address_by_itself_and_where_it_cannot_it_says_that_alerts_are_lost()
    {
        var page = await browser.SignedInAsync("peer9");
        await page.GotoAsync("/me");
        var peer = await browser.App.SqlAsync("select id from accounts where email = 'peer9@demo.test'");
        await browser.App.SqlAsync("delete from alert_channels where kind = 3");
        await browser.App.SqlAsync("insert into alert_channels (id, person_id, kind, target, name, added_at) values (gen_random_uuid(), $1, 3, $2, 'Firefox', now())", peer!, Old);
        using var visitor = browser.App.Visitor();
        var renew = Around.Replace("SCRIPT", (await visitor.GetAsync("/sw.js")).Html + "\n", StringComparison.Ordinal);

        (await page.EvaluateAsync<string>(renew, "http://127.0.0.1:9/wpush/somebody-elses")).ShouldBe(Lost);
        (await page.EvaluateAsync<string>(renew, null)).ShouldBe(Lost);
        (await Target()).ShouldBe(Old);
        (await page.EvaluateAsync<string>(renew, Old)).ShouldBe("", "nobody is bothered");
        (await Target()).ShouldBe("http://127.0.0.1:9/wpush/new-65");
        await page.Context.ClearCookiesAsync();
        (await page.EvaluateAsync<string>(renew, "http://127.0.0.1:9/wpush/new-65")).ShouldBe(Lost, "signed out, nobody knows whose it is");
        (await Target()).ShouldBe("http://127.0.0.1:9/wpush/new-65");
        await page.Context.CloseAsync();

        Task<object?> Target() => browser.App.SqlAsync("select string_agg(target, ',') from alert_channels where kind = 3 and person_id = $1", peer!);
    }

    [Theory]
    [InlineData(true, false, "renewed")]
    [InlineData(false, true, "other-key")]
    [InlineData(true, true, "ready")]
    public async Task Its_page_says_whether_the_server_knows_it(bool ourKey, bool known, string says)
    {
        var page = await browser.SignedInAsync("peer9");
        var peer = await browser.App.SqlAsync("select id from accounts where email = 'peer9@demo.test'");
        await browser.App.SqlAsync("delete from alert_channels where kind = 3");
        if (known)
            await browser.App.SqlAsync("insert into alert_channels (id, person_id, kind, target, name, added_at) values (gen_random_uuid(), $1, 3, $2, 'Firefox', now())", peer!, Old);
        await page.AddInitScriptAsync(
            $$"""
            PushManager.prototype.getSubscription = async () => ({ endpoint: "{{Old}}", unsubscribe: async () => true, options: { applicationServerKey: {{(ourKey
                ? "Uint8Array.from(atob(document.querySelector('[data-push]').dataset.push.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0)).buffer"
                : "new Uint8Array(65).buffer")}} } });
            """);
        await page.GotoAsync("/me");
        await page.EvaluateAsync("() => navigator.serviceWorker.register('/sw.js?en', { scope: '/' }).then(() => navigator.serviceWorker.ready).then(() => null)");
        await page.ReloadAsync();
        await page.Locator($"[data-push-says={says}]").WaitForAsync();
        await page.Locator("[data-push-off]").WaitForAsync();
        (await page.Locator("[data-push-says]:visible").CountAsync()).ShouldBe(1);
        await page.Context.CloseAsync();
    }
}
