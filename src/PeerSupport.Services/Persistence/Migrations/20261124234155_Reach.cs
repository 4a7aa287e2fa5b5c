using System;
using System.IO;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PeerSupport.Services.Persistence.Migrations
{
    /// <summary>Agencies, accounts, roles by two, channels and waves, with their grants and row-level security: read Reach.sql.</summary>
    public partial class Reach : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "next_wave_at",
                table: "support_cases",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<short>(
                name: "wave",
                table: "support_cases",
                type: "smallint",
                nullable: false,
                defaultValue: (short)1);

            migrationBuilder.AddColumn<bool>(
                name: "retired",
                table: "situation_types",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "retired",
                table: "situation_categories",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "device",
                table: "sessions",
                type: "character varying(60)",
                maxLength: 60,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "strong",
                table: "sessions",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTimeOffset[]>(
                name: "hand_backs",
                table: "peers",
                type: "timestamp with time zone[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<int>(
                name: "caseload_most",
                table: "peers",
                type: "integer",
                nullable: false,
                defaultValue: 2);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "paused_until",
                table: "peers",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<TimeOnly>(
                name: "quiet_from",
                table: "peers",
                type: "time without time zone",
                nullable: true);

            migrationBuilder.AddColumn<TimeOnly>(
                name: "quiet_until",
                table: "peers",
                type: "time without time zone",
                nullable: true);

            migrationBuilder.AddColumn<string[]>(
                name: "spoken_languages",
                table: "peers",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<Guid>(
                name: "unit_id",
                table: "peers",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "code_misses",
                table: "accounts",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "codes_locked_until",
                table: "accounts",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "address",
                table: "messages",
                type: "character varying(256)",
                maxLength: 256,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "case_id",
                table: "messages",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "invitation_id",
                table: "messages",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "case_id",
                table: "errands",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "spanish_text",
                table: "disclaimer_versions",
                type: "character varying(2000)",
                maxLength: 2000,
                nullable: true);

            migrationBuilder.AddColumn<short>(
                name: "wave",
                table: "deliveries",
                type: "smallint",
                nullable: false,
                defaultValue: (short)1);

            migrationBuilder.AddColumn<bool>(
                name: "shares_peers",
                table: "agencies",
                type: "boolean",
                nullable: false,
                defaultValue: true);

            migrationBuilder.AddColumn<string>(
                name: "time_zone",
                table: "agencies",
                type: "character varying(64)",
                maxLength: 64,
                nullable: false,
                defaultValue: "America/Los_Angeles");

            migrationBuilder.CreateTable(
                name: "alert_channels",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<int>(type: "integer", nullable: false),
                    target = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    added_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    taken_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    refused_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    confirmed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_alert_channels", x => x.id);
                    table.ForeignKey(
                        name: "fk_alert_channels_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "alert_plans",
                columns: table => new
                {
                    agency_id = table.Column<Guid>(type: "uuid", nullable: false),
                    group_after = table.Column<int>(type: "integer", nullable: false),
                    region_after = table.Column<int>(type: "integer", nullable: false),
                    tell_after = table.Column<int>(type: "integer", nullable: false),
                    night_group_after = table.Column<int>(type: "integer", nullable: false),
                    night_region_after = table.Column<int>(type: "integer", nullable: false),
                    night_tell_after = table.Column<int>(type: "integer", nullable: false),
                    night_from = table.Column<TimeOnly>(type: "time without time zone", nullable: false),
                    night_until = table.Column<TimeOnly>(type: "time without time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_alert_plans", x => x.agency_id);
                    table.ForeignKey(
                        name: "fk_alert_plans_agencies_agency_id",
                        column: x => x.agency_id,
                        principalTable: "agencies",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "approvals",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<int>(type: "integer", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    role = table.Column<int>(type: "integer", nullable: true),
                    email = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    requested_by = table.Column<Guid>(type: "uuid", nullable: false),
                    requested_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    decided_by = table.Column<Guid>(type: "uuid", nullable: true),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    granted = table.Column<bool>(type: "boolean", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_approvals", x => x.id);
                    table.CheckConstraint("ck_approvals_second_person", "decided_by is null or decided_by <> requested_by");
                    table.ForeignKey(
                        name: "fk_approvals_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "crisis_lines",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    agency_id = table.Column<Guid>(type: "uuid", nullable: true),
                    position = table.Column<int>(type: "integer", nullable: false),
                    label = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    tel = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    english = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    spanish = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    last_verified = table.Column<DateOnly>(type: "date", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_crisis_lines", x => x.id);
                    table.ForeignKey(
                        name: "fk_crisis_lines_agencies_agency_id",
                        column: x => x.agency_id,
                        principalTable: "agencies",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "invitations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_by = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    spent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_invitations", x => x.id);
                    table.ForeignKey(
                        name: "fk_invitations_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "known_devices",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    last_used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    failures = table.Column<int>(type: "integer", nullable: false),
                    locked_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    code_misses = table.Column<int>(type: "integer", nullable: false),
                    codes_locked_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_known_devices", x => x.id);
                    table.ForeignKey(
                        name: "fk_known_devices_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "practice_alerts",
                columns: table => new
                {
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_practice_alerts", x => x.person_id);
                    table.ForeignKey(
                        name: "fk_practice_alerts_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "recovery_codes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    code_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_recovery_codes", x => x.id);
                    table.ForeignKey(
                        name: "fk_recovery_codes_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "security_log",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    @event = table.Column<int>(name: "event", type: "integer", nullable: false),
                    by_person_id = table.Column<Guid>(type: "uuid", nullable: true),
                    role = table.Column<int>(type: "integer", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_security_log", x => x.id);
                    table.ForeignKey(
                        name: "fk_security_log_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "training_records",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    completed_on = table.Column<DateOnly>(type: "date", nullable: false),
                    valid_until = table.Column<DateOnly>(type: "date", nullable: false),
                    hours = table.Column<int>(type: "integer", nullable: true),
                    recorded_by = table.Column<Guid>(type: "uuid", nullable: false),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_training_records", x => x.id);
                    table.ForeignKey(
                        name: "fk_training_records_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "units",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    agency_id = table.Column<Guid>(type: "uuid", nullable: false),
                    parent_id = table.Column<Guid>(type: "uuid", nullable: true),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_units", x => x.id);
                    table.ForeignKey(
                        name: "fk_units_agencies_agency_id",
                        column: x => x.agency_id,
                        principalTable: "agencies",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_units_units_parent_id",
                        column: x => x.parent_id,
                        principalTable: "units",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.UpdateData(
                table: "situation_categories",
                keyColumn: "id",
                keyValue: 1,
                column: "retired",
                value: false);

            migrationBuilder.UpdateData(
                table: "situation_categories",
                keyColumn: "id",
                keyValue: 2,
                column: "retired",
                value: false);

            migrationBuilder.UpdateData(
                table: "situation_categories",
                keyColumn: "id",
                keyValue: 3,
                column: "retired",
                value: false);

            migrationBuilder.UpdateData(
                table: "situation_categories",
                keyColumn: "id",
                keyValue: 4,
                column: "retired",
                value: false);

            migrationBuilder.UpdateData(
                table: "situation_categories",
                keyColumn: "id",
                keyValue: 5,
                column: "retired",
                value: false);

            migrationBuilder.UpdateData(
                table: "situation_categories",
                keyColumn: "id",
                keyValue: 6,
                column: "retired",
                value: false);

            migrationBuilder.UpdateData(
                table: "situation_categories",
                keyColumn: "id",
                keyValue: 7,
                column: "retired",
                value: false);

            migrationBuilder.UpdateData(
                table: "situation_categories",
                keyColumn: "id",
                keyValue: 8,
                column: "retired",
                value: false);

            migrationBuilder.UpdateData(
                table: "situation_categories",
                keyColumn: "id",
                keyValue: 9,
                column: "retired",
                value: false);

            migrationBuilder.UpdateData(
                table: "situation_categories",
                keyColumn: "id",
                keyValue: 10,
                column: "retired",
                value: false);

            migrationBuilder.UpdateData(
                table: "situation_types",
                keyColumn: "id",
                keyValue: 101,
                column: "retired",
                value: false);

            migrationBuilder.UpdateData(
                table: "situation_types",
                keyColumn: "id",
                keyValue: 102,
                column: "retired",
                value: false);

            migrationBuilder.UpdateData(
                table: "situation_types",
                keyColumn: "id",
                keyValue: 103,
                column: "retired",
                value: false);

            migrationBuilder.UpdateData(
                table: "situation_types",
                keyColumn: "id",
                keyValue: 104,
                column: "retired",
                value: false);

            migrationBuilder.UpdateData(
                table: "situation_types",
                keyColumn: "id",
                keyValue: 105,
                column: "retired",
                value: false);

            migrationBuilder.UpdateData(
                table: "situation_types",
                keyColumn: "id",
                keyValue: 106,
                column: "retired",
                value: false);

            migrationBuilder.UpdateData(
                table: "situation_types",
                keyColumn: "id",
                keyValue: 201,
                column: "retired",
                value: false);

            migrationBuilder.UpdateData(
                table: "situation_types",
                keyColumn: "id",
                keyValue: 202,
                column: "retired",
                value: false);

            migrationBuilder.UpdateData(
                table: "situation_types",
                keyColumn: "id",
                keyValue: 203,
                column: "retired",
                value: false);

            migrationBuilder.UpdateData(
                table: "situation_types",
                keyColumn: "id",
                keyValue: 204,
                column: "retired",
                value: false);

            migrationBuilder.UpdateData(
                table: "situation_types",
                keyColumn: "id",
                keyValue: 301,
                column: "retired",
                value: false);

            migrationBuilder.UpdateData(
                table: "situation_types",
                keyColumn: "id",
                keyValue: 302,
                column: "retired",
                value: false);

            migrationBuilder.UpdateData(
                table: "situation_types",
                keyColumn: "id",
                keyValue: 303,
                column: "retired",
                value: false);

            migrationBuilder.UpdateData(
                table: "situation_types",
                keyColumn: "id",
                keyValue: 304,
                column: "retired",
                value: false);

            migrationBuilder.UpdateData(
                table: "situation_types",
                keyColumn: "id",
                keyValue: 401,
                column: "retired",
                value: false);

            migrationBuilder.UpdateData(
                table: "situation_types",
                keyColumn: "id",
                keyValue: 402,
                column: "retired",
                value: false);

            migrationBuilder.UpdateData(
                table: "situation_types",
                keyColumn: "id",
                keyValue: 403,
                column: "retired",
                value: false);

            migrationBuilder.UpdateData(
                table: "situation_types",
                keyColumn: "id",
                keyValue: 404,
                column: "retired",
                value: false);

            migrationBuilder.UpdateData(
                table: "situation_types",
                keyColumn: "id",
                keyValue: 405,
                column: "retired",
                value: false);

            migrationBuilder.UpdateData(
                table: "situation_types",
                keyColumn: "id",
                keyValue: 501,
                column: "retired",
                value: false);

            migrationBuilder.UpdateData(
                table: "situation_types",
                keyColumn: "id",
                keyValue: 502,
                column: "retired",
                value: false);

            migrationBuilder.UpdateData(
                table: "situation_types",
                keyColumn: "id",
                keyValue: 503,
                column: "retired",
                value: false);

            migrationBuilder.UpdateData(
                table: "situation_types",
                keyColumn: "id",
                keyValue: 601,
                column: "retired",
                value: false);

            migrationBuilder.UpdateData(
                table: "situation_types",
                keyColumn: "id",
                keyValue: 602,
                column: "retired",
                value: false);

            migrationBuilder.UpdateData(
                table: "situation_types",
                keyColumn: "id",
                keyValue: 603,
                column: "retired",
                value: false);

            migrationBuilder.UpdateData(
                table: "situation_types",
                keyColumn: "id",
                keyValue: 604,
                column: "retired",
                value: false);

            migrationBuilder.UpdateData(
                table: "situation_types",
                keyColumn: "id",
                keyValue: 701,
                column: "retired",
                value: false);

            migrationBuilder.UpdateData(
                table: "situation_types",
                keyColumn: "id",
                keyValue: 702,
                column: "retired",
                value: false);

            migrationBuilder.UpdateData(
                table: "situation_types",
                keyColumn: "id",
                keyValue: 703,
                column: "retired",
                value: false);

            migrationBuilder.UpdateData(
                table: "situation_types",
                keyColumn: "id",
                keyValue: 704,
                column: "retired",
                value: false);

            migrationBuilder.UpdateData(
                table: "situation_types",
                keyColumn: "id",
                keyValue: 705,
                column: "retired",
                value: false);

            migrationBuilder.UpdateData(
                table: "situation_types",
                keyColumn: "id",
                keyValue: 801,
                column: "retired",
                value: false);

            migrationBuilder.UpdateData(
                table: "situation_types",
                keyColumn: "id",
                keyValue: 802,
                column: "retired",
                value: false);

            migrationBuilder.UpdateData(
                table: "situation_types",
                keyColumn: "id",
                keyValue: 803,
                column: "retired",
                value: false);

            migrationBuilder.UpdateData(
                table: "situation_types",
                keyColumn: "id",
                keyValue: 804,
                column: "retired",
                value: false);

            migrationBuilder.UpdateData(
                table: "situation_types",
                keyColumn: "id",
                keyValue: 805,
                column: "retired",
                value: false);

            migrationBuilder.UpdateData(
                table: "situation_types",
                keyColumn: "id",
                keyValue: 901,
                column: "retired",
                value: false);

            migrationBuilder.UpdateData(
                table: "situation_types",
                keyColumn: "id",
                keyValue: 902,
                column: "retired",
                value: false);

            migrationBuilder.UpdateData(
                table: "situation_types",
                keyColumn: "id",
                keyValue: 1001,
                column: "retired",
                value: false);

            migrationBuilder.UpdateData(
                table: "situation_types",
                keyColumn: "id",
                keyValue: 1002,
                column: "retired",
                value: false);

            migrationBuilder.CreateIndex(
                name: "ix_peers_unit_id",
                table: "peers",
                column: "unit_id");

            migrationBuilder.CreateIndex(
                name: "ix_messages_case_id",
                table: "messages",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "ix_messages_invitation_id",
                table: "messages",
                column: "invitation_id");

            migrationBuilder.CreateIndex(
                name: "ix_errands_case_id",
                table: "errands",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "ix_alert_channels_person_id_kind_target",
                table: "alert_channels",
                columns: new[] { "person_id", "kind", "target" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_approvals_person_id",
                table: "approvals",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_crisis_lines_agency_id",
                table: "crisis_lines",
                column: "agency_id");

            migrationBuilder.CreateIndex(
                name: "ix_invitations_person_id",
                table: "invitations",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_known_devices_person_id",
                table: "known_devices",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_recovery_codes_person_id_code_hash",
                table: "recovery_codes",
                columns: new[] { "person_id", "code_hash" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_security_log_person_id_at",
                table: "security_log",
                columns: new[] { "person_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_training_records_person_id",
                table: "training_records",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_units_agency_id",
                table: "units",
                column: "agency_id");

            migrationBuilder.CreateIndex(
                name: "ix_units_parent_id",
                table: "units",
                column: "parent_id");

            migrationBuilder.AddForeignKey(
                name: "fk_errands_support_cases_case_id",
                table: "errands",
                column: "case_id",
                principalTable: "support_cases",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_messages_invitations_invitation_id",
                table: "messages",
                column: "invitation_id",
                principalTable: "invitations",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_messages_support_cases_case_id",
                table: "messages",
                column: "case_id",
                principalTable: "support_cases",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_peers_units_unit_id",
                table: "peers",
                column: "unit_id",
                principalTable: "units",
                principalColumn: "id",
                onDelete: ReferentialAction.SetNull);

            using var stream = typeof(Reach).Assembly.GetManifestResourceStream("Reach.sql");
            using var reader = new StreamReader(stream);
            migrationBuilder.Sql(reader.ReadToEnd());
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            throw new NotSupportedException("Taking the locks off is not a migration. Restore a backup instead.");
    }
}
