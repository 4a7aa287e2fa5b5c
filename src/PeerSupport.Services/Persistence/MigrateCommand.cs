using Microsoft.Extensions.Configuration;
using Npgsql;

namespace PeerSupport.Services.Persistence;

/// <summary>"PeerSupport.Web migrate": the one-shot step of a release.</summary>
public static class MigrateCommand
{
    /// <summary>
    /// Migrates the database of ConnectionStrings:PeerSupport (the owner's login) and gives the app's logins the
    /// passwords that stand in their own connection strings.
    /// </summary>
    /// <returns>The exit code: 0 when done.</returns>
    public static async Task<int> RunAsync(IConfiguration configuration, TextWriter output, CancellationToken cancellationToken)
    {
        try
        {
            var owner = configuration.GetConnectionString("PeerSupport") ?? throw new UnsafeConnectionException("ConnectionStrings:PeerSupport (the owner's login) is not set.");
            await DatabaseSetup.MigrateAsync(
                owner,
                new DatabaseLogins(
                    Password(configuration, DatabaseRole.Accounts), Password(configuration, DatabaseRole.Board), Password(configuration, DatabaseRole.Reveal),
                    Password(configuration, DatabaseRole.Jobs), Password(configuration, DatabaseRole.Tracks), Password(configuration, DatabaseRole.Stats)),
                cancellationToken);
            await output.WriteLineAsync("The database is up to date.");
            return 0;
        }
        catch (Exception refused) when (refused is UnsafeConnectionException or NpgsqlException)
        {
            await output.WriteLineAsync(refused.Message);
            return 1;
        }
    }

    private static string Password(IConfiguration configuration, DatabaseRole role) =>
        new NpgsqlConnectionStringBuilder(configuration.GetConnectionString(role.ToString())).Password is { Length: > 0 } password
            ? password
            : throw new UnsafeConnectionException($"ConnectionStrings:{role} has no password.");
}
