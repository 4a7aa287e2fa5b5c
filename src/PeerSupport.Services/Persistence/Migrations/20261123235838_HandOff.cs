using System;
using System.IO;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PeerSupport.Services.Persistence.Migrations
{
    /// <summary>Formal tracks, clinicians, alarms and timed work, with their grants and row-level security: read HandOff.sql.</summary>
    public partial class HandOff : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "phone",
                table: "people",
                type: "character varying(50)",
                maxLength: 50,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "clinicians",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    region_id = table.Column<Guid>(type: "uuid", nullable: false),
                    agency_id = table.Column<Guid>(type: "uuid", nullable: true),
                    person_id = table.Column<Guid>(type: "uuid", nullable: true),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    licence = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    phone = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    specialities = table.Column<int[]>(type: "integer[]", nullable: false),
                    languages = table.Column<string[]>(type: "text[]", nullable: false),
                    distance = table.Column<int>(type: "integer", nullable: false),
                    telehealth = table.Column<bool>(type: "boolean", nullable: false),
                    accepting = table.Column<bool>(type: "boolean", nullable: false),
                    last_verified = table.Column<DateOnly>(type: "date", nullable: false),
                    active = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_clinicians", x => x.id);
                    table.ForeignKey(
                        name: "fk_clinicians_agencies_agency_id",
                        column: x => x.agency_id,
                        principalTable: "agencies",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_clinicians_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_clinicians_regions_region_id",
                        column: x => x.region_id,
                        principalTable: "regions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "danger_alerts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    agency_id = table.Column<Guid>(type: "uuid", nullable: false),
                    region_id = table.Column<Guid>(type: "uuid", nullable: false),
                    raised_by = table.Column<Guid>(type: "uuid", nullable: false),
                    raised_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    acknowledged_by = table.Column<Guid>(type: "uuid", nullable: true),
                    acknowledged_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_danger_alerts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "errands",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<int>(type: "integer", nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    step = table.Column<int>(type: "integer", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    claimed_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_errands", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "on_call",
                columns: table => new
                {
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    agency_id = table.Column<Guid>(type: "uuid", nullable: false),
                    phone = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_on_call", x => x.person_id);
                    table.ForeignKey(
                        name: "fk_on_call_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "retention_runs",
                columns: table => new
                {
                    agency_id = table.Column<Guid>(type: "uuid", nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    destroyed = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_retention_runs", x => new { x.agency_id, x.day });
                });

            migrationBuilder.CreateTable(
                name: "track_settings",
                columns: table => new
                {
                    agency_id = table.Column<Guid>(type: "uuid", nullable: false),
                    retention_months = table.Column<int>(type: "integer", nullable: false),
                    next_months = table.Column<int>(type: "integer", nullable: true),
                    next_from = table.Column<DateOnly>(type: "date", nullable: true),
                    changed_by = table.Column<Guid>(type: "uuid", nullable: true),
                    changed_on = table.Column<DateOnly>(type: "date", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_track_settings", x => x.agency_id);
                    table.CheckConstraint("ck_track_settings_months", "retention_months between 12 and 240");
                    table.CheckConstraint("ck_track_settings_next", "next_months between 12 and 240 and next_months < retention_months and (next_months is null) = (next_from is null)");
                    table.ForeignKey(
                        name: "fk_track_settings_agencies_agency_id",
                        column: x => x.agency_id,
                        principalTable: "agencies",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "formal_tracks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    agency_id = table.Column<Guid>(type: "uuid", nullable: false),
                    region_id = table.Column<Guid>(type: "uuid", nullable: false),
                    opened_by = table.Column<Guid>(type: "uuid", nullable: false),
                    steward_id = table.Column<Guid>(type: "uuid", nullable: false),
                    clinician_id = table.Column<Guid>(type: "uuid", nullable: true),
                    basis = table.Column<int>(type: "integer", nullable: false),
                    voluntariness = table.Column<int>(type: "integer", nullable: true),
                    state = table.Column<int>(type: "integer", nullable: false),
                    handle_first = table.Column<short>(type: "smallint", nullable: false),
                    handle_second = table.Column<short>(type: "smallint", nullable: false),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    referred_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    acknowledged_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    declined_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    consent_withdrawn_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    next_appointment_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    legal_hold = table.Column<bool>(type: "boolean", nullable: false),
                    officer_code_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    officer_code_print = table.Column<int>(type: "integer", nullable: false),
                    officer_code_kept_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    entry_count = table.Column<int>(type: "integer", nullable: false),
                    head_mark = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_formal_tracks", x => x.id);
                    table.CheckConstraint("ck_formal_tracks_clinician", "state not in (2, 4, 5, 6) or clinician_id is not null");
                    table.ForeignKey(
                        name: "fk_formal_tracks_agencies_agency_id",
                        column: x => x.agency_id,
                        principalTable: "agencies",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_formal_tracks_clinicians_clinician_id",
                        column: x => x.clinician_id,
                        principalTable: "clinicians",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_formal_tracks_people_opened_by",
                        column: x => x.opened_by,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_formal_tracks_people_steward_id",
                        column: x => x.steward_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "hand_off_links",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    track_id = table.Column<Guid>(type: "uuid", nullable: false),
                    clinician_id = table.Column<Guid>(type: "uuid", nullable: false),
                    steward_id = table.Column<Guid>(type: "uuid", nullable: false),
                    issued_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    wrong_codes = table.Column<int>(type: "integer", nullable: false),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    spent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_hand_off_links", x => x.id);
                    table.ForeignKey(
                        name: "fk_hand_off_links_clinicians_clinician_id",
                        column: x => x.clinician_id,
                        principalTable: "clinicians",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_hand_off_links_formal_tracks_track_id",
                        column: x => x.track_id,
                        principalTable: "formal_tracks",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "messages",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<int>(type: "integer", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: true),
                    clinician_id = table.Column<Guid>(type: "uuid", nullable: true),
                    link_id = table.Column<Guid>(type: "uuid", nullable: true),
                    track_id = table.Column<Guid>(type: "uuid", nullable: true),
                    alert_id = table.Column<Guid>(type: "uuid", nullable: true),
                    state = table.Column<int>(type: "integer", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    claimed_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messages", x => x.id);
                    table.CheckConstraint("ck_messages_recipient", "(person_id is null) <> (clinician_id is null)");
                    table.ForeignKey(
                        name: "fk_messages_danger_alerts_alert_id",
                        column: x => x.alert_id,
                        principalTable: "danger_alerts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_messages_formal_tracks_track_id",
                        column: x => x.track_id,
                        principalTable: "formal_tracks",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "track_events",
                columns: table => new
                {
                    track_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    party = table.Column<int>(type: "integer", nullable: false),
                    actor_id = table.Column<Guid>(type: "uuid", nullable: true),
                    clinician_id = table.Column<Guid>(type: "uuid", nullable: true),
                    day = table.Column<DateOnly>(type: "date", nullable: true),
                    appointment_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    corrects = table.Column<int>(type: "integer", nullable: true),
                    reason = table.Column<int>(type: "integer", nullable: true),
                    rung = table.Column<int>(type: "integer", nullable: true),
                    mark = table.Column<byte[]>(type: "bytea", nullable: false),
                    basis = table.Column<int>(type: "integer", nullable: true),
                    voluntariness = table.Column<int>(type: "integer", nullable: true),
                    steward_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_track_events", x => new { x.track_id, x.number });
                    table.ForeignKey(
                        name: "fk_track_events_formal_tracks_track_id",
                        column: x => x.track_id,
                        principalTable: "formal_tracks",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "track_facts",
                columns: table => new
                {
                    track_id = table.Column<Guid>(type: "uuid", nullable: false),
                    key_epoch = table.Column<int>(type: "integer", nullable: false),
                    wrapped_key = table.Column<byte[]>(type: "bytea", nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_track_facts", x => x.track_id);
                    table.ForeignKey(
                        name: "fk_track_facts_formal_tracks_track_id",
                        column: x => x.track_id,
                        principalTable: "formal_tracks",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_clinicians_agency_id",
                table: "clinicians",
                column: "agency_id");

            migrationBuilder.CreateIndex(
                name: "ix_clinicians_person_id",
                table: "clinicians",
                column: "person_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_clinicians_region_id",
                table: "clinicians",
                column: "region_id");

            migrationBuilder.CreateIndex(
                name: "ix_danger_alerts_raised_by",
                table: "danger_alerts",
                column: "raised_by",
                unique: true,
                filter: "acknowledged_by is null");

            migrationBuilder.CreateIndex(
                name: "ix_danger_alerts_region_id",
                table: "danger_alerts",
                column: "region_id");

            migrationBuilder.CreateIndex(
                name: "ix_errands_due_at",
                table: "errands",
                column: "due_at");

            migrationBuilder.CreateIndex(
                name: "ix_errands_kind_subject_id",
                table: "errands",
                columns: new[] { "kind", "subject_id" });

            migrationBuilder.CreateIndex(
                name: "ix_formal_tracks_agency_id_ended_at",
                table: "formal_tracks",
                columns: new[] { "agency_id", "ended_at" });

            migrationBuilder.CreateIndex(
                name: "ix_formal_tracks_clinician_id",
                table: "formal_tracks",
                column: "clinician_id");

            migrationBuilder.CreateIndex(
                name: "ix_formal_tracks_officer_code_hash",
                table: "formal_tracks",
                column: "officer_code_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_formal_tracks_opened_by",
                table: "formal_tracks",
                column: "opened_by");

            migrationBuilder.CreateIndex(
                name: "ix_formal_tracks_steward_id",
                table: "formal_tracks",
                column: "steward_id");

            migrationBuilder.CreateIndex(
                name: "ix_hand_off_links_clinician_id",
                table: "hand_off_links",
                column: "clinician_id");

            migrationBuilder.CreateIndex(
                name: "ix_hand_off_links_track_id",
                table: "hand_off_links",
                column: "track_id");

            migrationBuilder.CreateIndex(
                name: "ix_messages_alert_id",
                table: "messages",
                column: "alert_id");

            migrationBuilder.CreateIndex(
                name: "ix_messages_state_due_at",
                table: "messages",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_messages_track_id",
                table: "messages",
                column: "track_id");

            migrationBuilder.CreateIndex(
                name: "ix_on_call_agency_id",
                table: "on_call",
                column: "agency_id");

            migrationBuilder.CreateIndex(
                name: "ix_track_facts_key_epoch",
                table: "track_facts",
                column: "key_epoch");

            using var stream = typeof(HandOff).Assembly.GetManifestResourceStream("HandOff.sql");
            using var reader = new StreamReader(stream);
            migrationBuilder.Sql(reader.ReadToEnd());
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            throw new NotSupportedException("Taking the locks off is not a migration. Restore a backup instead.");
    }
}
