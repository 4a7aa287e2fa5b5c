using PeerSupport.Domain.Escalation;
using PeerSupport.Services.Escalation;

namespace PeerSupport.IntegrationTests.Escalation;

/// <summary>Entries that were wrong, and what is recorded in their place.</summary>
public sealed class CorrectionTests(TestServer server) : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;
    private Guid track;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync(server);
        track = await app.GivenTrack();
        await app.Step("clinician", track, TrackStep.Acknowledge);
        app.Clock.Advance(TimeSpan.FromDays(5));
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private DateOnly Today => DateOnly.FromDateTime(app.Clock.GetUtcNow().UtcDateTime);

    [Fact]
    public async Task After_a_correction_the_same_happening_is_recorded_again_and_moves_nothing()
    {
        await app.Step("clinician", track, TrackStep.KeepFirstAppointment, new StepDetails(Today));
        await app.Step("clinician", track, TrackStep.EnterCare, new StepDetails(Today));
        (await Again(TrackEventKind.FirstAppointmentKept, Today)).ShouldBe(EscalationRefusals.StepNotAllowed, "nothing was corrected yet");
        var wrong = await NumberOf(TrackEventKind.FirstAppointmentKept);
        await Correct(wrong);
        (await Again(TrackEventKind.FirstAppointmentKept, Today.AddDays(-2))).ShouldBeNull();

        var view = await View();
        view.Row.State.ShouldBe(TrackState.InCare);
        view.Fault.ShouldBeNull();
        var right = view.Entries[^1];
        (right.Kind, right.Day, right.Corrects, right.CorrectedBy).ShouldBe((TrackEventKind.FirstAppointmentKept, Today.AddDays(-2), wrong, null));
        view.Entries.Single(entry => entry.Number == wrong).CorrectedBy.ShouldBe(right.Number - 1);
        (await Again(TrackEventKind.FirstAppointmentKept, Today)).ShouldBe(EscalationRefusals.StepNotAllowed, "its place is taken");
        await Correct(right.Number);
        (await Again(TrackEventKind.FirstAppointmentKept, Today.AddDays(-3))).ShouldBeNull("what stands in its place can be wrong too");
    }

    [Fact]
    public async Task A_wrong_day_of_the_end_is_put_right_after_the_end()
    {
        await app.Step("clinician", track, TrackStep.KeepFirstAppointment, new StepDetails(Today));
        await app.Step("clinician", track, TrackStep.Complete, new StepDetails(Today));
        await Correct(await NumberOf(TrackEventKind.Completed));
        (await Again(TrackEventKind.Completed, Today.AddDays(-1))).ShouldBeNull();
        (await View()).Row.State.ShouldBe(TrackState.Completed);
    }

    [Theory]
    [InlineData("okafor")]
    [InlineData("lindgren")]
    [InlineData("peer1")]
    [InlineData("clinician2")]
    public async Task Nobody_else_writes_it(string name)
    {
        await app.Step("clinician", track, TrackStep.KeepFirstAppointment, new StepDetails(Today));
        await Correct(await NumberOf(TrackEventKind.FirstAppointmentKept));
        (await app.Get<TrackEntries>().AgainAsync(await app.As(name), track, TrackEventKind.FirstAppointmentKept, Today, Token)).Succeeded.ShouldBeFalse();
    }

    [Theory]
    [InlineData(TrackEventKind.Opened)]
    [InlineData(TrackEventKind.Referred)]
    [InlineData(TrackEventKind.Acknowledged)]
    [InlineData(TrackEventKind.Read)]
    [InlineData(TrackEventKind.ConsentWithdrawn)]
    public async Task What_did_not_happen_on_a_day_is_not_recorded_again(TrackEventKind kind)
    {
        if (kind == TrackEventKind.Acknowledged)
            await Correct(await NumberOf(kind));
        (await Again(kind, Today)).ShouldBe(EscalationRefusals.StepNotAllowed);
    }

    [Fact]
    public async Task Nothing_happened_before_the_track_began_or_after_today()
    {
        foreach (var day in new[] { Today.AddDays(1), Today.AddDays(-6) })
        {
            (await app.Get<TakeStep>().TakeAsync(await app.As("clinician"), track, TrackStep.KeepFirstAppointment, new StepDetails(day), Token)).Refusal.ShouldBe(EscalationRefusals.ChooseDay);
            (await app.Get<TrackEntries>().AppointmentAsync(await app.As("clinician"), track, kept: false, day, Token)).Refusal.ShouldBe(EscalationRefusals.ChooseDay);
        }

        await app.Step("clinician", track, TrackStep.KeepFirstAppointment, new StepDetails(Today.AddDays(-5)));
        await Correct(await NumberOf(TrackEventKind.FirstAppointmentKept));
        (await Again(TrackEventKind.FirstAppointmentKept, Today.AddDays(-6))).ShouldBe(EscalationRefusals.ChooseDay);
        (await Again(TrackEventKind.FirstAppointmentKept, null)).ShouldBe(EscalationRefusals.ChooseDay);
    }

    [Fact]
    public async Task A_kept_first_appointment_is_the_next_one_no_more_and_a_later_one_stays()
    {
        var entries = app.Get<TrackEntries>();
        (await entries.SetAppointmentAsync(await app.As("clinician"), track, app.Clock.GetUtcNow().AddHours(1), Token)).Refusal.ShouldBeNull();
        app.Clock.Advance(TimeSpan.FromHours(2));
        await app.Step("clinician", track, TrackStep.KeepFirstAppointment, new StepDetails(Today));
        (await View()).Row.NextAppointmentAt.ShouldBeNull();

        var later = app.Clock.GetUtcNow().AddDays(3);
        (await entries.SetAppointmentAsync(await app.As("clinician"), track, later, Token)).Refusal.ShouldBeNull();
        await app.Step("clinician", track, TrackStep.EnterCare, new StepDetails(Today));
        (await View()).Row.NextAppointmentAt.ShouldBe(later);
    }

    private async Task<Domain.Refusal?> Again(TrackEventKind kind, DateOnly? day) =>
        (await app.Get<TrackEntries>().AgainAsync(await app.As("clinician"), track, kind, day, Token)).Refusal;

    private async Task Correct(int number) => (await app.Get<TrackEntries>().CorrectAsync(await app.As("clinician"), track, number, Token)).Refusal.ShouldBeNull();

    private async Task<int> NumberOf(TrackEventKind kind) => (await View()).Entries.Last(entry => entry.Kind == kind).Number;

    private async Task<TrackView> View() => (await app.Get<Tracks>().ReadAsync(await app.As("clinician"), track, Token)).Value;
}
