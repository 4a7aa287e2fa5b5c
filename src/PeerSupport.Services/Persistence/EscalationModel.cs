using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.Escalation;
using PeerSupport.Domain.People;
using PeerSupport.Services.Escalation;
using PeerSupport.Services.Notices;

namespace PeerSupport.Services.Persistence;

/// <summary>
/// Tables about hand-offs. Nothing in them leads back to a support case. Destroying a track is one DELETE: facts, record,
/// links and messages cascade from it.
/// </summary>
internal static class EscalationModel
{
    public static void Configure(ModelBuilder builder)
    {
        ConfigureTracks(builder);
        ConfigureRecord(builder);
        ConfigureClinicians(builder);
        ConfigureAlerts(builder);
        ConfigureTimedWork(builder);
        ConfigureRetention(builder);
    }

    private static void ConfigureTracks(ModelBuilder builder)
    {
        builder.Entity<FormalTrack>(track =>
        {
            track.ToTable("formal_tracks", table => table.HasCheckConstraint("ck_formal_tracks_clinician", "state not in (2, 4, 5, 6) or clinician_id is not null"));
            track.Property(t => t.Id).ValueGeneratedNever();
            track.Ignore(t => t.Handle);
            track.HasIndex(t => t.StewardId);
            track.HasIndex(t => t.OpenedBy);
            track.HasIndex(t => t.ClinicianId);
            track.HasIndex(t => t.OfficerCodeHash).IsUnique();
            track.HasIndex(t => new { t.AgencyId, t.EndedAt });
            track.HasOne<Agency>().WithMany().HasForeignKey(t => t.AgencyId).OnDelete(DeleteBehavior.Restrict);
            track.HasOne<Person>().WithMany().HasForeignKey(t => t.OpenedBy).OnDelete(DeleteBehavior.Restrict);
            track.HasOne<Person>().WithMany().HasForeignKey(t => t.StewardId).OnDelete(DeleteBehavior.Restrict);
            track.HasOne<Clinician>().WithMany().HasForeignKey(t => t.ClinicianId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<TrackFacts>(facts =>
        {
            facts.ToTable("track_facts");
            facts.HasKey(f => f.TrackId);
            facts.HasIndex(f => f.KeyEpoch);
            facts.HasOne<FormalTrack>().WithOne().HasForeignKey<TrackFacts>(f => f.TrackId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<HandOffLink>(link =>
        {
            link.ToTable("hand_off_links");
            link.Property(l => l.Id).ValueGeneratedNever();
            link.HasIndex(l => l.TrackId);
            link.HasOne<FormalTrack>().WithMany().HasForeignKey(l => l.TrackId).OnDelete(DeleteBehavior.Cascade);
            link.HasOne<Clinician>().WithMany().HasForeignKey(l => l.ClinicianId).OnDelete(DeleteBehavior.Restrict);
        });
    }

    private static void ConfigureRecord(ModelBuilder builder) => builder.Entity<TrackEvent>(entry =>
    {
        entry.ToTable("track_events");
        entry.HasKey(e => new { e.TrackId, e.Number });
        entry.HasOne<FormalTrack>().WithMany().HasForeignKey(e => e.TrackId).OnDelete(DeleteBehavior.Cascade);
    });

    private static void ConfigureClinicians(ModelBuilder builder) => builder.Entity<Clinician>(clinician =>
    {
        clinician.ToTable("clinicians");
        clinician.Property(c => c.Id).ValueGeneratedNever();
        clinician.Ignore(c => c.IsOutside);
        clinician.Property(c => c.Name).HasMaxLength(200);
        clinician.Property(c => c.Licence).HasMaxLength(200);
        clinician.Property(c => c.Phone).HasMaxLength(50);
        clinician.Property(c => c.Email).HasMaxLength(254);
        clinician.HasIndex(c => c.RegionId);
        clinician.HasIndex(c => c.PersonId).IsUnique();
        clinician.HasOne<Region>().WithMany().HasForeignKey(c => c.RegionId);
        clinician.HasOne<Agency>().WithMany().HasForeignKey(c => c.AgencyId);
        clinician.HasOne<Person>().WithMany().HasForeignKey(c => c.PersonId).OnDelete(DeleteBehavior.Restrict);
    });

    private static void ConfigureAlerts(ModelBuilder builder)
    {
        builder.Entity<DangerAlert>(alert =>
        {
            alert.ToTable("danger_alerts");
            alert.Property(a => a.Id).ValueGeneratedNever();
            alert.HasIndex(a => a.RaisedBy).IsUnique().HasFilter("acknowledged_by is null");
            alert.HasIndex(a => a.RegionId);
        });
        builder.Entity<OnCall>(onCall =>
        {
            onCall.ToTable("on_call");
            onCall.HasKey(o => o.PersonId);
            onCall.Property(o => o.Phone).HasMaxLength(50);
            onCall.HasIndex(o => o.AgencyId);
            onCall.HasOne<Person>().WithOne().HasForeignKey<OnCall>(o => o.PersonId).OnDelete(DeleteBehavior.Cascade);
        });
    }

    private static void ConfigureTimedWork(ModelBuilder builder)
    {
        builder.Entity<Errand>(errand =>
        {
            errand.ToTable("errands");
            errand.Property(e => e.Id).ValueGeneratedNever();
            errand.HasIndex(e => e.DueAt);
            errand.HasIndex(e => new { e.Kind, e.SubjectId });
            errand.HasOne<SupportCase>().WithMany().HasForeignKey(e => e.CaseId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<Message>(message =>
        {
            message.ToTable("messages", table => table.HasCheckConstraint("ck_messages_recipient", "(person_id is null) <> (clinician_id is null)"));
            message.Property(m => m.Id).ValueGeneratedNever();
            message.Property(m => m.Address).HasMaxLength(256);
            message.HasIndex(m => new { m.State, m.DueAt });
            message.HasIndex(m => m.TrackId);
            message.HasOne<FormalTrack>().WithMany().HasForeignKey(m => m.TrackId).OnDelete(DeleteBehavior.Cascade);
            message.HasOne<SupportCase>().WithMany().HasForeignKey(m => m.CaseId).OnDelete(DeleteBehavior.Cascade);
            message.HasOne<Invitation>().WithMany().HasForeignKey(m => m.InvitationId).OnDelete(DeleteBehavior.Cascade);
            message.HasOne<DangerAlert>().WithMany().HasForeignKey(m => m.AlertId).OnDelete(DeleteBehavior.Cascade);
        });
    }

    private static void ConfigureRetention(ModelBuilder builder)
    {
        builder.Entity<TrackSettings>(settings =>
        {
            settings.ToTable("track_settings", table =>
            {
                table.HasCheckConstraint("ck_track_settings_months", $"retention_months between {RetentionRules.LeastMonths} and {RetentionRules.MostMonths}");
                table.HasCheckConstraint("ck_track_settings_next", $"next_months between {RetentionRules.LeastMonths} and {RetentionRules.MostMonths} and next_months < retention_months and (next_months is null) = (next_from is null)");
            });
            settings.HasKey(s => s.AgencyId);
            settings.HasOne<Agency>().WithOne().HasForeignKey<TrackSettings>(s => s.AgencyId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<RetentionRun>(run =>
        {
            run.ToTable("retention_runs");
            run.HasKey(r => new { r.AgencyId, r.Day });
        });
    }
}
