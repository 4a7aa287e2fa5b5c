using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.Escalation;
using PeerSupport.Domain.People;
using PeerSupport.Domain.Reporting;
using PeerSupport.Services.Cases;
using PeerSupport.Services.Escalation;
using PeerSupport.Services.Notices;
using PeerSupport.Services.People;
using PeerSupport.Services.Reporting;
using PeerSupport.Services.Sealing;

namespace PeerSupport.Services.Persistence;

/// <summary>
/// The whole schema. What a context may touch is decided by the database role it connects with, not by this class:
/// see the migration "RolesAndRowSecurity".
/// </summary>
public sealed class PeerSupportContext(DbContextOptions<PeerSupportContext> options)
    : IdentityUserContext<Account, Guid>(options), IDataProtectionKeyContext
{
    public DbSet<Region> Regions => Set<Region>();
    public DbSet<Agency> Agencies => Set<Agency>();
    public DbSet<Person> People => Set<Person>();
    public DbSet<RoleGrant> RoleGrants => Set<RoleGrant>();
    public DbSet<Peer> Peers => Set<Peer>();
    public DbSet<DisclaimerVersion> Disclaimers => Set<DisclaimerVersion>();
    public DbSet<Unit> Units => Set<Unit>();
    public DbSet<AlertPlan> AlertPlans => Set<AlertPlan>();
    public DbSet<TrainingRecord> TrainingRecords => Set<TrainingRecord>();
    public DbSet<CrisisLineEntry> CrisisLines => Set<CrisisLineEntry>();
    public DbSet<Invitation> Invitations => Set<Invitation>();
    public DbSet<Approval> Approvals => Set<Approval>();
    public DbSet<SecurityEntry> SecurityLog => Set<SecurityEntry>();
    public DbSet<SettingEntry> SettingsLog => Set<SettingEntry>();
    public DbSet<RecoveryCode> RecoveryCodes => Set<RecoveryCode>();
    public DbSet<KnownDevice> KnownDevices => Set<KnownDevice>();
    internal DbSet<AlertChannel> AlertChannels => Set<AlertChannel>();
    internal DbSet<PracticeAlert> PracticeAlerts => Set<PracticeAlert>();
    public DbSet<Session> Sessions => Set<Session>();
    public DbSet<PasskeyChallenge> PasskeyChallenges => Set<PasskeyChallenge>();
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    public DbSet<SituationCategory> SituationCategories => Set<SituationCategory>();
    public DbSet<SituationType> SituationTypes => Set<SituationType>();
    public DbSet<SupportCase> SupportCases => Set<SupportCase>();
    public DbSet<Recusal> Recusals => Set<Recusal>();
    public DbSet<Delivery> Deliveries => Set<Delivery>();

    internal DbSet<SealedIdentity> SealedIdentities => Set<SealedIdentity>();
    internal DbSet<CaseDraft> CaseDrafts => Set<CaseDraft>();
    public DbSet<SealingRun> SealingRuns => Set<SealingRun>();
    public DbSet<PostedCount> PostedCounts => Set<PostedCount>();
    public DbSet<Tally> Tallies => Set<Tally>();
    public DbSet<CalendarEntry> ReleaseCalendar => Set<CalendarEntry>();
    internal DbSet<ReportingSince> ReportingSince => Set<ReportingSince>();
    internal DbSet<PublishedRelease> Releases => Set<PublishedRelease>();
    internal DbSet<PublishedBand> PublishedBands => Set<PublishedBand>();

    public DbSet<FormalTrack> Tracks => Set<FormalTrack>();
    public DbSet<TrackEvent> TrackEvents => Set<TrackEvent>();
    public DbSet<HandOffLink> HandOffLinks => Set<HandOffLink>();
    public DbSet<Clinician> Clinicians => Set<Clinician>();
    public DbSet<DangerAlert> DangerAlerts => Set<DangerAlert>();
    public DbSet<OnCall> OnCall => Set<OnCall>();
    public DbSet<TrackSettings> TrackSettings => Set<TrackSettings>();
    public DbSet<RetentionRun> RetentionRuns => Set<RetentionRun>();
    internal DbSet<TrackFacts> TrackFacts => Set<TrackFacts>();
    internal DbSet<Errand> Errands => Set<Errand>();
    internal DbSet<Message> Messages => Set<Message>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        IdentityModel.Configure(builder);
        PeopleModel.Configure(builder);
        CaseModel.Configure(builder);
        EscalationModel.Configure(builder);
        ChannelModel.Configure(builder);
        ReportingModel.Configure(builder);
    }
}
