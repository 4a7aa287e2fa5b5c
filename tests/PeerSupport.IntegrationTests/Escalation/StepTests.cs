using PeerSupport.Domain;
using PeerSupport.Domain.Escalation;
using PeerSupport.Services.Escalation;
using PeerSupport.Services.People;

namespace PeerSupport.IntegrationTests.Escalation;

/// <summary>The state machine on the real database: each state × each step × both who might take it.</summary>
public sealed class StepTests(TestServer server) : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;

    public async ValueTask InitializeAsync() => app = await TestApp.StartAsync(server);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    public static TheoryData<TrackState, bool> States()
    {
        var states = new TheoryData<TrackState, bool>();
        foreach (var state in Enum.GetValues<TrackState>())
        {
            states.Add(state, true);
            if (state != TrackState.Opened)
                states.Add(state, false);
        }

        return states;
    }

    [Theory]
    [MemberData(nameof(States))]
    public async Task Each_step_leads_where_the_rules_say_and_each_other_leaves_entries_and_head_as_they_were(TrackState state, bool account)
    {
        var track = await app.GivenTrackIn(Situations.Of(state, account));
        await using var kept = await KeptTrack.KeepAsync(app, track);
        var before = (await kept.FingerprintAsync(), await kept.EntriesAsync());
        foreach (var (name, party) in new[] { ("okafor", TrackParty.Steward), ("clinician", TrackParty.Clinician) })
        {
            var actor = await app.As(name);
            foreach (var step in Enum.GetValues<TrackStep>())
            {
                var expected = Expected(state, step, party, account);
                (await TakeAsync(actor, track, step)).ShouldBe(expected, $"{name}: {step}");
                (await kept.FaultAsync()).ShouldBeNull($"{name}: {step}");
                if (expected is not null)
                {
                    (await kept.FingerprintAsync()).ShouldBe(before.Item1, $"{name}: {step}");
                    continue;
                }

                (await kept.StateAsync()).ShouldBe(state.After(step)!.Value, $"{name}: {step}");
                (await kept.EntriesAsync()).ShouldBe(before.Item2 + 1, $"{name}: {step}");
                await kept.PutBackAsync();
            }
        }
    }

    [Theory]
    [InlineData(TrackStep.Refer, null, true, "choose-clinician")]
    [InlineData(TrackStep.Refer, "nobody", true, "choose-clinician")]
    [InlineData(TrackStep.Refer, "abara", true, "choose-clinician")] // has it already
    [InlineData(TrackStep.Refer, "full", true, "choose-clinician")]
    [InlineData(TrackStep.Refer, "gone", true, "choose-clinician")]
    [InlineData(TrackStep.Refer, "far", true, "choose-clinician")]
    [InlineData(TrackStep.Refer, "boone", false, "consent-needed")]
    [InlineData(TrackStep.Transfer, null, true, "choose-clinician")]
    [InlineData(TrackStep.Transfer, "nobody", true, "choose-clinician")]
    [InlineData(TrackStep.Transfer, "abara", true, "choose-clinician")]
    [InlineData(TrackStep.Transfer, "full", true, "choose-clinician")]
    [InlineData(TrackStep.Transfer, "gone", true, "choose-clinician")]
    [InlineData(TrackStep.Transfer, "far", true, "choose-clinician")]
    [InlineData(TrackStep.Transfer, "boone", false, "consent-needed")]
    [InlineData(TrackStep.EndByOfficer, null, false, "choose-day")] // tomorrow
    public async Task A_step_that_lacks_what_it_needs_changes_nothing(TrackStep step, string? next, bool consent, string code)
    {
        var track = await app.GivenTrackIn(step == TrackStep.Transfer ? Situation.Acknowledged : Situation.Referred);
        await using var kept = await KeptTrack.KeepAsync(app, track);
        var before = await kept.FingerprintAsync();
        DateOnly? day = code == EscalationRefusals.ChooseDay.Code ? DateOnly.FromDateTime(app.Clock.GetUtcNow().UtcDateTime).AddDays(1) : null;
        Guid? chosen = next is null ? null : TestClinicians.Ids.TryGetValue(next, out var known) ? known : Guid.NewGuid();
        var actor = await app.As(step == TrackStep.Transfer ? "clinician" : "okafor");
        (await app.Get<TakeStep>().TakeAsync(actor, track, step, new StepDetails(day, chosen, consent), Token)).Refusal!.Code.ShouldBe(code);
        (await kept.FingerprintAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task An_exception_is_not_withdrawn_from_by_psychologist_or_clinician_wherever_it_stands()
    {
        var track = await app.GivenException();
        (await TakeAsync(await app.As("okafor"), track, TrackStep.WithdrawConsent)).ShouldBe(EscalationRefusals.StepNotAllowed);
        await app.Step("okafor", track, TrackStep.Refer, new StepDetails(NextClinicianId: TestClinicians.Ids["abara"]));
        foreach (var name in new[] { "okafor", "clinician" })
            (await TakeAsync(await app.As(name), track, TrackStep.WithdrawConsent)).ShouldBe(EscalationRefusals.StepNotAllowed);
        (await app.Superuser("select state from formal_tracks where id = $1", track)).ShouldBe((int)TrackState.Referred);
    }

    private async Task<Refusal?> TakeAsync(Actor actor, Guid track, TrackStep step) =>
        (await app.Get<TakeStep>().TakeAsync(actor, track, step, new StepDetails(null, TestClinicians.Ids["boone"], ConsentGiven: true), Token)).Refusal;

    /// <summary>A clinician who declined has no part in it; nor has anybody before one is chosen, or one without an account.</summary>
    private static Refusal? Expected(TrackState state, TrackStep step, TrackParty party, bool account)
    {
        if (party == TrackParty.Clinician && (!account || state is TrackState.Opened or TrackState.Declined))
            return EscalationRefusals.NotFound;
        if (state.After(step) is null || (state == TrackState.Opened && step == TrackStep.WithdrawConsent)) // the one that is opened here rests on no consent
            return EscalationRefusals.StepNotAllowed;
        return party.MayTake(step, account && state != TrackState.Opened) ? null : EscalationRefusals.NotFound;
    }
}
