using System;
using System.IO;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PeerSupport.Services.Persistence.Migrations
{
    /// <summary>A training that was entered wrongly is taken back: read Trainings.sql.</summary>
    public partial class Trainings : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            using var stream = typeof(Trainings).Assembly.GetManifestResourceStream("Trainings.sql");
            using var reader = new StreamReader(stream);
            migrationBuilder.Sql(reader.ReadToEnd());
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            throw new NotSupportedException("Taking the locks off is not a migration. Restore a backup instead.");
    }
}
