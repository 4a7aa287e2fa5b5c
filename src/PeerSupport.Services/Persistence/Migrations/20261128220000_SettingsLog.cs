using System;
using System.IO;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PeerSupport.Services.Persistence.Migrations
{
    /// <summary>What administrators change in settings is kept, and a wording of the disclaimer never changes: read SettingsLog.sql.</summary>
    public partial class SettingsLog : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "settings_log",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    actor_id = table.Column<Guid>(type: "uuid", nullable: false),
                    agency_id = table.Column<Guid>(type: "uuid", nullable: true),
                    kind = table.Column<short>(type: "smallint", nullable: false),
                    subject = table.Column<string>(type: "character varying(401)", maxLength: 401, nullable: false),
                    before = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    after = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_settings_log", x => x.id);
                    table.CheckConstraint("ck_settings_log_differs", "before is distinct from after");
                    table.ForeignKey(
                        name: "fk_settings_log_people_actor_id",
                        column: x => x.actor_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_settings_log_agencies_agency_id",
                        column: x => x.agency_id,
                        principalTable: "agencies",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_settings_log_actor_id",
                table: "settings_log",
                column: "actor_id");

            migrationBuilder.CreateIndex(
                name: "ix_settings_log_agency_id",
                table: "settings_log",
                column: "agency_id");

            migrationBuilder.CreateIndex(
                name: "ix_settings_log_at",
                table: "settings_log",
                column: "at");

            using var stream = typeof(SettingsLog).Assembly.GetManifestResourceStream("SettingsLog.sql");
            using var reader = new StreamReader(stream);
            migrationBuilder.Sql(reader.ReadToEnd());
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            throw new NotSupportedException("Taking the locks off is not a migration. Restore a backup instead.");
    }
}
