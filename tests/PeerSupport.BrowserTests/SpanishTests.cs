using Microsoft.Playwright;
using PeerSupport.DevKit;
using static Microsoft.Playwright.Assertions;

namespace PeerSupport.BrowserTests;

/// <summary>What a page does by itself, it does in the reader's language: live boards, and what scripts write.</summary>
public sealed class SpanishTests(BrowserFixture browser) : IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await browser.NobodyHoldsAnythingAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_board_that_updates_itself_speaks_the_language_its_reader_reads_by_then()
    {
        await SpeakAsync("peer6", "es");
        var peer = await browser.SignedInAsync("peer6");
        await Expect(peer.Locator("[data-live=true]")).ToBeVisibleAsync();

        var row = Notice(peer, await browser.App.GivenOpenCaseAsync());
        await Expect(row).ToContainTextAsync("Servicio con un menor");
        await Expect(row).ToContainTextAsync("Hoy");
        await Expect(row).ToContainTextAsync("enviado");

        await SpeakAsync("peer6", "en");
        try
        {
            await Expect(Notice(peer, await browser.App.GivenOpenCaseAsync())).ToContainTextAsync("Call with a child");
            await Expect(row).ToContainTextAsync("sent");
        }
        finally
        {
            await SpeakAsync("peer6", "es");
        }
    }

    [Fact]
    public async Task The_preview_of_a_notice_shows_its_words_in_the_psychologists_language()
    {
        await SpeakAsync("psychologist2", "es");
        try
        {
            var psychologist = await browser.SignedInAsync("psychologist2", phone: false);
            await psychologist.GotoAsync("/cases/new");
            var preview = psychologist.GetByRole(AriaRole.Region, new() { Name = "Vista previa del aviso" });
            await Expect(preview).ToContainTextAsync("Todavía no se eligió la situación");
            await psychologist.GetByLabel("Situación", new() { Exact = true }).SelectOptionAsync("103");
            await psychologist.GetByLabel("Esta noche").CheckAsync();
            await psychologist.GetByLabel("hable español").CheckAsync();
            foreach (var words in new[] { "Servicio con un menor", "Tras un servicio difícil", "Esta noche", "hable español" })
                await Expect(preview).ToContainTextAsync(words);
            await psychologist.GetByLabel("solo la categoría").CheckAsync();
            await Expect(preview).Not.ToContainTextAsync("Servicio con un menor");
            await psychologist.GetByLabel("Quién no debe recibirlo").FillAsync("nobody of that name");
            await psychologist.Keyboard.PressAsync("Enter");
            await Expect(psychologist.Locator("[data-picked]")).ToHaveTextAsync("Ningún compañero coincide. Elija uno de la lista.");
            await psychologist.IsSoundAsync("posting, in Spanish");
        }
        finally
        {
            await SpeakAsync("psychologist2", "en");
        }
    }

    private static ILocator Notice(IPage page, Guid id) => page.Locator($"li.notice:has(a[href='/notices/{id}'])");

    private async Task SpeakAsync(string login, string language) => await browser.App.SqlAsync(
        "update people p set language = $2 from accounts a where a.id = p.id and a.email = $1", $"{login}@demo.test", language);
}
