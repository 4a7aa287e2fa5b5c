namespace PeerSupport.Domain.Cases;

/// <summary>
/// Accepting shows who the officer is, so accepting and handing back again and again would be a way to look into one case
/// after the other. From so many hand-backs in so much time on, the next accept has to wait.
/// </summary>
/// <param name="Most">From so many on.</param>
/// <param name="Within">In so much time.</param>
public sealed record HandBackLimit(int Most, TimeSpan Within)
{
    /// <summary>Three in a day.</summary>
    public static readonly HandBackLimit Usual = new(3, TimeSpan.FromHours(24));

    /// <summary>Those that still count. Older ones are forgotten at the next hand-back.</summary>
    public IEnumerable<DateTimeOffset> Counting(IEnumerable<DateTimeOffset> handBacks, DateTimeOffset now) => handBacks.Where(at => at > now - Within);

    /// <summary>From when on they may accept again; null when they may now.</summary>
    public DateTimeOffset? WaitsUntil(IEnumerable<DateTimeOffset> handBacks, DateTimeOffset now) =>
        Counting(handBacks, now).Order().ToList() is var counting && counting.Count >= Most ? counting[^Most] + Within : null;
}
