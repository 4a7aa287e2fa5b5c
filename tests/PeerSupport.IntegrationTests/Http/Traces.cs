using System.Text;
using Npgsql;
using PeerSupport.DevKit;

namespace PeerSupport.IntegrationTests.Http;

/// <summary>Looks for words wherever an installation may have left them.</summary>
public static class Traces
{
    /// <summary>Files under a folder that hold the words.</summary>
    public static IReadOnlyList<string> FilesWith(string folder, string words)
    {
        var wanted = Encoding.UTF8.GetBytes(words);
        return [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => Bytes(file).AsSpan().IndexOf(wanted) >= 0)];
    }

    /// <summary>Tables with a row that holds the words, as a dump would show it; bytes are searched as well.</summary>
    public static async Task<IReadOnlyList<string>> TablesWithAsync(this RunningApp app, string words)
    {
        await using var connection = new NpgsqlConnection(app.Postgres.AdminConnectionString(app.Database));
        await connection.OpenAsync();
        var tables = new List<string>();
        await using (var list = new NpgsqlCommand("select quote_ident(c.relname) from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1", connection))
        await using (var reader = await list.ExecuteReaderAsync())
            while (await reader.ReadAsync())
                tables.Add(reader.GetString(0));
        var found = new List<string>();
        foreach (var table in tables)
        {
            await using var search = new NpgsqlCommand(
                $"select exists (select from {table} t where t::text ilike '%' || $1 || '%' or t::text like '%' || encode(convert_to($1, 'UTF8'), 'hex') || '%')", connection);
            search.Parameters.AddWithValue(words);
            if (await search.ExecuteScalarAsync() is true)
                found.Add(table);
        }

        return found;
    }

    /// <summary>Every line the app logged so far.</summary>
    public static IReadOnlyList<string> LogLines(this RunningApp app) => [.. app.LogFiles.SelectMany(file => Encoding.UTF8.GetString(Bytes(file)).Split('\n')).Where(line => line.Length > 0)];

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
}
