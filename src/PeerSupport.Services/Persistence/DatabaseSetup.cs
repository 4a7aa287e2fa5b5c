using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace PeerSupport.Services.Persistence;

/// <summary>Passwords of the app's logins, as the deployment chose them.</summary>
public sealed record DatabaseLogins(string AccountsPassword, string BoardPassword, string RevealPassword, string JobsPassword, string TracksPassword, string StatsPassword)
{
    /// <summary>Never the passwords.</summary>
    public override string ToString() => "[logins]";
}

/// <summary>The migration step: run once per release with the owner's connection, never by the serving app.</summary>
public static class DatabaseSetup
{
    /// <summary>Where EF Core writes which migrations were applied. The app's logins may read it, to know that they meet their own release's schema.</summary>
    internal const string HistoryTable = "__EFMigrationsHistory";

    /// <summary>
    /// Makes the app's logins where they are missing, sets their passwords and applies all migrations. Running it again
    /// changes nothing.
    /// </summary>
    /// <exception cref="PostgresException">The owner may not create roles, or the database cannot be reached.</exception>
    public static async Task MigrateAsync(string ownerConnectionString, DatabaseLogins logins, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(ownerConnectionString);
        await using (var connection = await source.OpenConnectionAsync(cancellationToken))
        {
            await LoginAsync(connection, "peersupport_accounts", logins.AccountsPassword, cancellationToken);
            await LoginAsync(connection, "peersupport_board", logins.BoardPassword, cancellationToken);
            await LoginAsync(connection, "peersupport_reveal", logins.RevealPassword, cancellationToken);
            await LoginAsync(connection, "peersupport_jobs", logins.JobsPassword, cancellationToken);
            await LoginAsync(connection, "peersupport_tracks", logins.TracksPassword, cancellationToken);
            await LoginAsync(connection, "peersupport_stats", logins.StatsPassword, cancellationToken);
        }

        await using var context = DesignTimeContext.Create(source);
        await context.Database.MigrateAsync(cancellationToken);
        await using var history = source.CreateCommand($"grant select on \"{HistoryTable}\" to peersupport_accounts, peersupport_board, peersupport_reveal, peersupport_jobs, peersupport_tracks, peersupport_stats");
        await history.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task LoginAsync(NpgsqlConnection connection, string name, string password, CancellationToken cancellationToken)
    {
        await using var exists = new NpgsqlCommand("select 1 from pg_roles where rolname = @name", connection);
        exists.Parameters.AddWithValue("name", name);
        var verb = await exists.ExecuteScalarAsync(cancellationToken) is null ? "create" : "alter";
        // Role statements take no parameters; the name is ours and the password is quoted by the server.
        await using var quote = new NpgsqlCommand("select quote_literal(@password)", connection);
        quote.Parameters.AddWithValue("password", password);
        var quoted = (string)(await quote.ExecuteScalarAsync(cancellationToken))!;
        try
        {
            await ExecuteAsync(connection, $"{verb} role {name} login password {quoted}", cancellationToken);
        }
        catch (PostgresException raced) when (raced.SqlState is "42710" or "23505" or "XX000")
        {
            // Roles belong to the whole server: another database on it was set up at the same moment.
            await ExecuteAsync(connection, $"alter role {name} login password {quoted}", cancellationToken);
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
