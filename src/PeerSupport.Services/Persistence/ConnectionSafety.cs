using Npgsql;

namespace PeerSupport.Services.Persistence;

/// <summary>The app would run with a login or an option that undoes a lock, so it does not start.</summary>
public sealed class UnsafeConnectionException(string message) : Exception(message);

/// <summary>Startup checks of the six connections.</summary>
public static class ConnectionSafety
{
    /// <summary>Small pools win: with 64 callers, 8 connections gave a seventh of the p99 of 64.</summary>
    private const int DefaultPool = 8;

    /// <summary>Checks the options and fills in the pool size when none is given.</summary>
    /// <exception cref="UnsafeConnectionException">No Reset On Close, or Include Error Detail outside development.</exception>
    public static string Checked(DatabaseRole role, string connectionString, bool development)
    {
        var options = new NpgsqlConnectionStringBuilder(connectionString);
        if (options.NoResetOnClose)
            throw new UnsafeConnectionException($"ConnectionStrings:{role} sets No Reset On Close: settings of one person could reach the next.");
        if (options.IncludeErrorDetail && !development)
            throw new UnsafeConnectionException($"ConnectionStrings:{role} sets Include Error Detail: row values could reach a log.");
        if (options.PersistSecurityInfo)
            throw new UnsafeConnectionException($"ConnectionStrings:{role} sets Persist Security Info: the password could be read back.");
        if (!options.ContainsKey("Maximum Pool Size"))
            options.MaxPoolSize = DefaultPool;
        // Planning a query under row-level security costs more than running it: plans are kept per connection.
        if (!options.ContainsKey("Max Auto Prepare"))
            (options.MaxAutoPrepare, options.AutoPrepareMinUsages) = (64, 2);
        if (!options.ContainsKey("Timeout"))
            options.Timeout = 5;
        if (!options.ContainsKey("Command Timeout"))
            options.CommandTimeout = 15;
        options.ApplicationName ??= $"peersupport-{role}".ToLowerInvariant();
        return options.ConnectionString;
    }

    /// <summary>Asks the server who we are.</summary>
    /// <exception cref="UnsafeConnectionException">The login is a superuser, bypasses row-level security, owns tables or may become one who does.</exception>
    public static async Task CheckLoginsAsync(DataSources sources, CancellationToken cancellationToken)
    {
        foreach (var role in Enum.GetValues<DatabaseRole>())
        {
            await using var command = sources[role].CreateCommand(
                """
                select r.rolname, r.rolsuper, r.rolbypassrls,
                       exists (select from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
                               and pg_has_role(r.oid, c.relowner, 'member')) as owns
                from pg_roles r where r.rolname = current_user
                """);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            var login = reader.GetString(0);
            if (reader.GetBoolean(1))
                throw new UnsafeConnectionException($"The login {login} (ConnectionStrings:{role}) is a superuser: row-level security would not hold.");
            if (reader.GetBoolean(2))
                throw new UnsafeConnectionException($"The login {login} (ConnectionStrings:{role}) bypasses row-level security.");
            if (reader.GetBoolean(3))
                throw new UnsafeConnectionException($"The login {login} (ConnectionStrings:{role}) owns tables: it could change their security.");
        }
    }
}
