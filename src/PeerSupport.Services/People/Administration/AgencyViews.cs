using PeerSupport.Domain.People;

namespace PeerSupport.Services.People.Administration;

/// <summary>One agency in the list. <paramref name="HasPsychologist"/>: an active one, whatever cases there are.</summary>
public sealed record AgencyRow(Guid AgencyId, string Name, string RegionName, bool SharesPeers, string TimeZone, int People, int PeersOnDuty, bool HasPsychologist);

/// <summary>A region and whether it may be renamed.</summary>
public sealed record RegionRow(Guid RegionId, string Name, int Agencies);

/// <summary>Agencies and regions.</summary>
public sealed record AgencyBoard(IReadOnlyList<AgencyRow> Agencies, IReadOnlyList<RegionRow> Regions);

/// <summary>A unit in the tree.</summary>
public sealed record UnitRow(Guid UnitId, Guid? ParentId, string Name, int Depth, int Peers);

/// <summary>One agency with its settings.</summary>
public sealed record AgencyFile(
    Guid AgencyId, string Name, Guid RegionId, string TimeZone, bool SharesPeers, AlertPlanForm Plan, IReadOnlyList<UnitRow> Units, IReadOnlyList<RegionRow> Regions,
    int People, int PeersOnDuty, IReadOnlyList<UnreachableRow> Unreachable);

/// <summary>Somebody whom no alert reaches: when their mail was refused, or since when it takes nothing.</summary>
public sealed record UnreachableRow(Guid PersonId, string Name, string AgencyName, DateTimeOffset? RefusedAt, DateTimeOffset? SilentSince);

/// <summary>How well alerts reach an agency's people: counts only.</summary>
public sealed record ChannelCount(Guid AgencyId, string AgencyName, int Peers, int OnDuty, int WithoutChannel);

/// <summary>The state of the channels.</summary>
public sealed record ChannelBoard(IReadOnlyList<ChannelCount> Agencies, IReadOnlyList<UnreachableRow> Unreachable, int Total, int Page, int PageSize);

/// <summary>What became of a form about an agency.</summary>
public sealed record AgencyOutcome(IReadOnlyList<FormProblem> Problems, Guid? AgencyId);
