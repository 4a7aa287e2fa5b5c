using System.Text.Json;
using PeerSupport.DevKit;

namespace PeerSupport.IntegrationTests.Http;

/// <summary>A planted marker is looked for wherever it must not be. On a server of its own, whose files can be read.</summary>
public sealed class LeakTests : IAsyncLifetime
{
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
    public async Task S36_While_the_case_is_open_the_marker_is_in_no_file_and_no_dump()
    {
        var (marker, id, peer) = await GivenRevealedAsync();
        using var _ = peer;
        await app.SqlAsync("checkpoint");
        await app.SqlAsync("analyze");
        foreach (var words in marker.All)
        {
            Traces.FilesWith(postgres.Cluster!.DataDirectory, words).ShouldBeEmpty("data directory or WAL");
            Traces.FilesWith(app.Folder, words).ShouldBeEmpty("logs, mail or keys");
            (await app.TablesWithAsync(words)).ShouldBeEmpty("dump");
        }

        // The search itself is able to find what is there.
        await app.SqlAsync("update regions set name = $1", marker.Name);
        await app.SqlAsync("checkpoint");
        (await app.TablesWithAsync(marker.Name)).ShouldBe(["regions"]);
        await app.SqlAsync("update sealed_identities set name = convert_to($1, 'UTF8') where case_id = $2", $"not sealed: {marker.Reach}", id);
        (await app.TablesWithAsync(marker.Reach)).ShouldBe(["sealed_identities"]);
        Traces.FilesWith(postgres.Cluster!.DataDirectory, marker.Name).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task S39_After_close_neither_the_marker_nor_the_case_id_is_in_any_table_log_or_mail()
    {
        var (marker, id, peer) = await GivenRevealedAsync();
        using var _ = peer;
        (await app.TablesWithAsync(id.ToString())).Contains("support_cases", StringComparer.Ordinal).ShouldBeTrue("the search can find what is there");

        (await peer.CloseAsync(id)).Location.ShouldNotBeNull();
        (await app.TablesWithAsync(id.ToString())).ShouldBeEmpty();
        (await app.TablesWithAsync(id.ToString("N"))).ShouldBeEmpty();
        Traces.FilesWith(app.Folder, id.ToString()).ShouldBeEmpty();
        Traces.FilesWith(app.Folder, id.ToString("N")).ShouldBeEmpty();
        foreach (var words in marker.All)
            (await app.TablesWithAsync(words)).ShouldBeEmpty();
    }

    private async Task<(Journey.Marker Marker, Guid Id, PageClient Peer)> GivenRevealedAsync()
    {
        var marker = Journey.Marker.Plant();
        using var psychologist = await app.SignedInAsync("psychologist1");
        var peer = await app.SignedInAsync("peer1");
        var id = await app.GivenPostedCaseAsync(psychologist, marker);
        await peer.AcceptAsync(id);
        (await peer.RevealAsync(id)).Text.ShouldContain(marker.Name);
        return (marker, id, peer);
    }

    [Fact]
    public async Task S47_S48_Forced_failures_and_line_breaks_leave_neither_marker_nor_forged_line_in_the_log()
    {
        var marker = Journey.Marker.Plant();
        using var psychologist = await app.SignedInAsync("psychologist1");
        var forged = $"{marker.Name}\r\n{{\"@t\":\"2000-01-01T00:00:00Z\",\"@mt\":\"forged {marker.Name}\"}}";
        foreach (var (failure, mended) in new[]
        {
            ("revoke insert on deliveries from peersupport_board", "grant insert on deliveries to peersupport_board"),
            ("alter table sealed_identities rename to mislaid", "alter table mislaid rename to sealed_identities"),
            ("alter function count_post(uuid, int, date) rename to mislaid", "alter function mislaid(uuid, int, date) rename to count_post"),
        })
        {
            await app.SqlAsync(failure);
            var failed = await PostAsync();
            failed.Location.ShouldBeNull(failure);
            ((int)failed.Status).ShouldBeGreaterThanOrEqualTo(500, failure);
            await app.SqlAsync(mended);
            (await PostAsync()).Location.ShouldNotBeNull($"nothing else was in the way but: {failure}");
        }

        async Task<Page> PostAsync()
        {
            var form = await psychologist.GetAsync("/cases/new");
            return await psychologist.PressAsync(form, "Post to peers",
                [.. form.FirstChoices("Post to peers"), new("name", forged), new("reach", marker.Reach), new("spec", marker.Words), new("type", "103")]);
        }

        using var visitor = app.Visitor();
        await visitor.PressAsync(await visitor.GetAsync("/sign-in"), "Sign in with a password", [new("mail", $"{marker.Name}\r\nforged@demo.test"), new("pw", marker.Words)]);
        await visitor.GetAsync($"/there/is/{Uri.EscapeDataString(marker.Name)}%0d%0aforged?q={Uri.EscapeDataString(marker.Words)}");

        await app.Process.StopAsync();
        var lines = app.LogFiles.SelectMany(File.ReadAllLines).Where(line => line.Length > 0).ToList();
        lines.ShouldContain(line => line.Contains("PeerSupport.Faults", StringComparison.Ordinal), "the failures were logged");
        foreach (var line in lines)
        {
            JsonDocument.Parse(line).RootElement.GetProperty("@t").GetDateTimeOffset().Year.ShouldNotBe(2000);
            line.ShouldNotContain("forged", Case.Insensitive);
            marker.All.ShouldAllBe(words => !line.Contains(words, StringComparison.OrdinalIgnoreCase));
        }

        // The sink's server log, too: a failed statement must not quote what was typed.
        var server = await File.ReadAllTextAsync(Path.Combine(postgres.Cluster!.DataDirectory, "server.log"));
        marker.All.ShouldAllBe(words => !server.Contains(words, StringComparison.OrdinalIgnoreCase));
    }
}
