using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;
using PeerSupport.Services.Sealing;

namespace PeerSupport.Services.Persistence;

/// <summary>Whether this node may be sent people: every login answers and is safe, the schema is this release's, and cases can be sealed.</summary>
public sealed class Readiness(DataSources sources, IEpochKeyStore epochKeys)
{
    /// <summary>The newest migration this release knows.</summary>
    private static readonly string Newest = typeof(Readiness).Assembly.GetTypes()
        .Select(type => type.GetCustomAttributes(typeof(MigrationAttribute), inherit: false).Cast<MigrationAttribute>().SingleOrDefault()?.Id)
        .OfType<string>().Max(StringComparer.Ordinal)!;

    private volatile bool loginsChecked;

    /// <summary>True once every login was found safe. Until then nobody is served.</summary>
    public bool LoginsChecked => loginsChecked;

    /// <summary>Checks the logins as soon as the database answers.</summary>
    /// <returns>False when it does not answer yet.</returns>
    /// <exception cref="UnsafeConnectionException">A login would undo row-level security: the app must stop.</exception>
    public async Task<bool> CheckLoginsAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!loginsChecked)
                await ConnectionSafety.CheckLoginsAsync(sources, cancellationToken);
            return loginsChecked = true;
        }
        catch (Exception fault) when (DatabaseFault.IsUnavailable(fault) || fault is PostgresException)
        {
            sources.ForgetIdle();
            return false;
        }
    }

    /// <exception cref="UnsafeConnectionException">A login would undo row-level security: the app must stop.</exception>
    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await CheckLoginsAsync(cancellationToken)
                && (await Task.WhenAll(Enum.GetValues<DatabaseRole>().Select(role => AnswersAsync(role, cancellationToken)))).All(answered => answered)
                && epochKeys.List().Count > 0;
        }
        catch (Exception fault) when (DatabaseFault.IsUnavailable(fault) || fault is PostgresException)
        {
            sources.ForgetIdle();
            return false;
        }
    }

    private async Task<bool> AnswersAsync(DatabaseRole role, CancellationToken cancellationToken)
    {
        await using var command = sources[role].CreateCommand($"select exists (select from \"{DatabaseSetup.HistoryTable}\" where migration_id >= $1)");
        command.Parameters.AddWithValue(Newest);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }
}
