using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services.Notices;

namespace PeerSupport.Services.People.Administration;

/// <summary>Where an account stands.</summary>
public enum PersonState
{
    /// <summary>Can sign in.</summary>
    Active = 1,

    /// <summary>Has a letter and has not set up how they sign in.</summary>
    Invited = 2,

    /// <summary>Has never set up how they sign in, and has no letter that works.</summary>
    NotInvited = 3,

    /// <summary>Could sign in, and may not any more.</summary>
    Disabled = 4,
}

/// <summary>What the list of people is narrowed by.</summary>
/// <param name="Words">Part of a name or mail address.</param>
/// <param name="AgencyId">One agency.</param>
/// <param name="Role">One role.</param>
/// <param name="State">One state.</param>
public sealed record PeopleFilter(string? Words = null, Guid? AgencyId = null, Role? Role = null, PersonState? State = null);

/// <summary>One person in the list.</summary>
public sealed record PersonRow(Guid PersonId, string Name, string Email, Guid AgencyId, string AgencyName, PersonState State, IReadOnlyList<Role> Roles, IReadOnlyList<Role> Asked);

/// <summary>One person in the file, in the shape in which a list is brought in, with what a list cannot carry.</summary>
/// <param name="Row">As a row of a list; the first role, and the training that counts longest.</param>
/// <param name="OtherRoles">Roles beside the first: a list asks for one.</param>
/// <param name="State">Where the account stands.</param>
public sealed record ExportedPerson(ImportedPerson Row, IReadOnlyList<Role> OtherRoles, PersonState State);

/// <summary>One page of the list.</summary>
/// <param name="People">Those of this page.</param>
/// <param name="Agencies">To choose from.</param>
/// <param name="ToDecide">Requests that wait for a second person, and the reader may be that person.</param>
/// <param name="Total">People in the whole list.</param>
/// <param name="Page">Which page, from 1.</param>
/// <param name="PageSize">People on a full page.</param>
public sealed record PeoplePage(IReadOnlyList<PersonRow> People, IReadOnlyList<AgencyName> Agencies, int ToDecide, int Total, int Page, int PageSize);

/// <summary>An agency to choose.</summary>
public sealed record AgencyName(Guid AgencyId, string Name);

/// <summary>A unit to choose.</summary>
public sealed record UnitName(Guid UnitId, Guid AgencyId, string Name);

/// <summary>One person, for administrators. Nothing of a case: not even how many somebody holds.</summary>
public sealed record PersonFile(
    Guid PersonId, string Name, string Email, Guid AgencyId, string AgencyName, string Language, string TimeZone, string? Phone, PersonState State,
    IReadOnlyList<Role> Roles, IReadOnlyList<WaitingRequest> Waiting, PeerFile? Peer, IReadOnlyList<TrainingLine> Trainings, IReadOnlyList<ChannelLine> Channels,
    IReadOnlyList<SecurityLine> Log, int LogTotal, int LogPage, int LogPageSize, IReadOnlyList<AgencyName> Agencies, IReadOnlyList<UnitName> Units);

/// <summary>What an administrator sets about a peer, and whether a training counts today, where the administrator is.</summary>
public sealed record PeerFile(Guid? UnitId, int CaseloadMost, bool OnDuty, DateOnly TrainedUntil, bool TrainingCounts);

/// <summary>A request that waits for a second person.</summary>
public sealed record WaitingRequest(Guid RequestId, ApprovalKind Kind, Role? Role, string? Email, DateTimeOffset RequestedAt);

/// <summary>One training.</summary>
/// <param name="TrainingId">The record.</param>
/// <param name="Name">Which.</param>
/// <param name="CompletedOn">Day.</param>
/// <param name="ValidUntil">Last day on which it counts.</param>
/// <param name="Hours">Where they count.</param>
/// <param name="WithdrawnAt">When it was taken back; null while it stands.</param>
/// <param name="WithdrawnBy">Who took it back.</param>
public sealed record TrainingLine(Guid TrainingId, string Name, DateOnly CompletedOn, DateOnly ValidUntil, int? Hours, DateTimeOffset? WithdrawnAt, string? WithdrawnBy);

/// <summary>One way in which somebody is alerted, without its address.</summary>
public sealed record ChannelLine(Channel Kind, string Name, ChannelState State, DateTimeOffset? TakenAt, DateTimeOffset? RefusedAt, DateTimeOffset? DeferredSince);

/// <summary>One line of an account's security log.</summary>
public sealed record SecurityLine(SecurityEvent Event, string? By, Role? Role, DateTimeOffset At);

/// <summary>What became of a form: problems beside the fields, or whose page to go to.</summary>
public sealed record PersonOutcome(IReadOnlyList<FormProblem> Problems, Guid? PersonId);
