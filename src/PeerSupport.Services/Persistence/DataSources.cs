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

/// <summary>
/// Makes the options every context shares. A data source in them would give each login its own copy of the model and of every
/// compiled query; each context is given its connection instead, so that all share one of both. For that the parts of the
/// options must also come in one order, which is the order of AddDbContext: the application's services first.
/// </summary>
internal static class ContextOptions
{
    /// <summary>For contexts that are handed their connection when they are made.</summary>
    public static DbContextOptionsBuilder Configure(this DbContextOptionsBuilder builder, IServiceProvider services)
    {
        builder.UseApplicationServiceProvider(services).UseNpgsql();
        return builder.ConfigureRest();
    }

    /// <summary>For one context, with a connection of its own from this pool.</summary>
    public static DbContextOptionsBuilder Configure(this DbContextOptionsBuilder builder, NpgsqlDataSource source, IServiceProvider services)
    {
        builder.UseApplicationServiceProvider(services).UseNpgsql(source.CreateConnection(), contextOwnsConnection: true);
        return builder.ConfigureRest();
    }

    private static DbContextOptionsBuilder ConfigureRest(this DbContextOptionsBuilder builder)
    {
        builder.UseSnakeCaseNamingConvention();
        builder.EnableSensitiveDataLogging(false).EnableDetailedErrors(false);
        return builder;
    }
}
