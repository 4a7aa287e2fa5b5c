using PeerSupport.Domain.Escalation;
using PeerSupport.Services.Escalation;

namespace PeerSupport.IntegrationTests.Escalation;

/// <summary>Steps that exclude each other, taken at the same moment by people who see the same page.</summary>
public sealed class StepRaceTests(TestServer server) : IAsyncLifetime
{
    private const int Rounds = 20;
    private const int Each = 3;
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;

    public async ValueTask InitializeAsync() => app = await TestApp.StartAsync(server);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Theory]
    [InlineData(Situation.Opened, "okafor Refer")]
    [InlineData(Situation.Referred, "clinician Acknowledge", "clinician Decline")]
    [InlineData(Situation.Referred, "okafor Refer")]
    [InlineData(Situation.Referred, "clinician EndByOfficer", "okafor EndByOfficer")]
    [InlineData(Situation.Acknowledged, "clinician KeepFirstAppointment")]
    [InlineData(Situation.Acknowledged, "clinician Transfer")]
    [InlineData(Situation.FirstAppointmentKept, "clinician EnterCare")]
    [InlineData(Situation.FirstAppointmentKept, "clinician Complete", "clinician EndByOfficer", "okafor WithdrawConsent")]
    [InlineData(Situation.InCare, "clinician Complete", "okafor EndByOfficer", "officer WithdrawConsent")]
    [InlineData(Situation.NoAccountReferred, "okafor Acknowledge", "okafor Decline", "link Acknowledge", "link Decline")]
    [InlineData(Situation.NoAccountFirstAppointmentKept, "okafor EnterCare")]
    [InlineData(Situation.NoAccountInCare, "okafor Complete", "officer WithdrawConsent")]
    public async Task Of_steps_that_exclude_each_other_one_is_taken_and_the_record_is_whole(Situation situation, params string[] contestants)
    {
        var track = await app.GivenTrackIn(situation);
        await using var kept = await KeptTrack.KeepAsync(app, track);
        var before = await kept.EntriesAsync();
        var state = await kept.StateAsync();
        for (var round = 0; round < Rounds; round++)
        {
            app.Clock.Advance(TimeSpan.FromMinutes(1));
            var steps = contestants.SelectMany(one => Enumerable.Repeat(one, one.StartsWith("officer", StringComparison.Ordinal) || one.StartsWith("link", StringComparison.Ordinal) ? 1 : Each)).ToList();
            var attempts = new List<Func<Task<bool>>>();
            foreach (var step in steps)
                attempts.Add(await PrepareAsync(track, step));
            var won = await AtOnceAsync(attempts);
            var winner = Enum.Parse<TrackStep>(steps[won.IndexOf(true)].Split(' ')[1]);
            won.Count(taken => taken).ShouldBe(1, $"round {round}");
            (await kept.EntriesAsync()).ShouldBe(before + 1, $"round {round}: {winner}");
            (await kept.StateAsync()).ShouldBe(state.After(winner)!.Value, $"round {round}");
            (await kept.FaultAsync()).ShouldBeNull($"round {round}: {winner}");
            await kept.PutBackAsync();
        }
    }

    [Fact]
    public async Task Readings_and_entries_at_once_all_stand_in_the_record_one_after_the_other()
    {
        var track = await app.GivenTrackIn(Situation.InCare);
        await using var kept = await KeptTrack.KeepAsync(app, track);
        var (clinician, before) = (await app.As("clinician"), await kept.EntriesAsync());
        var attempts = Enumerable.Range(0, 24).Select(n => (Func<Task<bool>>)(async () =>
            await app.Try(clinician, (n % 4) switch { 0 => Act.SetAppointment, 1 => Act.Kept, 2 => Act.Copy, _ => Act.Open }, track, Guid.Empty) is null)).ToList();
        (await AtOnceAsync(attempts)).ShouldAllBe(done => done);
        (await kept.EntriesAsync()).ShouldBe(before + attempts.Count);
        (await app.Superuser("select count(distinct number) from track_events where track_id = $1 and number between 1 and $2", track, before + attempts.Count)).ShouldBe((long)(before + attempts.Count));
        (await kept.FaultAsync()).ShouldBeNull();
    }

    /// <summary>Everything but the step itself, so that only the steps run against each other.</summary>
    private async Task<Func<Task<bool>>> PrepareAsync(Guid track, string contestant)
    {
        var step = Enum.Parse<TrackStep>(contestant.Split(' ')[1]);
        switch (contestant.Split(' ')[0])
        {
            case "officer":
                var code = app.Get<OfficerCodes>().Of(track);
                return async () => (await app.Get<MyReferral>().WithdrawAsync(code, Token)).Succeeded;
            case "link":
                var link = (Guid)(await app.Superuser("select id from hand_off_links where track_id = $1", track))!;
                var secrets = app.Get<LinkSecrets>();
                return async () => (await app.Get<AnswerByLink>().AnswerAsync(secrets.TokenOf(link), secrets.CodeOf(link), step == TrackStep.Acknowledge, Token)).Succeeded;
            case var name:
                var actor = await app.As(name);
                return async () => (await app.Get<TakeStep>().TakeAsync(actor, track, step, new StepDetails(null, TestClinicians.Ids["boone"], ConsentGiven: true), Token)).Succeeded;
        }
    }

    /// <summary>Held back until all stand ready, then let go together.</summary>
    private static async Task<List<bool>> AtOnceAsync(List<Func<Task<bool>>> attempts)
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = attempts.ConvertAll(attempt => Task.Run(async () =>
        {
            await go.Task;
            return await attempt();
        }));
        go.SetResult();
        return [.. await Task.WhenAll(running)];
    }
}
