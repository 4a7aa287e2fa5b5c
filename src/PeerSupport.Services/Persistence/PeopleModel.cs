using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.People;

namespace PeerSupport.Services.Persistence;

/// <summary>Tables about agencies and the people who work in the programme.</summary>
internal static class PeopleModel
{
    public static void Configure(ModelBuilder builder)
    {
        ConfigureAgencies(builder);
        ConfigurePeople(builder);
        ConfigurePolicies(builder);
    }

    private static void ConfigureAgencies(ModelBuilder builder)
    {
        builder.Entity<Region>(region =>
        {
            region.ToTable("regions");
            region.Property(r => r.Name).HasMaxLength(200);
        });
        builder.Entity<Agency>(agency =>
        {
            agency.ToTable("agencies");
            agency.Property(a => a.Name).HasMaxLength(200);
            agency.Property(a => a.TimeZone).HasMaxLength(64).HasDefaultValue("America/Los_Angeles");
            agency.Property(a => a.SharesPeers).HasDefaultValue(true);
            agency.HasOne<Region>().WithMany().HasForeignKey(a => a.RegionId);
        });
        builder.Entity<Unit>(unit =>
        {
            unit.ToTable("units");
            unit.Property(u => u.Id).ValueGeneratedNever();
            unit.Property(u => u.Name).HasMaxLength(200);
            unit.HasOne<Agency>().WithMany().HasForeignKey(u => u.AgencyId);
            unit.HasOne<Unit>().WithMany().HasForeignKey(u => u.ParentId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<AlertPlan>(plan =>
        {
            plan.ToTable("alert_plans");
            plan.HasKey(p => p.AgencyId);
            plan.HasOne<Agency>().WithOne().HasForeignKey<AlertPlan>(p => p.AgencyId);
        });
    }

    private static void ConfigurePeople(ModelBuilder builder)
    {
        builder.Entity<Person>(person =>
        {
            person.ToTable("people");
            person.Property(p => p.DisplayName).HasMaxLength(200);
            person.Property(p => p.Language).HasMaxLength(8);
            person.Property(p => p.TimeZone).HasMaxLength(64);
            person.Property(p => p.Phone).HasMaxLength(50);
            person.HasOne<Agency>().WithMany().HasForeignKey(p => p.AgencyId);
        });
        builder.Entity<RoleGrant>(grant =>
        {
            grant.ToTable("role_grants");
            grant.HasKey(g => new { g.PersonId, g.Role });
            grant.HasOne<Person>().WithMany().HasForeignKey(g => g.PersonId);
        });
        builder.Entity<Peer>(peer =>
        {
            peer.ToTable("peers", table => table.HasCheckConstraint("ck_peers_caseload", "held >= 0 and held <= caseload_limit"));
            peer.HasKey(p => p.PersonId);
            peer.HasOne<Person>().WithOne().HasForeignKey<Peer>(p => p.PersonId);
            peer.HasOne<Unit>().WithMany().HasForeignKey(p => p.UnitId).OnDelete(DeleteBehavior.SetNull);
            peer.Property(p => p.CaseloadMost).HasDefaultValue(2);
            peer.Property(p => p.SpokenLanguages).HasDefaultValueSql("'{}'");
            peer.Property(p => p.HandBacks).HasDefaultValueSql("'{}'");
        });
        builder.Entity<TrainingRecord>(training =>
        {
            training.ToTable("training_records");
            training.Property(t => t.Id).ValueGeneratedNever();
            training.Property(t => t.Name).HasMaxLength(200);
            training.HasOne<Person>().WithMany().HasForeignKey(t => t.PersonId).OnDelete(DeleteBehavior.Cascade);
        });
    }

    private static void ConfigurePolicies(ModelBuilder builder)
    {
        builder.Entity<DisclaimerVersion>(disclaimer =>
        {
            disclaimer.ToTable("disclaimer_versions");
            disclaimer.HasKey(d => new { d.AgencyId, d.Version });
            disclaimer.Property(d => d.Text).HasMaxLength(2000);
            disclaimer.Property(d => d.SpanishText).HasMaxLength(2000);
            disclaimer.HasOne<Agency>().WithMany().HasForeignKey(d => d.AgencyId);
        });
        builder.Entity<CrisisLineEntry>(line =>
        {
            line.ToTable("crisis_lines");
            line.Property(l => l.Id).ValueGeneratedNever();
            line.Property(l => l.Label).HasMaxLength(100);
            line.Property(l => l.Tel).HasMaxLength(50);
            line.Property(l => l.English).HasMaxLength(200);
            line.Property(l => l.Spanish).HasMaxLength(200);
            line.HasOne<Agency>().WithMany().HasForeignKey(l => l.AgencyId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<SettingEntry>(entry =>
        {
            entry.ToTable("settings_log", table => table.HasCheckConstraint("ck_settings_log_differs", "before is distinct from after"));
            entry.Property(e => e.Id).ValueGeneratedNever();
            entry.Property(e => e.Kind).HasConversion<short>();
            entry.Property(e => e.Subject).HasMaxLength(SettingEntry.LongestSubject);
            entry.Property(e => e.Before).HasMaxLength(SettingEntry.LongestText);
            entry.Property(e => e.After).HasMaxLength(SettingEntry.LongestText);
            entry.HasIndex(e => e.At);
            entry.HasOne<Person>().WithMany().HasForeignKey(e => e.ActorId).OnDelete(DeleteBehavior.Restrict);
            entry.HasOne<Agency>().WithMany().HasForeignKey(e => e.AgencyId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
