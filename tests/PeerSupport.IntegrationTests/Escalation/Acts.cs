using PeerSupport.Domain;
using PeerSupport.Domain.Escalation;
using PeerSupport.Services.Escalation;
using PeerSupport.Services.People;

namespace PeerSupport.IntegrationTests.Escalation;

/// <summary>Everything anybody could try with a track. The last nine are its steps.</summary>
public enum Act
{
    /// <summary>It stands in their list of tracks.</summary>
    List,
    Read,

    /// <summary>Reads what the officer agreed to share.</summary>
    Open,
    Copy,
    FindLink,
    NewLink,
    SetAppointment,
    Kept,
    Missed,
    Correct,
    Hold,

    /// <summary>It stands in the preview of what will be destroyed.</summary>
    Retained,

    /// <summary>They see whether it was taken.</summary>
    Receipt,
    Refer,
    Acknowledge,
    Decline,
    KeepFirstAppointment,
    EnterCare,
    Complete,
    EndByOfficer,
    Transfer,
    WithdrawConsent,
}

/// <summary>Tries them, through the use cases that the pages call.</summary>
public static class Acts
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Null when it was done or found; "not found" also where a list does not hold the track.</summary>
    /// <param name="app">The installation.</param>
    /// <param name="actor">Who tries.</param>
    /// <param name="act">What.</param>
    /// <param name="track">With which track.</param>
    /// <param name="next">The clinician to pass it on to.</param>
    public static async Task<Refusal?> Try(this TestApp app, Actor actor, Act act, Guid track, Guid next) => act switch
    {
        Act.List => Found(await app.Get<Tracks>().ListAsync(actor, null, null, 1, Token), page => page.Rows.Any(row => row.TrackId == track)),
        Act.Read => (await app.Get<Tracks>().ReadAsync(actor, track, Token)).Refusal,
        Act.Open => (await app.Get<ReadTrack>().OpenAsync(actor, track, ReadReason.OpenedTrack, Token)).Refusal,
        Act.Copy => (await app.Get<OfficerCopies>().OpenAsync(actor, track, Token)).Refusal,
        Act.FindLink => (await app.Get<HandOffLinks>().FindAsync(actor, track, Token)).Refusal,
        Act.NewLink => (await app.Get<HandOffLinks>().RenewAsync(actor, track, Token)).Refusal,
        Act.SetAppointment => (await app.Get<TrackEntries>().SetAppointmentAsync(actor, track, app.Clock.GetUtcNow().AddDays(7), Token)).Refusal,
        Act.Kept => (await app.Get<TrackEntries>().AppointmentAsync(actor, track, kept: true, Today(app), Token)).Refusal,
        Act.Missed => (await app.Get<TrackEntries>().AppointmentAsync(actor, track, kept: false, Today(app), Token)).Refusal,
        Act.Correct => (await app.Get<TrackEntries>().CorrectAsync(actor, track, await NewestThatCanBeWrong(app, track), Token)).Refusal,
        Act.Hold => (await app.Get<TrackEntries>().HoldAsync(actor, track, hold: true, Token)).Refusal,
        Act.Retained => Found(await app.Get<Retention>().ReadAsync(actor, null, 1, Token), view => view.Tracks.Any(row => row.TrackId == track)),
        Act.Receipt => (await app.Get<HandOnReceipts>().ListAsync(actor, Token)).Count > 0 ? null : EscalationRefusals.NotFound,
        _ => (await app.Get<TakeStep>().TakeAsync(actor, track, Enum.Parse<TrackStep>($"{act}"), new StepDetails(Today(app), next, ConsentGiven: true), Token)).Refusal,
    };

    private static Refusal? Found<T>(Result<T> result, Func<T, bool> holds) => result.Refusal ?? (holds(result.Value) ? null : EscalationRefusals.NotFound);

    private static DateOnly Today(TestApp app) => DateOnly.FromDateTime(app.Clock.GetUtcNow().UtcDateTime);

    private static async Task<int> NewestThatCanBeWrong(TestApp app, Guid track)
    {
        var kinds = Enum.GetValues<TrackEventKind>().Where(kind => kind.CanBeCorrected()).Select(kind => (int)kind).ToArray();
        return (int)(await app.Superuser("select coalesce(max(number), 1) from track_events where track_id = $1 and kind = any($2)", track, kinds))!;
    }
}
