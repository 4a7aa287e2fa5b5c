using PeerSupport.Domain.Cases;

namespace PeerSupport.Services.Escalation;

/// <summary>How the reader's agency keeps tracks, and what of the reader's own will be destroyed when. For its psychologists.</summary>
/// <param name="Months">Months after the end.</param>
/// <param name="Chosen">Whether the agency chose it; else it is the usual time.</param>
/// <param name="Tracks">Ended tracks the reader is responsible for, the first to go first.</param>
/// <param name="Total">How many there are.</param>
/// <param name="Page">From 1.</param>
/// <param name="PageSize">Tracks on one page.</param>
/// <param name="Runs">The newest days on which tracks of the agency were destroyed.</param>
public sealed record RetentionOverview(
    int Months, bool Chosen, IReadOnlyList<RetainedTrack> Tracks, int Total, int Page, int PageSize, IReadOnlyList<RetentionDay> Runs);

/// <summary>An ended track: when it goes. Handle only.</summary>
public sealed record RetainedTrack(Guid TrackId, Handle Handle, DateOnly EndedOn, DateOnly DestroyedOn, bool Held);

/// <summary>That so many tracks were destroyed on a day; never which.</summary>
public sealed record RetentionDay(DateOnly Day, int Destroyed);
