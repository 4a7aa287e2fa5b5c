using System;
using System.IO;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

#pragma warning disable CA1814 // Prefer jagged arrays over multidimensional

namespace PeerSupport.Services.Persistence.Migrations
{
    /// <summary>Counters by the calendar, published tables, and the login that may read them: read Reporting.sql.</summary>
    public partial class Reporting : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropPrimaryKey(
                name: "pk_tallies",
                table: "tallies");

            migrationBuilder.RenameColumn(
                name: "period",
                table: "tallies",
                newName: "period_start");

            migrationBuilder.AddColumn<int>(
                name: "period_kind",
                table: "tallies",
                type: "integer",
                nullable: false,
                defaultValue: 2);

            migrationBuilder.AddPrimaryKey(
                name: "pk_tallies",
                table: "tallies",
                columns: new[] { "measure", "period_kind", "period_start", "cell" });

            migrationBuilder.CreateTable(
                name: "release_calendar",
                columns: table => new
                {
                    measure = table.Column<int>(type: "integer", nullable: false),
                    effective_from = table.Column<DateOnly>(type: "date", nullable: false),
                    period_kind = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_release_calendar", x => new { x.measure, x.effective_from });
                    table.CheckConstraint("ck_release_calendar_kind", "period_kind between 1 and 3");
                });

            migrationBuilder.CreateTable(
                name: "releases",
                columns: table => new
                {
                    measure = table.Column<int>(type: "integer", nullable: false),
                    period_kind = table.Column<int>(type: "integer", nullable: false),
                    period_start = table.Column<DateOnly>(type: "date", nullable: false),
                    released_on = table.Column<DateOnly>(type: "date", nullable: false),
                    epsilon_thousandths = table.Column<int>(type: "integer", nullable: false),
                    threshold = table.Column<int>(type: "integer", nullable: false),
                    band_width = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_releases", x => new { x.measure, x.period_kind, x.period_start });
                    table.CheckConstraint("ck_releases_rules", "threshold >= 5 and band_width >= 5 and epsilon_thousandths between 100 and 1000");
                });

            migrationBuilder.CreateTable(
                name: "reporting_since",
                columns: table => new
                {
                    only = table.Column<bool>(type: "boolean", nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reporting_since", x => x.only);
                    table.CheckConstraint("ck_reporting_since_only", "\"only\"");
                });

            migrationBuilder.CreateTable(
                name: "published_bands",
                columns: table => new
                {
                    measure = table.Column<int>(type: "integer", nullable: false),
                    period_kind = table.Column<int>(type: "integer", nullable: false),
                    period_start = table.Column<DateOnly>(type: "date", nullable: false),
                    cell = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    place = table.Column<int>(type: "integer", nullable: false),
                    english = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    spanish = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    lower = table.Column<int>(type: "integer", nullable: true),
                    upper = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_published_bands", x => new { x.measure, x.period_kind, x.period_start, x.cell });
                    table.CheckConstraint("ck_published_bands_band", "(lower is null) = (upper is null) and (lower is null or (lower >= 0 and upper - lower >= 4))");
                    table.ForeignKey(
                        name: "fk_published_bands_releases_measure_period_kind_period_start",
                        columns: x => new { x.measure, x.period_kind, x.period_start },
                        principalTable: "releases",
                        principalColumns: new[] { "measure", "period_kind", "period_start" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.InsertData(
                table: "release_calendar",
                columns: new[] { "effective_from", "measure", "period_kind" },
                values: new object[,]
                {
                    { new DateOnly(2020, 1, 1), 1, 2 },
                    { new DateOnly(2020, 1, 1), 2, 2 },
                    { new DateOnly(2020, 1, 1), 3, 2 },
                    { new DateOnly(2020, 1, 1), 4, 2 },
                    { new DateOnly(2020, 1, 1), 5, 2 }
                });

            using var stream = typeof(Reporting).Assembly.GetManifestResourceStream("Reporting.sql");
            using var reader = new StreamReader(stream);
            migrationBuilder.Sql(reader.ReadToEnd());
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            throw new NotSupportedException("Taking the locks off is not a migration. Restore a backup instead.");
    }
}
