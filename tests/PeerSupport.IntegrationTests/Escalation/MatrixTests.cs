using PeerSupport.Domain;
using PeerSupport.Domain.Escalation;
using PeerSupport.Services.Escalation;
using PeerSupport.Services.People;

namespace PeerSupport.IntegrationTests.Escalation;

/// <summary>
/// Everybody × everything that can be done with a track × wherever it can stand. What is not written here as allowed is
/// refused; whoever has no part in a track gets for it what they get for a random id; what is refused writes nothing.
/// </summary>
public sealed class MatrixTests(TestServer server) : IAsyncLifetime
{
    private const string Steward = "okafor";
    private const string Opener = "peer1";

    /// <summary>The psychologist who posted the case, another of her agency, who handed on, another peer, both clinicians with accounts, and the rest.</summary>
    private static readonly string[] People = [Steward, "lindgren", Opener, "peer2", "clinician", "clinician2", "coordinator", "administrator", "faraway"];

    private static readonly Act[] Sees = [Act.List, Act.Read, Act.Copy];

    /// <summary>What the psychologist of a track may do with it beside seeing it: by where it stands.</summary>
    private static readonly Dictionary<Situation, Act[]> StewardMay = new()
    {
        [Situation.Opened] = [.. Sees, Act.Open, Act.Hold, Act.Refer, Act.EndByOfficer],
        [Situation.Referred] = [.. Sees, Act.Hold, Act.Refer, Act.EndByOfficer, Act.WithdrawConsent],
        [Situation.Declined] = [.. Sees, Act.Hold, Act.Refer, Act.EndByOfficer, Act.WithdrawConsent],
        [Situation.Acknowledged] = [.. Sees, Act.Hold, Act.EndByOfficer, Act.WithdrawConsent],
        [Situation.FirstAppointmentKept] = [.. Sees, Act.Hold, Act.EndByOfficer, Act.WithdrawConsent],
        [Situation.InCare] = [.. Sees, Act.Hold, Act.EndByOfficer, Act.WithdrawConsent],
        [Situation.Completed] = [.. Sees, Act.Hold, Act.Retained],
        [Situation.EndedByOfficer] = [.. Sees, Act.Hold, Act.Retained],
        [Situation.Withdrawn] = [Act.List, Act.Read, Act.Hold, Act.Retained],
        [Situation.Transferred] = [.. Sees, Act.Hold, Act.Refer, Act.EndByOfficer, Act.WithdrawConsent],
        [Situation.DeclinedThenEnded] = [.. Sees, Act.Hold, Act.Retained],
        [Situation.NeverAnswered] = [.. Sees, Act.Hold, Act.Retained],
        [Situation.NoAccountReferred] = [.. Sees, Act.Hold, Act.Refer, Act.EndByOfficer, Act.WithdrawConsent, Act.FindLink, Act.NewLink, Act.Acknowledge, Act.Decline],
        [Situation.NoAccountDeclined] = [.. Sees, Act.Hold, Act.Refer, Act.EndByOfficer, Act.WithdrawConsent, Act.Correct],
        [Situation.NoAccountAcknowledged] =
            [.. Sees, Act.Hold, Act.EndByOfficer, Act.WithdrawConsent, Act.KeepFirstAppointment, Act.Transfer, Act.SetAppointment, Act.Missed, Act.Correct],
        [Situation.NoAccountFirstAppointmentKept] =
            [.. Sees, Act.Hold, Act.EndByOfficer, Act.WithdrawConsent, Act.EnterCare, Act.Complete, Act.Transfer, Act.SetAppointment, Act.Kept, Act.Missed, Act.Correct],
        [Situation.NoAccountInCare] =
            [.. Sees, Act.Hold, Act.EndByOfficer, Act.WithdrawConsent, Act.Complete, Act.Transfer, Act.SetAppointment, Act.Kept, Act.Missed, Act.Correct],
        [Situation.NoAccountCompleted] = [.. Sees, Act.Hold, Act.Retained, Act.Correct],
        [Situation.NoAccountEndedByOfficer] = [.. Sees, Act.Hold, Act.Retained, Act.Correct],
    };

    /// <summary>What the clinician of a track may do with it. Who declined, or never took it before it ended, is no clinician of it.</summary>
    private static readonly Dictionary<Situation, Act[]> ClinicianMay = new()
    {
        [Situation.Referred] = [.. Sees, Act.Open, Act.Acknowledge, Act.Decline, Act.EndByOfficer, Act.WithdrawConsent],
        [Situation.Acknowledged] =
            [.. Sees, Act.Open, Act.KeepFirstAppointment, Act.EndByOfficer, Act.WithdrawConsent, Act.Transfer, Act.SetAppointment, Act.Missed, Act.Correct],
        [Situation.FirstAppointmentKept] =
            [.. Sees, Act.Open, Act.EnterCare, Act.Complete, Act.EndByOfficer, Act.WithdrawConsent, Act.Transfer, Act.SetAppointment, Act.Kept, Act.Missed, Act.Correct],
        [Situation.InCare] =
            [.. Sees, Act.Open, Act.Complete, Act.EndByOfficer, Act.WithdrawConsent, Act.Transfer, Act.SetAppointment, Act.Kept, Act.Missed, Act.Correct],
        [Situation.Completed] = [.. Sees, Act.Open, Act.Correct],
        [Situation.EndedByOfficer] = [.. Sees, Act.Open, Act.Correct],
        [Situation.Withdrawn] = [Act.List, Act.Read, Act.Correct],
        [Situation.Transferred] = [.. Sees, Act.Open, Act.Acknowledge, Act.Decline, Act.EndByOfficer, Act.WithdrawConsent],
    };

    /// <summary>Neither promised nor refused: what it shows is harmless, and the rules do not speak of it.</summary>
    private static readonly HashSet<(Situation, string, Act)> Unsaid =
    [
        (Situation.Declined, Steward, Act.Correct), // the entry of a clinician who is no longer its clinician
        (Situation.DeclinedThenEnded, Steward, Act.Correct),
        (Situation.NeverAnswered, "clinician", Act.List), // that it ended
        (Situation.NeverAnswered, "clinician", Act.Read),
        (Situation.NeverAnswered, "clinician", Act.Correct),
        (Situation.Transferred, "clinician2", Act.Correct), // an entry of the clinician before, who no longer can
        (Situation.NoAccountDeclined, Steward, Act.FindLink), // the code of a link that is spent
        (Situation.NoAccountAcknowledged, Steward, Act.FindLink),
        (Situation.NoAccountFirstAppointmentKept, Steward, Act.FindLink),
        (Situation.NoAccountInCare, Steward, Act.FindLink),
        (Situation.NoAccountCompleted, Steward, Act.FindLink),
        (Situation.NoAccountEndedByOfficer, Steward, Act.FindLink),
    ];

    private readonly List<string> wrong = [];
    private TestApp app = null!;
    private KeptTrack kept = null!;
    private Situation situation;
    private Guid track;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync(server);
        // The nearest stranger there can be: a psychologist, but of another region.
        await app.Superuser("insert into role_grants (person_id, role) values ($1, 1)", TestPeople.Ids["faraway"]);
    }

    public async ValueTask DisposeAsync()
    {
        await kept.DisposeAsync();
        await app.DisposeAsync();
    }

    public static TheoryData<Situation> All() => [.. Enum.GetValues<Situation>()];

    [Theory]
    [MemberData(nameof(All))]
    public async Task S01_S03_Each_may_do_with_a_track_what_is_written_here_and_nothing_else(Situation where)
    {
        situation = where;
        track = await app.GivenTrackIn(where);
        kept = await KeptTrack.KeepAsync(app, track);
        foreach (var name in People)
        {
            var (actor, before) = (await app.As(name), await kept.FingerprintAsync());
            foreach (var act in Enum.GetValues<Act>().Where(act => !May(name).Contains(act) && !Unsaid.Contains((situation, name, act))))
                await RefusedAsync(actor, name, act);
            if (await kept.FingerprintAsync() != before)
                wrong.Add($"{name}: something refused was written");
            foreach (var act in May(name))
                await DoneAsync(actor, name, act);
        }

        wrong.ShouldBeEmpty(string.Join('\n', wrong));
    }

    [Fact]
    public async Task S01_For_a_random_id_everybody_gets_for_everything_the_value_that_a_stranger_gets()
    {
        track = await app.GivenTrackIn(Situation.InCare);
        kept = await KeptTrack.KeepAsync(app, track);
        foreach (var name in People)
        {
            var actor = await app.As(name);
            foreach (var act in Enum.GetValues<Act>().Where(act => act != Act.Receipt)) // that one asks for no id
                (await app.Try(actor, act, Guid.NewGuid(), Situation.InCare.Next())).ShouldBe(EscalationRefusals.NotFound, $"{name} {act}");
        }
    }

    [Theory]
    [InlineData(Steward, "delete from role_grants where person_id = $1")]
    [InlineData(Steward, "update people set active = false where id = $1")]
    [InlineData("clinician", "delete from role_grants where person_id = $1")]
    [InlineData("clinician", "update people set active = false where id = $1")]
    public async Task S20_S21_Whoever_lost_role_or_account_has_no_part_in_a_track_from_the_next_operation_on(string name, string loses)
    {
        situation = Situation.Acknowledged;
        track = await app.GivenTrackIn(situation);
        kept = await KeptTrack.KeepAsync(app, track);
        var actor = await app.As(name);
        (await app.Try(actor, Act.Read, track, situation.Next())).ShouldBeNull();
        await app.Superuser(loses, actor.PersonId);
        foreach (var act in Enum.GetValues<Act>())
            await RefusedAsync(actor, name, act, without: true);
        wrong.ShouldBeEmpty(string.Join('\n', wrong));
    }

    /// <summary>Everything that is written as allowed for somebody.</summary>
    private Act[] May(string name)
    {
        if (name == Steward)
            return StewardMay[situation];
        if (name == Opener)
            return [Act.Receipt];
        return name == (situation == Situation.Transferred ? "clinician2" : "clinician") ? ClinicianMay.GetValueOrDefault(situation, []) : [];
    }

    private async Task RefusedAsync(Actor actor, string name, Act act, bool without = false)
    {
        var refusal = await app.Try(actor, act, track, situation.Next());
        if (refusal is null)
        {
            wrong.Add($"{name} may {act}");
            await kept.PutBackAsync();
            return;
        }

        // Whoever has a part in it may learn why not; everybody else must not even learn that it is there.
        var knows = !without && (May(name).Contains(Act.Read) || Unsaid.Contains((situation, name, Act.Read)));
        if (!knows && refusal != EscalationRefusals.NotFound)
            wrong.Add($"{name} {act}: “{refusal.Code}”");
    }

    private async Task DoneAsync(Actor actor, string name, Act act)
    {
        if (await app.Try(actor, act, track, situation.Next()) is { } refusal)
            wrong.Add($"{name} may not {act}: {refusal.Code}");
        else if (await kept.FaultAsync() is { } fault)
            wrong.Add($"{name} {act}: {fault.Sentence}");
        await kept.PutBackAsync();
    }
}
