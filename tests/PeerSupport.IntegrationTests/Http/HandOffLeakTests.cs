using System.Net;
using PeerSupport.DevKit;

namespace PeerSupport.IntegrationTests.Http;

/// <summary>After a hand-off, and while one fails, a planted marker is looked for wherever it must not be. On a server of its own.</summary>
public sealed class HandOffLeakTests : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private PostgresForTests postgres = null!;
    private RunningApp app = null!;

    public async ValueTask InitializeAsync()
    {
        postgres = await PostgresForTests.StartOwnAsync(CancellationToken.None);
        app = await RunningApp.StartAsync(postgres);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await postgres.DisposeAsync();
    }

    [Fact]
    public async Task S39_After_the_hand_off_with_consent_nothing_of_the_case_is_anywhere_and_the_agreed_facts_only_sealed()
    {
        var (before, agreed) = (Journey.Marker.Plant(), Journey.Marker.Plant());
        var (id, peer) = await GivenRevealedAsync(before);
        using var _ = peer;
        var form = await peer.GetAsync($"/hand-on/{id}/consent", Token);
        var done = await peer.PressAsync(await ReviewAsync(peer, form, agreed), "Hand on", cancellationToken: Token);
        done.Text.ShouldContain("Handed on to");

        var track = await UseAsync(agreed.Name);
        await NothingLeftAsync(id, before, before.All);
        await NothingLeftAsync(id, agreed, agreed.All);
        (await app.TablesWithAsync($"{track}")).Contains("track_facts", StringComparer.Ordinal).ShouldBeTrue("the search can find what is there");
    }

    [Fact]
    public async Task S39_After_an_exception_nothing_of_the_case_is_anywhere_and_name_and_reach_only_sealed()
    {
        var marker = Journey.Marker.Plant();
        var (id, peer) = await GivenRevealedAsync(marker);
        using var _ = peer;
        var confirm = await peer.PressAsync(await peer.GetAsync($"/hand-on/{id}/danger", Token), "Continue", [new("basis", "Suicidal")], Token);
        (await peer.PressAsync(confirm, "Open the formal record", cancellationToken: Token)).Text.ShouldContain("The formal record is open");

        var track = (Guid)(await app.SqlAsync("select id from formal_tracks order by opened_at desc limit 1"))!;
        using var psychologist = await app.SignedInAsync("psychologist1", Token);
        var shown = await psychologist.PressAsync(await psychologist.GetAsync($"/tracks/{track}", Token), "Show name and contact", cancellationToken: Token);
        shown.Text.ShouldContain(marker.Name);
        shown.Html.ShouldNotContain(marker.Words, Case.Insensitive, "what was told burned with the case");
        await NothingLeftAsync(id, marker, marker.All);
        (await app.TablesWithAsync($"{track}")).Contains("track_facts", StringComparer.Ordinal).ShouldBeTrue("the search can find what is there");
    }

    [Fact]
    public async Task S47_Forced_failures_in_and_after_a_hand_off_leave_no_marker_in_any_log()
    {
        var (before, agreed) = (Journey.Marker.Plant(), Journey.Marker.Plant());
        var (id, peer) = await GivenRevealedAsync(before);
        using var _ = peer;
        var form = await peer.GetAsync($"/hand-on/{id}/consent", Token);
        var review = await ReviewAsync(peer, form, agreed);
        var danger = await peer.PressAsync(await peer.GetAsync($"/hand-on/{id}/danger", Token), "Continue", [new("basis", "Homicidal")], Token);
        foreach (var table in new[] { "formal_tracks", "track_facts", "track_events", "messages", "errands" })
        {
            await FailsAsync($"revoke insert on {table} from peersupport_board", $"grant insert on {table} to peersupport_board", () => peer.PressAsync(review, "Hand on", cancellationToken: Token));
            await FailsAsync($"alter table {table} rename to mislaid", $"alter table mislaid rename to {table}", () => peer.PressAsync(review, "Hand on", cancellationToken: Token));
            await FailsAsync($"revoke insert on {table} from peersupport_board", $"grant insert on {table} to peersupport_board", () => peer.PressAsync(danger, "Open the formal record", cancellationToken: Token));
        }

        // An error that quotes the row it did not like.
        await FailsAsync(
            "alter table track_facts add constraint quotes check (length(content) < 0) not valid", "alter table track_facts drop constraint quotes", () => peer.PressAsync(review, "Hand on", cancellationToken: Token));
        (await app.SqlAsync("select count(*) from support_cases where id = $1", id)).ShouldBe(1L, "after all that it is still a case");
        (await peer.PressAsync(review, "Hand on", cancellationToken: Token)).Text.ShouldContain("Handed on to");

        var track = (Guid)(await app.SqlAsync("select id from formal_tracks order by opened_at desc limit 1"))!;
        using var clinician = await app.SignedInAsync("clinician1", Token);
        var open = await clinician.GetAsync($"/tracks/{track}", Token);
        open.Text.ShouldContain(agreed.Name);
        foreach (var path in new[] { $"/tracks/{track}", $"/tracks/{track}/referral", $"/tracks/{track}/referral.json", $"/tracks/{track}/officer-copy" })
        {
            if (!path.EndsWith($"{track}", StringComparison.Ordinal))
                await FailsAsync("revoke select on track_facts from peersupport_tracks", "grant select on track_facts to peersupport_tracks", () => clinician.GetAsync(path, Token));
            await FailsAsync("revoke insert on track_events from peersupport_tracks", "grant insert on track_events to peersupport_tracks", () => clinician.GetAsync(path, Token));
        }

        await FailsAsync("revoke insert on track_events from peersupport_tracks", "grant insert on track_events to peersupport_tracks", () => clinician.PressAsync(open, "Acknowledge", cancellationToken: Token));
        await app.Process.StopAsync();

        var lines = app.LogLines();
        lines.Count(line => line.Contains("PeerSupport.Faults", StringComparison.Ordinal)).ShouldBeGreaterThanOrEqualTo(failures, "each failure was logged");
        var server = await File.ReadAllTextAsync(Path.Combine(postgres.Cluster!.DataDirectory, "server.log"), Token);
        server.ShouldContain("track_facts", customMessage: "the server logged what failed");
        foreach (var words in before.All.Concat(agreed.All))
        {
            lines.ShouldAllBe(line => !line.Contains(words, StringComparison.OrdinalIgnoreCase));
            server.ShouldNotContain(words, Case.Insensitive);
        }
    }

    private int failures;

    /// <summary>Breaks something, asks, sees that it failed, and mends it.</summary>
    private async Task FailsAsync(string breaks, string mends, Func<Task<Page>> ask)
    {
        await app.SqlAsync(breaks);
        var page = await ask();
        await app.SqlAsync(mends);
        ((int)page.Status).ShouldBeGreaterThanOrEqualTo(500, $"{breaks}: {page.Text}");
        failures++;
    }

    private async Task<(Guid Id, PageClient Peer)> GivenRevealedAsync(Journey.Marker marker)
    {
        using var psychologist = await app.SignedInAsync("psychologist1", Token);
        var peer = await app.SignedInAsync("peer1", Token);
        var id = await app.GivenPostedCaseAsync(psychologist, marker);
        await peer.AcceptAsync(id);
        (await peer.RevealAsync(id)).Text.ShouldContain(marker.Name);
        return (id, peer);
    }

    /// <summary>To the clinician with an account, who will read it.</summary>
    private async Task<Page> ReviewAsync(PageClient peer, Page form, Journey.Marker agreed)
    {
        var clinician = (Guid)(await app.SqlAsync("select c.id from clinicians c join accounts a on a.id = c.person_id where a.email = 'clinician1@demo.test'"))!;
        var review = await peer.PressAsync(form, "Go through it once more",
            [.. form.FirstChoices("Go through it once more").Where(choice => choice.Key != "clinician"), new("clinician", $"{clinician}"), new("name", agreed.Name), new("reach", agreed.Reach), new("short", agreed.Words), new("consent", "yes")], Token);
        review.Status.ShouldBe(HttpStatusCode.OK, review.Text);
        return review;
    }

    /// <summary>The clinician reads, prints and takes it over, and acknowledges: whatever that leaves behind is searched too.</summary>
    private async Task<Guid> UseAsync(string name)
    {
        var track = (Guid)(await app.SqlAsync("select id from formal_tracks order by opened_at desc limit 1"))!;
        using var clinician = await app.SignedInAsync("clinician1", Token);
        var page = await clinician.GetAsync($"/tracks/{track}", Token);
        page.Text.ShouldContain(name);
        foreach (var sheet in new[] { "referral", "referral.json", "officer-copy" })
            (await clinician.GetAsync($"/tracks/{track}/{sheet}", Token)).Html.ShouldContain(name);
        (await clinician.PressAsync(page, "Acknowledge", cancellationToken: Token)).Status.ShouldBe(HttpStatusCode.SeeOther);
        return track;
    }

    private async Task NothingLeftAsync(Guid id, Journey.Marker marker, IEnumerable<string> all)
    {
        using (var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60)))
            while ((long)(await app.SqlAsync("select count(*) from messages where state in (1, 2) and due_at <= now()"))! > 0)
                await Task.Delay(TimeSpan.FromMilliseconds(100), limit.Token);
        await app.SqlAsync("checkpoint");
        foreach (var trace in new[] { $"{id}", $"{id:N}" })
        {
            (await app.TablesWithAsync(trace)).ShouldBeEmpty(trace);
            Traces.FilesWith(app.Folder, trace).ShouldBeEmpty(trace);
        }

        foreach (var words in all)
        {
            (await app.TablesWithAsync(words)).ShouldBeEmpty("tables");
            Traces.FilesWith(app.Folder, words).ShouldBeEmpty("logs, mail or keys");
            Traces.FilesWith(postgres.Cluster!.DataDirectory, words).ShouldBeEmpty("data directory or WAL");
        }

        // The search itself is able to find what is there: in a table, also as bytes, and in the files of log and mail.
        await app.SqlAsync("create table planted as select $1::text as words, null::bytea as bytes union all select null, convert_to($2, 'UTF8')", marker.Name, marker.Words);
        (await app.TablesWithAsync(marker.Name)).ShouldBe(["planted"]);
        (await app.TablesWithAsync(marker.Words)).ShouldBe(["planted"]);
        await app.SqlAsync("drop table planted");
        Traces.FilesWith(app.Folder, "/hand-on/").ShouldContain(file => file.Contains("app-", StringComparison.Ordinal), "the log exists and speaks of these pages");
        Traces.FilesWith(app.Folder, "Subject: PeerSupport").ShouldNotBeEmpty("mails exist");
    }
}
