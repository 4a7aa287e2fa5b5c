using System.IO;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PeerSupport.Services.Persistence.Migrations;

/// <summary>Grants and row-level security: read RolesAndRowSecurity.sql.</summary>
public partial class RolesAndRowSecurity : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        using var stream = typeof(RolesAndRowSecurity).Assembly.GetManifestResourceStream("RolesAndRowSecurity.sql");
        using var reader = new StreamReader(stream);
        migrationBuilder.Sql(reader.ReadToEnd());
    }

    protected override void Down(MigrationBuilder migrationBuilder) =>
        throw new System.NotSupportedException("Taking the locks off is not a migration. Restore a backup instead.");
}
