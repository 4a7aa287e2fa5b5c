using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace PeerSupport.Services.Persistence;

/// <summary>One connection pool per database role, from the connection string of the role's name.</summary>
public sealed class DataSources : IAsyncDisposable
{
    private readonly FrozenDictionary<DatabaseRole, NpgsqlDataSource> sources;

    /// <summary>Reads ConnectionStrings:Accounts, :Board, :Reveal, :Jobs, :Tracks and :Stats.</summary>
    /// <exception cref="UnsafeConnectionException">One is missing or carries an unsafe option.</exception>
    public DataSources(IConfiguration configuration, bool development)
    {
        sources = Enum.GetValues<DatabaseRole>().ToFrozenDictionary(role => role, role =>
        {
            var text = configuration.GetConnectionString(role.ToString())
                ?? throw new UnsafeConnectionException($"ConnectionStrings:{role} is not set.");
            return NpgsqlDataSource.Create(ConnectionSafety.Checked(role, text, development));
        });
    }

    /// <summary>The pool of a role.</summary>
    public NpgsqlDataSource this[DatabaseRole role] => sources[role];

    /// <summary>
    /// After the server was gone, every idle connection is dead: dropping them all keeps the next readers from finding
    /// that out one by one.
    /// </summary>
    public void ForgetIdle()
    {
        foreach (var source in sources.Values)
            source.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var source in sources.Values)
            await source.DisposeAsync();
    }
}

/// <summary>Makes the options every context shares.</summary>
internal static class ContextOptions
{
    public static DbContextOptionsBuilder Configure(this DbContextOptionsBuilder builder, NpgsqlDataSource source, IServiceProvider services)
    {
        builder.UseNpgsql(source).UseSnakeCaseNamingConvention().UseApplicationServiceProvider(services);
        builder.EnableSensitiveDataLogging(false).EnableDetailedErrors(false);
        return builder;
    }
}
