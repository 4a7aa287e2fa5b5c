using PeerSupport.Domain.Escalation;
using PeerSupport.Services.Escalation;

namespace PeerSupport.IntegrationTests.Escalation;

/// <summary>A clinician who could not take it, or never did: whatever becomes of the track, it is not theirs.</summary>
public sealed class DeclinedTests(TestServer server) : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;
    private Guid track;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync(server);
        track = await app.GivenTrack();
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task S47_Who_declined_sees_nothing_and_can_do_nothing_until_somebody_else_has_it()
    {
        await app.Step("clinician", track, TrackStep.Decline);
        await NothingFor("clinician");
        await app.Step("okafor", track, TrackStep.Refer, new StepDetails(NextClinicianId: TestClinicians.Ids["boone"], ConsentGiven: true));
        await NothingFor("clinician");
        (await app.Get<Tracks>().ReadAsync(await app.As("okafor"), track, Token)).Value.Row.State.ShouldBe(TrackState.Referred);
    }

    [Theory]
    [InlineData(TrackStep.EndByOfficer)]
    [InlineData(TrackStep.WithdrawConsent)]
    public async Task S47_Who_declined_gets_nothing_back_when_the_track_ends(TrackStep end)
    {
        await app.Step("clinician", track, TrackStep.Decline);
        await app.Step("okafor", track, end);
        await NothingFor("clinician");
        (await Facts("clinician")).ShouldBe(0L, "the second lock says the same");
    }

    [Fact]
    public async Task Who_never_answered_reads_that_it_ended_and_not_what_was_shared()
    {
        await app.Step("okafor", track, TrackStep.EndByOfficer);
        (await app.Get<Tracks>().ReadAsync(await app.As("clinician"), track, Token)).Value.Row.State.ShouldBe(TrackState.EndedByOfficer);
        (await Read("clinician")).ShouldBe(EscalationRefusals.NotFound);
        (await Facts("clinician")).ShouldBe(0L);
    }

    [Fact]
    public async Task Who_had_taken_it_reads_on_and_the_one_it_was_passed_to_does_not()
    {
        await app.Step("clinician", track, TrackStep.Acknowledge);
        await app.Step("okafor", track, TrackStep.EndByOfficer);
        (await Read("clinician")).ShouldBeNull();

        track = await app.GivenTrack(peer: "peer2");
        await app.Step("clinician", track, TrackStep.Acknowledge);
        await app.Step("clinician", track, TrackStep.Transfer, new StepDetails(NextClinicianId: TestClinicians.Ids["boone"], ConsentGiven: true));
        await app.Step("okafor", track, TrackStep.EndByOfficer);
        (await Read("clinician")).ShouldBe(EscalationRefusals.NotFound);
        (await Read("clinician2")).ShouldBe(EscalationRefusals.NotFound, "the first one had taken it, not this one");
    }

    private async Task NothingFor(string name)
    {
        var actor = await app.As(name);
        (await app.Get<Tracks>().ReadAsync(actor, track, Token)).Refusal.ShouldBe(EscalationRefusals.NotFound);
        (await app.Get<Tracks>().ListAsync(actor, null, null, 1, Token)).Value.Rows.ShouldBeEmpty();
        (await Read(name)).ShouldBe(EscalationRefusals.NotFound);
        (await app.Get<OfficerCopies>().OpenAsync(actor, track, Token)).Refusal.ShouldBe(EscalationRefusals.NotFound);
        (await app.Get<TrackEntries>().CorrectAsync(actor, track, 3, Token)).Refusal.ShouldBe(EscalationRefusals.NotFound);
        foreach (var step in Enum.GetValues<TrackStep>())
            (await app.Get<TakeStep>().TakeAsync(actor, track, step, new StepDetails(), Token)).Refusal.ShouldBe(EscalationRefusals.NotFound, step.ToString());
    }

    private async Task<Domain.Refusal?> Read(string name) => (await app.Get<ReadTrack>().OpenAsync(await app.As(name), track, ReadReason.OpenedTrack, Token)).Refusal;

    /// <summary>What the database itself shows somebody, past every use case.</summary>
    private Task<object?> Facts(string name) => TestApp.Run(
        app.Connections.Tracks, $"do $$ begin perform set_config('app.actor', '{TestPeople.Ids[name]}', false); end $$; select count(*) from track_facts where track_id = '{track}'");
}
