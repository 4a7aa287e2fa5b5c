using PeerSupport.Domain.Escalation;
using PeerSupport.Services.Escalation;
using PeerSupport.Services.Notices;
using PeerSupport.Services.Sealing;

namespace PeerSupport.IntegrationTests.Escalation;

/// <summary>How long tracks are kept: the setting, what it says beforehand, and what the daily run destroys.</summary>
public sealed class RetentionTests(TestServer server) : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;

    public async ValueTask InitializeAsync() => app = await TestApp.StartAsync(server);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Until_somebody_chooses_it_is_the_usual_time_and_the_choice_is_the_agencys()
    {
        var usual = await Read("okafor");
        (usual.Months, usual.Chosen).ShouldBe((RetentionRules.DefaultMonths, false));
        await Keep(24);
        foreach (var name in new[] { "okafor", "lindgren" })
            (await Read(name)).Months.ShouldBe(24);
        (await Read("okafor")).Chosen.ShouldBeTrue();
        await app.Superuser("insert into role_grants (person_id, role) values ($1, 1)", TestPeople.Ids["faraway"]);
        (await Read("faraway")).Months.ShouldBe(RetentionRules.DefaultMonths, "another agency's setting");
        await Keep(240);
        (await Read("lindgren")).Months.ShouldBe(240);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(int.MinValue)]
    [InlineData(-12)]
    [InlineData(0)]
    [InlineData(11)]
    [InlineData(241)]
    public async Task A_time_outside_the_limits_is_refused_and_the_one_in_force_stays(int? months)
    {
        (await app.Get<Retention>().SetAsync(await app.As("okafor"), months, Token)).Refusal.ShouldBe(RetentionRefusals.OutOfRange);
        (await app.Superuser("select count(*) from track_settings")).ShouldBe(0L);
    }

    [Theory]
    [InlineData("peer1")]
    [InlineData("clinician")]
    [InlineData("coordinator")]
    [InlineData("administrator")]
    [InlineData("faraway")]
    public async Task S03_Nobody_but_a_psychologist_reads_or_sets_it(string name)
    {
        var actor = await app.As(name);
        (await app.Get<Retention>().ReadAsync(actor, null, 1, Token)).Refusal.ShouldBe(EscalationRefusals.NotFound);
        (await app.Get<Retention>().DueAsync(actor, 12, Token)).Refusal.ShouldBe(EscalationRefusals.NotFound);
        (await app.Get<Retention>().SetAsync(actor, 12, Token)).Refusal.ShouldBe(EscalationRefusals.NotFound);
        (await app.Superuser("select count(*) from track_settings")).ShouldBe(0L);
    }

    [Fact]
    public async Task The_preview_names_the_day_of_each_ended_track_held_ones_last_and_shows_no_other_psychologists()
    {
        var first = await GivenEnded("peer1");
        app.Clock.Advance(TimeSpan.FromDays(22)); // the first of December: 13 months later is another day than 12 months and 30 days
        var second = await GivenEnded("peer2");
        var held = await GivenEnded("peer3");
        (await app.Get<TrackEntries>().HoldAsync(await app.As("okafor"), held, hold: true, Token)).Refusal.ShouldBeNull();
        var open = await app.GivenTrack(peer: "peer4");

        var view = await Read("okafor", 13);
        view.Tracks.Select(one => one.TrackId).ShouldBe([first, second, held]);
        view.Tracks.Select(one => one.TrackId).ShouldNotContain(open);
        view.Tracks.Select(one => (one.EndedOn, one.DestroyedOn, one.Held)).ShouldBe(
        [
            (new DateOnly(2026, 11, 9), new DateOnly(2027, 12, 9), false), (new DateOnly(2026, 12, 1), new DateOnly(2028, 1, 1), false), (new DateOnly(2026, 12, 1), new DateOnly(2028, 1, 1), true),
        ]);
        (await Read("okafor")).Tracks[0].DestroyedOn.ShouldBe(new DateOnly(2033, 11, 9), "trying out a time sets nothing");
        (await Read("lindgren")).Tracks.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_count_asked_before_a_shorter_time_is_what_the_run_then_destroys()
    {
        await GivenEnded("peer1");
        app.Clock.Advance(TimeSpan.FromDays(20));
        await GivenEnded("peer2");
        var held = await GivenEnded("peer3");
        (await app.Get<TrackEntries>().HoldAsync(await app.As("okafor"), held, hold: true, Token)).Refusal.ShouldBeNull();
        app.Clock.Advance(TimeSpan.FromDays(320)); // a shorter time holds in 30 days: then the first is past a year, the others are not
        (await Due(12)).ShouldBe(1);
        (await Due(13)).ShouldBe(0);
        app.Clock.Advance(TimeSpan.FromDays(20));
        (await Due(12)).ShouldBe(2);
    }

    [Fact]
    public async Task On_its_day_and_not_a_day_earlier_a_track_goes_with_everything_it_had()
    {
        await Keep(12);
        var track = await GivenEnded("peer1", "carver");
        var other = await app.GivenTrack(peer: "peer2");
        At(new DateOnly(2027, 11, 8).AddDays(31));
        await RunDaily();
        (await RowsOf(track)).ShouldBe(["formal_tracks", "hand_off_links", "messages", "track_events", "track_facts"]);

        At(new DateOnly(2027, 11, 9).AddDays(31));
        await RunDaily();
        (await RowsOf(track)).ShouldBeEmpty();
        (await RowsOf(other)).Contains("formal_tracks", StringComparer.Ordinal).ShouldBeTrue("one that has not ended is kept however old");
        (await app.Get<Tracks>().ReadAsync(await app.As("okafor"), track, Token)).Refusal.ShouldBe(EscalationRefusals.NotFound);
        (await app.Get<MyReferral>().FindAsync(app.Get<OfficerCodes>().Of(track), Token)).Refusal.ShouldBe(EscalationRefusals.CodeUnknown);
        (await Read("okafor")).Runs.ShouldBe([new RetentionDay(new DateOnly(2027, 12, 10), 1)]);
        (await Read("lindgren")).Runs.Count.ShouldBe(1, "that so many went is the agency's to know");
        (await app.Superuser("select due_at from errands where kind = 5")).ShouldBe(new DateTime(2027, 12, 11, 9, 0, 0, DateTimeKind.Utc));
        await RunDaily();
        (await Read("okafor")).Runs.Single().Destroyed.ShouldBe(1);
    }

    [Fact]
    public async Task A_held_track_outlives_every_run_until_the_hold_is_lifted()
    {
        await Keep(12);
        var track = await GivenEnded("peer1");
        (await Hold(track, true)).ShouldBeNull();
        (await Hold(track, true)).ShouldBe(EscalationRefusals.StepNotAllowed, "it is set");
        foreach (var year in new[] { 2028, 2030, 2040 })
        {
            At(new DateOnly(year, 1, 1));
            await RunDaily();
            (await RowsOf(track)).Contains("track_facts", StringComparer.Ordinal).ShouldBeTrue($"in {year}");
        }

        (await Hold(track, false)).ShouldBeNull();
        At(new DateOnly(2040, 1, 2));
        await RunDaily();
        (await RowsOf(track)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_hold_set_while_the_run_destroys_either_saves_the_track_or_is_told_that_it_is_gone()
    {
        await Keep(12);
        var track = await GivenEnded("peer1");
        At(new DateOnly(2028, 1, 1));
        await app.Superuser("update errands set due_at = $1 where kind = 5", app.Clock.GetUtcNow());
        await using var kept = await KeptTrack.KeepAsync(app, track);
        var psychologist = await app.As("okafor");
        for (var round = 0; round < 20; round++)
        {
            var run = Task.Run(() => app.Get<Errands>().RunDueAsync(Token));
            var hold = Task.Run(() => app.Get<TrackEntries>().HoldAsync(psychologist, track, hold: true, Token));
            await Task.WhenAll(run, hold);
            var refusal = (await hold).Refusal;
            if (refusal is null)
                (await app.Superuser("select legal_hold from formal_tracks where id = $1", track)).ShouldBe(true, $"round {round}");
            else
                refusal.ShouldBe(EscalationRefusals.NotFound);
            (await RowsOf(track)).Count.ShouldBe(refusal is null ? 4 : 0, $"round {round}");
            await kept.PutBackAsync();
        }
    }

    [Fact]
    public async Task More_than_one_batch_goes_in_one_run_and_the_day_counts_all_of_them()
    {
        await Keep(12);
        var track = await GivenEnded("peer1");
        await app.Superuser(
            "create temp table more as table formal_tracks; update more set id = gen_random_uuid(); "
            + $"insert into formal_tracks select (jsonb_populate_record(m, jsonb_build_object('id', gen_random_uuid(), 'officer_code_hash', '\\x' || md5(n::text) || md5(n::text)))).* from more m, generate_series(1, {(2 * RetentionErrand.Batch) + 7}) n");
        At(new DateOnly(2028, 1, 1));
        await RunDaily();
        (await app.Superuser("select count(*) from formal_tracks")).ShouldBe(0L);
        (await RowsOf(track)).ShouldBeEmpty();
        (await Read("okafor")).Runs.Single().Destroyed.ShouldBe((2 * RetentionErrand.Batch) + 8);
    }

    [Fact]
    public async Task Two_nodes_destroy_each_track_once()
    {
        await Keep(12);
        foreach (var peer in new[] { "peer1", "peer2", "peer3" })
            await GivenEnded(peer);
        At(new DateOnly(2028, 1, 1));
        await app.Superuser("delete from errands where kind <> 5"); // a track that another errand is just looking at waits for the next day
        await app.Superuser("update errands set due_at = $1 where kind = 5", app.Clock.GetUtcNow());
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => app.Get<Errands>().RunDueAsync(Token))));
        (await Read("okafor")).Runs.Single().Destroyed.ShouldBe(3);
    }

    [Theory]
    [InlineData("delete from formal_tracks where not legal_hold and ended_at is null")]
    [InlineData("delete from formal_tracks where legal_hold")]
    public async Task The_jobs_login_itself_can_destroy_neither_what_is_held_nor_what_has_not_ended(string sql)
    {
        (await Hold(await GivenEnded("peer1"), true)).ShouldBeNull();
        await app.GivenTrack(peer: "peer2");
        await TestApp.Run(app.Connections.Jobs, $"begin; select set_config('app.job', 'retention', true); {sql}; commit");
        (await app.Superuser("select count(*) from formal_tracks")).ShouldBe(2L);
        await TestApp.Run(app.Connections.Jobs, "delete from formal_tracks");
        (await app.Superuser("select count(*) from formal_tracks")).ShouldBe(2L);
    }

    [Fact]
    public async Task S37_A_destroyed_track_is_unreadable_in_every_backup_after_the_window()
    {
        await Keep(12);
        At(new DateOnly(2026, 12, 31));
        await RotateAsync();
        var track = await GivenEnded("peer1");
        At(new DateOnly(2028, 1, 1));
        await RotateAsync();
        await using var backup = await KeptTrack.KeepAsync(app, track);
        await RunDaily();
        (await RowsOf(track)).ShouldBeEmpty();

        await DaysPass(7);
        await backup.PutBackAsync();
        var clinician = await app.As("clinician");
        var restored = (await app.Get<ReadTrack>().OpenAsync(clinician, track, ReadReason.OpenedTrack, Token)).Value;
        restored.Facts.Name.ReadWith(restored.Read).ShouldBe("Marisol Vann", "the backup holds it, and its key is still within the window");

        await app.Superuser("delete from formal_tracks");
        await DaysPass(1);
        await backup.PutBackAsync();
        (await app.Get<ReadTrack>().OpenAsync(clinician, track, ReadReason.OpenedTrack, Token)).Refusal.ShouldBe(EscalationRefusals.CannotOpen);
    }

    private async Task DaysPass(int days)
    {
        for (var day = 0; day < days; day++)
        {
            app.Clock.Advance(TimeSpan.FromDays(1));
            await RotateAsync();
        }
    }

    private async Task RotateAsync() => (await app.Get<EpochRotation>().RunAsync(Token)).ShouldBe(new RotationOutcome(Complete: true, SomeBroken: false));

    /// <summary>A track of okafor that its officer ended today.</summary>
    private async Task<Guid> GivenEnded(string peer, string clinician = "abara")
    {
        var track = await app.GivenTrack(clinician, peer);
        await app.Step(clinician == "abara" ? "clinician" : "okafor", track, TrackStep.Acknowledge);
        await app.Step("okafor", track, TrackStep.EndByOfficer);
        return track;
    }

    /// <summary>Chooses a time and lets whatever delay there is before it holds go by.</summary>
    private async Task Keep(int months)
    {
        (await app.Get<Retention>().SetAsync(await app.As("okafor"), months, Token)).Refusal.ShouldBeNull();
        At(DateOnly.FromDateTime(app.Clock.GetUtcNow().UtcDateTime).AddDays(31));
    }

    private void At(DateOnly day) => app.Clock.SetUtcNow(new DateTimeOffset(day.ToDateTime(new TimeOnly(2, 11)), TimeSpan.Zero));

    /// <summary>The errand that is always there, now.</summary>
    private async Task RunDaily()
    {
        await app.Superuser("update errands set due_at = $1 where kind = 5", app.Clock.GetUtcNow());
        await app.Get<Errands>().RunDueAsync(Token);
    }

    private async Task<RetentionOverview> Read(string name, int? months = null) => (await app.Get<Retention>().ReadAsync(await app.As(name), months, 1, Token)).Value;

    private async Task<int> Due(int months) => (await app.Get<Retention>().DueAsync(await app.As("okafor"), months, Token)).Value.Count;

    private async Task<Domain.Refusal?> Hold(Guid track, bool hold) => (await app.Get<TrackEntries>().HoldAsync(await app.As("okafor"), track, hold, Token)).Refusal;

    /// <summary>Tables that have a row of the track.</summary>
    private async Task<List<string>> RowsOf(Guid track)
    {
        List<string> found = [];
        foreach (var (table, column) in new[] { ("formal_tracks", "id"), ("hand_off_links", "track_id"), ("messages", "track_id"), ("track_events", "track_id"), ("track_facts", "track_id") })
        {
            if (await app.Superuser($"select exists (select from {table} where {column} = $1)", track) is true)
                found.Add(table);
        }

        return found;
    }
}
