using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PeerSupport.Services.People;

namespace PeerSupport.Services.Persistence;

/// <summary>For "dotnet ef" and for migrations: the same model options as the running app.</summary>
internal sealed class DesignTimeContext : IDesignTimeDbContextFactory<PeerSupportContext>
{
    public PeerSupportContext CreateDbContext(string[] args) =>
        Create(NpgsqlDataSource.Create("Host=localhost;Database=design-time-only"));

    internal static PeerSupportContext Create(NpgsqlDataSource source)
    {
        var services = new ServiceCollection().Configure<IdentityOptions>(IdentitySetup.Schema).BuildServiceProvider();
        var options = new DbContextOptionsBuilder<PeerSupportContext>();
        options.Configure(source, services);
        return new PeerSupportContext(options.Options);
    }
}
