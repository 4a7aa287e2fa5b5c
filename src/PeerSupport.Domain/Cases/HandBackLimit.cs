namespace PeerSupport.Domain.Cases;

/// <summary>
/// Accepting shows who the officer is, so accepting and handing back again and again would be a way to look into one case
/// after the other. From so many hand-backs in so much time on, the next accept has to wait. A case that is closed a moment
/// after it was accepted counts like one that was handed back: who looks only to know destroys the case on top of it.
/// </summary>
/// <param name="Most">From so many on.</param>
/// <param name="Within">In so much time.</param>
public sealed record HandBackLimit(int Most, TimeSpan Within)
{
    /// <summary>Three in a day.</summary>
    public static readonly HandBackLimit Usual = new(3, TimeSpan.FromHours(24));

    /// <summary>Closed within so much time of the accept, a case was hardly one of support: the first call takes longer.</summary>
    public static readonly TimeSpan ALook = TimeSpan.FromMinutes(5);

    /// <summary>Whether closing it now counts like a hand-back.</summary>
    public static bool IsLook(DateTimeOffset acceptedAt, DateTimeOffset now) => now - acceptedAt < ALook;

    /// <summary>Those that still count. Older ones are forgotten at the next hand-back.</summary>
    public IEnumerable<DateTimeOffset> Counting(IEnumerable<DateTimeOffset> handBacks, DateTimeOffset now) => handBacks.Where(at => at > now - Within);

    /// <summary>From when on they may accept again; null when they may now.</summary>
    public DateTimeOffset? WaitsUntil(IEnumerable<DateTimeOffset> handBacks, DateTimeOffset now) =>
        Counting(handBacks, now).Order().ToList() is var counting && counting.Count >= Most ? counting[^Most] + Within : null;
}
