using System;
using System.IO;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PeerSupport.Services.Persistence.Migrations
{
    /// <summary>A thousand boards are read together in one query: read BoardsAtOnce.sql.</summary>
    public partial class BoardsAtOnce : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            using var stream = typeof(BoardsAtOnce).Assembly.GetManifestResourceStream("BoardsAtOnce.sql");
            using var reader = new StreamReader(stream);
            migrationBuilder.Sql(reader.ReadToEnd());
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            throw new NotSupportedException("Taking the locks off is not a migration. Restore a backup instead.");
    }
}
