using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.People;

namespace PeerSupport.Services.Persistence;

/// <summary>Tables about agencies and the people who work in the programme.</summary>
internal static class PeopleModel
{
    public static void Configure(ModelBuilder builder)
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
            agency.HasOne<Region>().WithMany().HasForeignKey(a => a.RegionId);
        });
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
        });
        builder.Entity<DisclaimerVersion>(disclaimer =>
        {
            disclaimer.ToTable("disclaimer_versions");
            disclaimer.HasKey(d => new { d.AgencyId, d.Version });
            disclaimer.Property(d => d.Text).HasMaxLength(2000);
            disclaimer.HasOne<Agency>().WithMany().HasForeignKey(d => d.AgencyId);
        });
    }
}
