using System.Reflection;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.Escalation;
using PeerSupport.Services.Cases;
using PeerSupport.Services.Escalation;
using PeerSupport.Services.People;
using PeerSupport.Services.People.Administration;
using PeerSupport.Services.Profile;
using PeerSupport.Services.Reporting;

namespace PeerSupport.Tests.Architecture;

/// <summary>docs/disclosure.md is the approved list of what anybody is shown; the code may not show more.</summary>
public sealed class DisclosureTests
{
    private static readonly Type[] Views =
    [
        typeof(CaseNotice), typeof(NoticePage), typeof(PeerBoard), typeof(PeerDuty), typeof(CoveredNotice), typeof(HeldCase), typeof(Disclaimer),
        typeof(PostedCase), typeof(LeftCase), typeof(NoticeCounts), typeof(PostedCaseProgress), typeof(WaveCounts), typeof(CallablePeer), typeof(WaitingPeer), typeof(PickablePeer), typeof(RevealedIdentity), typeof(OfficerIdentity),
        typeof(HandOnCase), typeof(HandOnContacts), typeof(DangerStanding), typeof(OnCallNumber), typeof(RaisedAlarm), typeof(AlarmRow), typeof(OnCallBoard), typeof(OnCallRow),
        typeof(TrackRow), typeof(LeftTrack), typeof(TrackEntry), typeof(TrackView), typeof(TrackFile), typeof(AgreedFacts), typeof(OfficerCopyFile), typeof(HandOnReceipt),
        typeof(HandedOn), typeof(OfficerView), typeof(LinkAnswered), typeof(LinkView), typeof(RetentionOverview), typeof(RetentionChange), typeof(RetentionTrial), typeof(RetainedTrack), typeof(RetentionDay),
        typeof(ClinicianChoice), typeof(DirectoryEntry), typeof(HandedFile),
        typeof(PeerProfile), typeof(OwnTraining), typeof(OwnChannel), typeof(OwnChannels), typeof(OwnSettings), typeof(OwnSession), typeof(OwnLogEntry), typeof(OwnLogPage), typeof(OfficerUnit),
        typeof(ReportView), typeof(ReportTable), typeof(ReportRow), typeof(ProgrammeFigures), typeof(CalendarRow),
        typeof(AgencyRow), typeof(RegionRow), typeof(UnitRow), typeof(AgencyFile), typeof(UnreachableRow), typeof(ChannelCount), typeof(ApprovalRow), typeof(CrisisLineRow), typeof(PersonRow), typeof(ExportedPerson),
        typeof(PersonFile), typeof(PeerFile), typeof(WaitingRequest), typeof(TrainingLine), typeof(ChannelLine), typeof(SecurityLine), typeof(DisclaimerLine), typeof(SituationRow), typeof(SettingChange), typeof(TimedWorkRow),
    ];

    [Fact]
    public void Every_field_of_every_view_is_listed_and_nothing_else() =>
        Fields().Order(StringComparer.Ordinal).ShouldBe(Listed().Order(StringComparer.Ordinal));

    [Fact]
    public void Every_view_type_of_the_feature_is_among_them()
    {
        var records = typeof(PeerBoard).Assembly.GetExportedTypes()
            .Where(type => type.Namespace == typeof(PeerBoard).Namespace && type.GetMethod("<Clone>$") is not null)
            .Except([typeof(PostOutcome), typeof(PostedReceipt), typeof(PostingForm), typeof(PostedCases)]);
        records.ShouldBeSubsetOf(Views);
    }

    [Fact]
    public void Every_view_type_of_the_hand_off_is_among_them()
    {
        // Pages of lists, forms with their outcomes, settings, and what only the operator's command or a file is made from.
        string[] others =
        [
            "TrackPage", "ClinicianChoices", "DirectoryPage", "DirectoryOptions", "DirectoryAgency", "ClinicianAccount", "DirectoryOutcome", "ClinicianFilter",
            "HandOnOutcome", "StepDetails", "EscalationSettings", "VerifiedTrack",
        ];
        typeof(TrackRow).Assembly.GetExportedTypes()
            .Where(type => type.Namespace == typeof(TrackRow).Namespace && type.GetMethod("<Clone>$") is not null && !others.Contains(type.Name, StringComparer.Ordinal))
            .ShouldBeSubsetOf(Views);
    }

    [Fact]
    public void Every_view_type_of_the_reports_is_among_them() =>
        typeof(ReportView).Assembly.GetExportedTypes()
            .Where(type => type.Namespace == typeof(ReportView).Namespace && type.GetMethod("<Clone>$") is not null)
            .ShouldBeSubsetOf(Views);

    [Fact]
    public void Every_view_type_of_administration_is_among_them()
    {
        // Pages of lists, forms with their outcomes, choices, and the crisis lines that everybody reads.
        string[] others = ["AgencyBoard", "AgencyName", "AgencyOutcome", "ApprovalBoard", "ApprovalGroup", "ChannelBoard", "CrisisLineBoard", "DecisionOutcome", "DisclaimerBoard", "ImportOutcome", "ImportRow", "PeopleFilter", "PeoplePage", "PersonOutcome", "PrintedLine", "SettingsBoard", "SettingsFilter", "SituationOutcome", "UnitName"];
        typeof(PersonRow).Assembly.GetExportedTypes()
            .Where(type => type.Namespace == typeof(PersonRow).Namespace && type.GetMethod("<Clone>$") is not null && !others.Contains(type.Name, StringComparer.Ordinal))
            .ShouldBeSubsetOf(Views);
    }

    [Fact]
    public void Every_view_type_of_ones_own_profile_is_among_them() =>
        typeof(PeerProfile).Assembly.GetExportedTypes()
            .Where(type => type.Namespace == typeof(PeerProfile).Namespace && type.GetMethod("<Clone>$") is not null)
            .ShouldBeSubsetOf(Views);

    private static IEnumerable<string> Fields() =>
        from view in Views
        from field in view.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        where field.Name != "EqualityContract"
        select $"{view.Name}.{field.Name}";

    private static IEnumerable<string> Listed() =>
        from line in File.ReadLines(Path.Combine(Root(), "docs", "disclosure.md"))
        where line.StartsWith("| ", StringComparison.Ordinal)
        let cells = line.Split('|', StringSplitOptions.TrimEntries)
        where cells[1] != "view"
        select $"{cells[1]}.{cells[2]}";

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "PeerSupport.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        return folder.FullName;
    }
}
