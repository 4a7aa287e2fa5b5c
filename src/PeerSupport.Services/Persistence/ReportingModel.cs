using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.Reporting;
using PeerSupport.Services.Reporting;

namespace PeerSupport.Services.Persistence;

/// <summary>Counters until they are published, and what was published. None of it has a key to a case or a person.</summary>
internal static class ReportingModel
{
    public static void Configure(ModelBuilder builder)
    {
        ConfigureCounters(builder);
        ConfigureCalendar(builder);
        ConfigurePublished(builder);
    }

    private static void ConfigureCounters(ModelBuilder builder)
    {
        builder.Entity<Tally>(tally =>
        {
            tally.ToTable("tallies");
            tally.HasKey(t => new { t.Measure, t.PeriodKind, t.PeriodStart, t.Cell });
            tally.Property(t => t.Cell).HasMaxLength(64);
        });
        builder.Entity<PostedCount>(count =>
        {
            count.ToTable("posted_counts");
            count.HasKey(c => new { c.RegionId, c.SituationTypeId, c.Month });
        });
    }

    private static void ConfigureCalendar(ModelBuilder builder)
    {
        builder.Entity<CalendarEntry>(entry =>
        {
            entry.ToTable("release_calendar", table => table.HasCheckConstraint("ck_release_calendar_kind", "period_kind between 1 and 3"));
            entry.HasKey(e => new { e.Measure, e.EffectiveFrom });
            entry.HasData(Enum.GetValues<Measure>().Select(measure => new CalendarEntry { Measure = measure, EffectiveFrom = new DateOnly(2020, 1, 1), PeriodKind = PeriodKind.Quarter }));
        });
        builder.Entity<ReportingSince>(since =>
        {
            since.ToTable("reporting_since", table => table.HasCheckConstraint("ck_reporting_since_only", "\"only\""));
            since.HasKey(s => s.Only);
            since.Property(s => s.Only).ValueGeneratedNever();
        });
    }

    private static void ConfigurePublished(ModelBuilder builder)
    {
        builder.Entity<PublishedRelease>(release =>
        {
            release.ToTable("releases", table => table.HasCheckConstraint("ck_releases_rules", $"threshold >= {BandRules.Floor} and band_width >= {BandRules.Floor} and epsilon_thousandths between 100 and 1000"));
            release.HasKey(r => new { r.Measure, r.PeriodKind, r.PeriodStart });
        });
        builder.Entity<PublishedBand>(band =>
        {
            band.ToTable("published_bands", table => table.HasCheckConstraint("ck_published_bands_band", "(lower is null) = (upper is null) and (lower is null or (lower >= 0 and upper - lower >= 4))"));
            band.HasKey(b => new { b.Measure, b.PeriodKind, b.PeriodStart, b.Cell });
            band.Property(b => b.Cell).HasMaxLength(64);
            band.Property(b => b.English).HasMaxLength(200);
            band.Property(b => b.Spanish).HasMaxLength(200);
            band.HasOne<PublishedRelease>().WithMany().HasForeignKey(b => new { b.Measure, b.PeriodKind, b.PeriodStart }).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
