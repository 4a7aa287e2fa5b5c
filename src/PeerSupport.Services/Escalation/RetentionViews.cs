using PeerSupport.Domain.Cases;

namespace PeerSupport.Services.Escalation;

/// <summary>How the reader's agency keeps tracks, and what will be destroyed when. For its psychologists.</summary>
/// <param name="Months">Months after the end, in force today.</param>
/// <param name="Chosen">Whether the agency chose it; else it is the usual time.</param>
/// <param name="Change">The newest change, for the others to ask about; null while there was none.</param>
/// <param name="Days">How many tracks of the whole agency go on which day, the next first. Counts only.</param>
/// <param name="Later">How many go after the last of these days.</param>
/// <param name="Held">How many of the whole agency are past their end and on legal hold.</param>
/// <param name="Tracks">Ended tracks the reader is responsible for, the first to go first.</param>
/// <param name="Total">How many there are.</param>
/// <param name="Page">From 1.</param>
/// <param name="PageSize">Tracks on one page.</param>
/// <param name="Runs">The newest days on which tracks of the agency were destroyed.</param>
public sealed record RetentionOverview(
    int Months, bool Chosen, RetentionChange? Change, IReadOnlyList<RetentionDay> Days, int Later, int Held,
    IReadOnlyList<RetainedTrack> Tracks, int Total, int Page, int PageSize, IReadOnlyList<RetentionDay> Runs);

/// <summary>That a psychologist of the agency changed how long tracks are kept.</summary>
/// <param name="By">Who.</param>
/// <param name="On">When.</param>
/// <param name="NextMonths">A shorter time that does not hold yet; null where the change holds already.</param>
/// <param name="NextFrom">From when it will.</param>
public sealed record RetentionChange(string By, DateOnly On, int? NextMonths, DateOnly? NextFrom);

/// <summary>An ended track: when it goes. Handle only.</summary>
public sealed record RetainedTrack(Guid TrackId, Handle Handle, DateOnly EndedOn, DateOnly DestroyedOn, bool Held);

/// <summary>That so many tracks are destroyed on a day; never which.</summary>
public sealed record RetentionDay(DateOnly Day, int Destroyed);

/// <summary>What another time would mean for the whole agency.</summary>
/// <param name="From">The day from which it would hold.</param>
/// <param name="Count">Tracks that would be past their time on that day, and are not under the time in force.</param>
public sealed record RetentionTrial(DateOnly From, int Count);
