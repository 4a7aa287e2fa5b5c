using PeerSupport.Domain.Escalation;
using PeerSupport.Services.Escalation;

namespace PeerSupport.IntegrationTests.Escalation;

/// <summary>Where a track can stand, told apart wherever somebody may do something else. "NoAccount": its clinician comes by link.</summary>
public enum Situation
{
    Opened,
    Referred,
    Declined,
    Acknowledged,
    FirstAppointmentKept,
    InCare,
    Completed,
    EndedByOfficer,
    Withdrawn,
    Transferred,
    DeclinedThenEnded,
    NeverAnswered,
    NoAccountReferred,
    NoAccountDeclined,
    NoAccountAcknowledged,
    NoAccountFirstAppointmentKept,
    NoAccountInCare,
    NoAccountCompleted,
    NoAccountEndedByOfficer,
}

/// <summary>Tracks brought where a test needs them: by the steps of people and never by SQL, so that their record fits.</summary>
public static class Situations
{
    /// <summary>The clinician of the track before anybody passed it on.</summary>
    public static bool HasAccount(this Situation situation) => !situation.ToString().StartsWith("NoAccount", StringComparison.Ordinal);

    /// <summary>Who is asked next, where somebody passes it on.</summary>
    public static Guid Next(this Situation situation) => TestClinicians.Ids[situation == Situation.Transferred ? "abara" : "boone"];

    /// <summary>A track opened for peer1 by the case of okafor: by an exception, or handed to "abara" or (without an account) "carver".</summary>
    public static async Task<Guid> GivenTrackIn(this TestApp app, Situation situation)
    {
        if (situation == Situation.Opened)
            return await app.GivenException();
        var track = await app.GivenTrack(situation.HasAccount() ? "abara" : "carver");
        foreach (var (who, step) in WayTo(situation))
            await app.Step(who, track, step, new StepDetails(null, TestClinicians.Ids["boone"], ConsentGiven: true));
        return track;
    }

    /// <summary>The situation in which a track has this state.</summary>
    public static Situation Of(TrackState state, bool account) =>
        Enum.Parse<Situation>(account || state == TrackState.Opened ? $"{state}" : $"NoAccount{state}");

    private static IEnumerable<(string Who, TrackStep Step)> WayTo(Situation situation)
    {
        // Without an account, the psychologist records it on the clinician's word.
        var who = situation.HasAccount() ? "clinician" : "okafor";
        TrackStep[] steps = situation switch
        {
            Situation.Referred or Situation.NoAccountReferred => [],
            Situation.Declined or Situation.NoAccountDeclined or Situation.DeclinedThenEnded => [TrackStep.Decline],
            Situation.Acknowledged or Situation.NoAccountAcknowledged => [TrackStep.Acknowledge],
            Situation.FirstAppointmentKept or Situation.NoAccountFirstAppointmentKept => [TrackStep.Acknowledge, TrackStep.KeepFirstAppointment],
            Situation.InCare or Situation.NoAccountInCare => [TrackStep.Acknowledge, TrackStep.KeepFirstAppointment, TrackStep.EnterCare],
            Situation.Completed or Situation.NoAccountCompleted => [TrackStep.Acknowledge, TrackStep.KeepFirstAppointment, TrackStep.EnterCare, TrackStep.Complete],
            Situation.EndedByOfficer or Situation.NoAccountEndedByOfficer => [TrackStep.Acknowledge, TrackStep.EndByOfficer],
            Situation.Withdrawn => [TrackStep.Acknowledge, TrackStep.WithdrawConsent],
            Situation.Transferred => [TrackStep.Acknowledge, TrackStep.Transfer],
            Situation.NeverAnswered => [],
            _ => throw new ArgumentOutOfRangeException(nameof(situation)),
        };
        foreach (var step in steps)
            yield return (who, step);
        if (situation is Situation.DeclinedThenEnded or Situation.NeverAnswered)
            yield return ("okafor", TrackStep.EndByOfficer);
    }
}
