using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services.Cases;
using PeerSupport.Services.Sealing;

namespace PeerSupport.Services.Persistence;

/// <summary>
/// Tables about cases. Everything that belongs to a case cascades from its row: burning a case is one DELETE, and no
/// crash can leave half of it.
/// </summary>
internal static class CaseModel
{
    public static void Configure(ModelBuilder builder)
    {
        ConfigureCatalogue(builder);
        ConfigureCases(builder);
        ConfigureSealed(builder);
    }

    private static void ConfigureCatalogue(ModelBuilder builder)
    {
        builder.Entity<SituationCategory>(category =>
        {
            category.ToTable("situation_categories");
            category.Property(c => c.Id).ValueGeneratedNever();
            category.HasData(SituationCatalogue.Categories);
        });
        builder.Entity<SituationType>(type =>
        {
            type.ToTable("situation_types");
            type.Property(t => t.Id).ValueGeneratedNever();
            type.HasOne<SituationCategory>().WithMany().HasForeignKey(t => t.CategoryId);
            type.HasData(SituationCatalogue.Types);
        });
    }

    private static void ConfigureCases(ModelBuilder builder)
    {
        builder.Entity<SupportCase>(supportCase =>
        {
            supportCase.ToTable("support_cases", table => table.HasCheckConstraint(
                "ck_support_cases_holder", "(status = 1 and holder_id is null and accepted_at is null) or (status = 2 and holder_id is not null and accepted_at is not null)"));
            supportCase.Property(c => c.Id).ValueGeneratedNever();
            supportCase.Ignore(c => c.Handle);
            supportCase.HasIndex(c => new { c.HandleFirst, c.HandleSecond }).IsUnique();
            supportCase.HasIndex(c => new { c.RegionId, c.Status });
            supportCase.HasIndex(c => c.PsychologistId);
            supportCase.HasIndex(c => c.HolderId);
            supportCase.HasOne<Person>().WithMany().HasForeignKey(c => c.PsychologistId).OnDelete(DeleteBehavior.Restrict);
            supportCase.HasOne<Person>().WithMany().HasForeignKey(c => c.HolderId).OnDelete(DeleteBehavior.Restrict);
            supportCase.Property(c => c.Wave).HasDefaultValue((short)1).ValueGeneratedNever(); // 0 is a wave, too
            supportCase.HasOne<SituationType>().WithMany().HasForeignKey(c => c.SituationTypeId);
        });
        builder.Entity<Recusal>(recusal =>
        {
            recusal.ToTable("recusals");
            recusal.HasKey(r => new { r.CaseId, r.PeerId });
            recusal.HasOne<SupportCase>().WithMany().HasForeignKey(r => r.CaseId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<Delivery>(delivery =>
        {
            delivery.ToTable("deliveries");
            delivery.Property(d => d.Id).ValueGeneratedNever();
            delivery.HasIndex(d => new { d.CaseId, d.PeerId, d.Channel }).IsUnique();
            delivery.HasIndex(d => new { d.State, d.DueAt });
            delivery.HasIndex(d => d.PeerId);
            delivery.Property(d => d.Wave).HasDefaultValue((short)1).ValueGeneratedNever();
            delivery.HasOne<SupportCase>().WithMany().HasForeignKey(d => d.CaseId).OnDelete(DeleteBehavior.Cascade);
        });
    }

    private static void ConfigureSealed(ModelBuilder builder)
    {
        builder.Entity<SealedIdentity>(identity =>
        {
            identity.ToTable("sealed_identities");
            identity.HasKey(s => s.CaseId);
            identity.HasIndex(s => s.KeyEpoch);
            identity.HasOne<SupportCase>().WithOne().HasForeignKey<SealedIdentity>(s => s.CaseId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<CaseDraft>(draft =>
        {
            draft.ToTable("case_drafts");
            draft.HasKey(d => d.PsychologistId);
            draft.HasIndex(d => d.KeyEpoch);
            draft.HasOne<Person>().WithOne().HasForeignKey<CaseDraft>(d => d.PsychologistId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<SealingRun>(run =>
        {
            run.ToTable("sealing_runs");
            run.HasKey(r => r.Epoch);
            run.Property(r => r.Epoch).ValueGeneratedNever();
        });
    }
}
