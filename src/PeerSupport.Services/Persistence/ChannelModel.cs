using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.People;
using PeerSupport.Services.Notices;

namespace PeerSupport.Services.Persistence;

/// <summary>Tables of the ways in which peers are alerted.</summary>
internal static class ChannelModel
{
    public static void Configure(ModelBuilder builder)
    {
        builder.Entity<AlertChannel>(channel =>
        {
            channel.ToTable("alert_channels");
            channel.Property(c => c.Id).ValueGeneratedNever();
            channel.Property(c => c.Target).HasMaxLength(1000);
            channel.Property(c => c.Name).HasMaxLength(60);
            channel.Property(c => c.KeyId).HasMaxLength(16);
            channel.HasIndex(c => new { c.PersonId, c.Kind, c.Target }).IsUnique();
            channel.HasOne<Person>().WithMany().HasForeignKey(c => c.PersonId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<PracticeAlert>(practice =>
        {
            practice.ToTable("practice_alerts");
            practice.HasKey(p => p.PersonId);
            practice.HasOne<Person>().WithOne().HasForeignKey<PracticeAlert>(p => p.PersonId).OnDelete(DeleteBehavior.Cascade);
        });
    }
}
