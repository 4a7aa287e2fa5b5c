using Npgsql;
using PeerSupport.Services.Persistence;

namespace PeerSupport.DevKit;

/// <summary>A database of the product, made and migrated as an operator would, on any server we may administer.</summary>
public static class DevDatabase
{
    private const string Owner = "peersupport_owner";

    /// <summary>Stands at every database made here, and only a database with it is ever dropped.</summary>
    private const string MadeHere = "Made by PeerSupport's DevKit for demonstration and tests";

    private const long PreparingLock = 0x50656572; // "Peer"

    /// <summary>
    /// Makes the owner's login and the database if they are missing, and migrates. Safe to repeat, and for several
    /// processes at once on one server: logins are the server's, so one prepares while the others wait.
    /// </summary>
    public static async Task<DatabaseConnections> PrepareAsync(string adminConnectionString, string databaseName,
        DatabasePasswords passwords, CancellationToken cancellationToken)
    {
        await using var admin = await OpenMaintenanceAsync(adminConnectionString, cancellationToken);
        await AdminSql.ExecuteAsync(admin, $"SELECT pg_advisory_lock({PreparingLock})", cancellationToken);
        await MakeOwnerAsync(admin, passwords.Owner, cancellationToken);
        await MakeDatabaseAsync(admin, databaseName, cancellationToken);

        var connections = DatabaseConnections.For(adminConnectionString, databaseName, passwords);
        await DatabaseSetup.MigrateAsync(connections.Owner,
            new DatabaseLogins(passwords.Accounts, passwords.Board, passwords.Reveal, passwords.Jobs, passwords.Tracks, passwords.Stats), cancellationToken);
        return connections;
    }

    /// <summary>Drops the database if it was made here; one that somebody else made, and we only filled, is left alone.</summary>
    /// <returns>False if it was left alone.</returns>
    public static async Task<bool> DropAsync(string adminConnectionString, string databaseName, CancellationToken cancellationToken)
    {
        await using var admin = await OpenMaintenanceAsync(adminConnectionString, cancellationToken);
        if (await AdminSql.ScalarAsync(admin,
            "SELECT coalesce(shobj_description(oid, 'pg_database'), '') FROM pg_database WHERE datname = $1", cancellationToken, databaseName) is not (null or MadeHere))
            return false;
        await AdminSql.ExecuteAsync(admin, $"DROP DATABASE IF EXISTS {AdminSql.Name(databaseName)} WITH (FORCE)", cancellationToken);
        return true;
    }

    /// <summary>The lock only holds between sessions of one database, so everyone meets in the one every server has.</summary>
    private static async Task<NpgsqlConnection> OpenMaintenanceAsync(string adminConnectionString, CancellationToken cancellationToken)
    {
        var maintenance = new NpgsqlConnectionStringBuilder(adminConnectionString) { Database = "postgres", Pooling = false };
        var connection = new NpgsqlConnection(maintenance.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    private static async Task MakeOwnerAsync(NpgsqlConnection admin, string password, CancellationToken cancellationToken)
    {
        var exists = await AdminSql.ScalarAsync(admin, "SELECT 1 FROM pg_roles WHERE rolname = $1", cancellationToken, Owner) is not null;
        await AdminSql.ExecuteAsync(admin, exists
            ? $"ALTER ROLE {Owner} PASSWORD {AdminSql.Literal(password)}"
            : $"CREATE ROLE {Owner} LOGIN CREATEROLE NOSUPERUSER NOBYPASSRLS PASSWORD {AdminSql.Literal(password)}", cancellationToken);
        // An administrator who is no superuser may only give a database to a role it belongs to.
        if (await AdminSql.ScalarAsync(admin, "SELECT pg_has_role($1, 'USAGE')", cancellationToken, Owner) is not true)
            await AdminSql.ExecuteAsync(admin, $"GRANT {Owner} TO CURRENT_USER", cancellationToken);
    }

    private static async Task MakeDatabaseAsync(NpgsqlConnection admin, string name, CancellationToken cancellationToken)
    {
        var owner = await AdminSql.ScalarAsync(admin,
            "SELECT pg_get_userbyid(datdba)::text FROM pg_database WHERE datname = $1", cancellationToken, name);
        if (owner is null)
        {
            await AdminSql.ExecuteAsync(admin, $"CREATE DATABASE {AdminSql.Name(name)} OWNER {Owner}", cancellationToken);
            await AdminSql.ExecuteAsync(admin, $"COMMENT ON DATABASE {AdminSql.Name(name)} IS {AdminSql.Literal(MadeHere)}", cancellationToken);
        }
        else if (owner is not Owner)
            await AdminSql.ExecuteAsync(admin, $"ALTER DATABASE {AdminSql.Name(name)} OWNER TO {Owner}", cancellationToken);
    }
}
