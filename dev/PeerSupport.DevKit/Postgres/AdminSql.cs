using Npgsql;

namespace PeerSupport.DevKit;

/// <summary>The few statements only an administrator of the server says.</summary>
internal static class AdminSql
{
    public static Task CreateDatabaseAsync(string adminConnectionString, string name, string? template, CancellationToken cancellationToken) =>
        ExecuteAsync(adminConnectionString, $"CREATE DATABASE {Name(name)}" + (template is null ? "" : $" TEMPLATE {Name(template)}"), cancellationToken);

    public static Task DropDatabaseAsync(string adminConnectionString, string name, CancellationToken cancellationToken) =>
        ExecuteAsync(adminConnectionString, $"DROP DATABASE IF EXISTS {Name(name)} WITH (FORCE)", cancellationToken);

    public static async Task ExecuteAsync(string connectionString, string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await ExecuteAsync(connection, sql, cancellationToken);
    }

    public static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = Text(connection, sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>One value; null when there is no row.</summary>
    public static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params object[] parameters)
    {
        await using var command = Text(connection, sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        return await command.ExecuteScalarAsync(cancellationToken);
    }

    /// <summary>Whether this very cluster answers, and not another that has got its port.</summary>
    public static async Task<bool> AnswersAsync(string adminConnectionString, string dataDirectory, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(adminConnectionString);
            await connection.OpenAsync(cancellationToken);
            return dataDirectory.Equals(await ScalarAsync(connection, "SHOW data_directory", cancellationToken));
        }
        catch (NpgsqlException)
        {
            return false; // not there, not yet there, or another's with another password
        }
    }

    public static string Name(string identifier) => $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public static string Literal(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>Names of roles and databases cannot be parameters; <see cref="Name"/> and <see cref="Literal"/> quote them.</summary>
#pragma warning disable CA2100 // see above
    private static NpgsqlCommand Text(NpgsqlConnection connection, string sql) => new(sql, connection);
#pragma warning restore CA2100
}
