using System.Text;
using System.Text.Json;
using Npgsql;
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
            FilesWith(postgres.Cluster!.DataDirectory, words).ShouldBeEmpty("data directory or WAL");
            FilesWith(app.Folder, words).ShouldBeEmpty("logs, mail or keys");
            (await TablesWithAsync(words)).ShouldBeEmpty("dump");
        }

        // The search itself is able to find what is there.
        await app.SqlAsync("update regions set name = $1", marker.Name);
        await app.SqlAsync("checkpoint");
        (await TablesWithAsync(marker.Name)).ShouldBe(["regions"]);
        await app.SqlAsync("update sealed_identities set name = convert_to($1, 'UTF8') where case_id = $2", $"not sealed: {marker.Reach}", id);
        (await TablesWithAsync(marker.Reach)).ShouldBe(["sealed_identities"]);
        FilesWith(postgres.Cluster!.DataDirectory, marker.Name).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task S39_After_close_neither_the_marker_nor_the_case_id_is_in_any_table_log_or_mail()
    {
        var (marker, id, peer) = await GivenRevealedAsync();
        using var _ = peer;
        (await TablesWithAsync(id.ToString())).Contains("support_cases", StringComparer.Ordinal).ShouldBeTrue("the search can find what is there");

        (await peer.CloseAsync(id)).Location.ShouldNotBeNull();
        (await TablesWithAsync(id.ToString())).ShouldBeEmpty();
        (await TablesWithAsync(id.ToString("N"))).ShouldBeEmpty();
        FilesWith(app.Folder, id.ToString()).ShouldBeEmpty();
        FilesWith(app.Folder, id.ToString("N")).ShouldBeEmpty();
        foreach (var words in marker.All)
            (await TablesWithAsync(words)).ShouldBeEmpty();
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

    private static List<string> FilesWith(string folder, string words)
    {
        var wanted = Encoding.UTF8.GetBytes(words);
        return [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => Bytes(file).AsSpan().IndexOf(wanted) >= 0)];
    }

    private static byte[] Bytes(string file)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception gone) when (gone is FileNotFoundException or EndOfStreamException or DirectoryNotFoundException)
        {
            return []; // the server removed it meanwhile
        }
    }

    /// <summary>Every row of every table as text, as a dump would hold it: binary columns as digits, so the words are looked for as digits, too.</summary>
    private async Task<List<string>> TablesWithAsync(string words)
    {
        await using var connection = new NpgsqlConnection(postgres.AdminConnectionString(app.Database));
        await connection.OpenAsync();
        var tables = new List<string>();
        await using (var list = new NpgsqlCommand("select quote_ident(c.relname) from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1", connection))
        await using (var reader = await list.ExecuteReaderAsync())
            while (await reader.ReadAsync())
                tables.Add(reader.GetString(0));
        var found = new List<string>();
        foreach (var table in tables)
        {
            await using var search = new NpgsqlCommand($"select exists (select from {table} t where t::text ilike '%' || $1 || '%' or t::text ilike '%' || $2 || '%')", connection);
            search.Parameters.AddWithValue(words);
            search.Parameters.AddWithValue(Convert.ToHexString(Encoding.UTF8.GetBytes(words)));
            if (await search.ExecuteScalarAsync() is true)
                found.Add(table);
        }

        return found;
    }
}
