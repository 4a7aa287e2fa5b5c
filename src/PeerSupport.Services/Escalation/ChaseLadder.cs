using PeerSupport.Domain.Escalation;

namespace PeerSupport.Services.Escalation;

/// <summary>
/// When a hand-off that waits for somebody is chased. Waiting for the clinician: the first rung reminds them, every later
/// one tells the psychologist. Waiting for the psychologist to choose a clinician: each rung reminds her.
/// </summary>
internal sealed record ChaseLadder(TrackState State, DateTimeOffset Since, EscalationSettings Settings)
{
    /// <summary>The ladder of a track; null while it waits for nobody.</summary>
    public static ChaseLadder? Of(FormalTrack track, EscalationSettings settings) => track.State switch
    {
        TrackState.Opened => new(track.State, track.OpenedAt, settings),
        TrackState.Referred => new(track.State, track.ReferredAt ?? track.OpenedAt, settings),
        TrackState.Declined => new(track.State, track.DeclinedAt ?? track.OpenedAt, settings),
        _ => null,
    };

    /// <summary>The time of a rung, counted from 1.</summary>
    public DateTimeOffset TimeOf(int rung) => (State, rung) switch
    {
        (TrackState.Referred, 1) => Since + Settings.ChaseAfter,
        (TrackState.Referred, _) => Since + Later(Settings.ChaseAfter, Settings.StewardAfter) + ((rung - 2) * Settings.ChaseEvery),
        _ => Since + Settings.ChooseWithin + ((rung - 1) * Settings.ChaseEvery),
    };

    /// <summary>The highest rung whose time has come; 0 for none. Rungs missed while nothing ran are not made up for.</summary>
    public int RungAt(DateTimeOffset now)
    {
        if (now < TimeOf(1))
            return 0;
        return now < TimeOf(2) ? 1 : 2 + (int)((now - TimeOf(2)) / Settings.ChaseEvery);
    }

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
