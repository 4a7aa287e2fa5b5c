using PeerSupport.Domain.Escalation;
using PeerSupport.Services.Escalation;

namespace PeerSupport.IntegrationTests.Escalation;

/// <summary>Somebody with every right on the database, but without the installation's secret, changes a record.</summary>
public sealed class TamperingTests(TestServer server) : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;
    private Guid track;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync(server);
        track = await app.GivenTrack();
        await app.Step("clinician", track, TrackStep.Acknowledge);
        (await app.Get<ReadTrack>().OpenAsync(await app.As("clinician"), track, ReadReason.OpenedTrack, Token)).Succeeded.ShouldBeTrue();
        await app.Step("clinician", track, TrackStep.KeepFirstAppointment, new StepDetails(new DateOnly(2026, 11, 9)));
        (await app.Get<TrackEntries>().SetAppointmentAsync(await app.As("clinician"), track, app.Clock.GetUtcNow().AddDays(7), Token)).Refusal.ShouldBeNull();
        (await app.Get<TrackEntries>().CorrectAsync(await app.As("clinician"), track, 5, Token)).Refusal.ShouldBeNull();
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Theory]
    [InlineData("select 1", null)]
    [InlineData("update track_events set at = at + interval '1 microsecond' where number = 4", 4)]
    [InlineData("update track_events set kind = 4 where number = 3", 3)]
    [InlineData("update track_events set actor_id = gen_random_uuid() where number = 1", 1)]
    [InlineData("update track_events set party = 2 where number = 2", 2)]
    [InlineData("update track_events set clinician_id = null where number = 2", 2)]
    [InlineData("update track_events set day = '2026-11-01' where number = 5", 5)]
    [InlineData("update track_events set appointment_at = appointment_at + interval '1 day' where number = 6", 6)]
    [InlineData("update track_events set corrects = 3 where number = 7", 7)]
    [InlineData("update track_events set reason = 2 where number = 4", 4)]
    [InlineData("update track_events set rung = 1 where number = 4", 4)]
    [InlineData("update track_events set mark = sha256(mark) where number = 6", 6)]
    [InlineData("update track_events set basis = 2 where number = 1", 1)]
    [InlineData("update track_events set voluntariness = 2 where number = 1", 1)]
    [InlineData("update track_events set steward_id = actor_id where number = 1", 1)]
    [InlineData("delete from track_events where number = 4", 4)]
    [InlineData("delete from track_events where number = 7", 7)]
    [InlineData("delete from track_events where number = 1", 1)]
    [InlineData("delete from track_events where number = 4; update track_events set number = number - 1 where number > 4; update formal_tracks set entry_count = entry_count - 1", 4)]
    [InlineData("delete from track_events where number = 7; update formal_tracks set entry_count = 6", 6)]
    [InlineData("delete from track_events where number = 7; update formal_tracks set entry_count = 6, head_mark = (select mark from track_events where number = 5)", 6)]
    [InlineData("update track_events set number = number + 100 where number >= 5; insert into track_events select track_id, 5, kind, at, party, actor_id, clinician_id, day, appointment_at, corrects, reason, rung, mark from track_events where number = 4; update track_events set number = number - 99 where number > 100; update formal_tracks set entry_count = 8", 5)]
    [InlineData("update track_events set number = 104 where number = 4; update track_events set number = 4 where number = 5; update track_events set number = 5 where number = 104", 4)]
    public async Task Each_kind_of_tampering_is_found_at_its_entry(string sql, int? number)
    {
        await app.Superuser(sql);
        var fault = await VerifyAsync();
        (fault?.Number).ShouldBe(number);
        var view = (await app.Get<Tracks>().ReadAsync(await app.As("clinician"), track, Token)).Value;
        (view.Fault?.Number).ShouldBe(number);
    }

    [Theory]
    [InlineData("basis = 2", "basis")]
    [InlineData("voluntariness = 2", "basis")]
    [InlineData("state = 6", "state")]
    [InlineData("state = 2", "state")]
    [InlineData("steward_id = opened_by", "psychologist")]
    [InlineData("clinician_id = (select id from clinicians where name = 'Dr. boone')", "clinician")]
    [InlineData("acknowledged_at = null", "answer")]
    [InlineData("declined_at = now()", "answer")]
    [InlineData("consent_withdrawn_at = now()", "consent")]
    [InlineData("ended_at = '2020-01-01'", "end")]
    [InlineData("legal_hold = true", "legal hold")]
    public async Task A_track_changed_past_its_record_is_found(string set, string what)
    {
        await app.Superuser($"update formal_tracks set {set}");
        (await VerifyAsync())!.Sentence.ShouldBe($"The track’s {what} is not what its 7 entries say.");
    }

    [Theory]
    [InlineData("consent_withdrawn_at = null", "consent")]
    [InlineData("ended_at = ended_at - interval '10 years'", "end")]
    [InlineData("state = 5, ended_at = null, consent_withdrawn_at = null", "state")]
    public async Task A_withdrawal_undone_past_the_record_is_found(string set, string what)
    {
        await app.Step("okafor", track, TrackStep.WithdrawConsent);
        (await VerifyAsync()).ShouldBeNull();
        await app.Superuser($"update formal_tracks set {set}");
        (await VerifyAsync())!.Sentence.ShouldBe($"The track’s {what} is not what its 8 entries say.");
    }

    [Fact]
    public async Task The_entries_of_one_track_do_not_pass_for_anothers()
    {
        var other = await app.GivenTrack(peer: "peer2");
        await app.Superuser("delete from track_events where track_id = $1", other);
        await app.Superuser("update track_events set track_id = $1 where track_id = $2", other, track);
        await app.Superuser("update formal_tracks t set entry_count = s.entry_count, head_mark = s.head_mark from formal_tracks s where t.id = $1 and s.id = $2", other, track);
        var faults = new Dictionary<Guid, ChainFault?>();
        await foreach (var verified in app.Get<VerifyTracks>().RunAsync(null, Token))
            faults[verified.TrackId] = verified.Fault;
        faults[other]!.Number.ShouldBe(1);
        faults[track]!.Number.ShouldBe(1);
    }

    [Theory]
    [InlineData("Tracks", "update track_events set kind = 3")]
    [InlineData("Tracks", "delete from track_events")]
    [InlineData("Tracks", "delete from formal_tracks")]
    [InlineData("Tracks", "update formal_tracks set opened_by = steward_id")]
    [InlineData("Tracks", "update formal_tracks set basis = 1")]
    [InlineData("Tracks", "update track_facts set content = ''")]
    [InlineData("Tracks", "delete from track_facts")]
    [InlineData("Tracks", "select * from support_cases")]
    [InlineData("Tracks", "select * from sealed_identities")]
    [InlineData("Tracks", "select * from errands")]
    [InlineData("Board", "update track_events set kind = 3")]
    [InlineData("Board", "select * from track_events")]
    [InlineData("Board", "select * from track_facts")]
    [InlineData("Board", "select state from formal_tracks")]
    [InlineData("Board", "update formal_tracks set acknowledged_at = now()")]
    [InlineData("Board", "select * from hand_off_links")]
    [InlineData("Board", "select * from messages")]
    [InlineData("Reveal", "select * from formal_tracks")]
    [InlineData("Reveal", "select * from track_facts")]
    [InlineData("Accounts", "select * from formal_tracks")]
    [InlineData("Accounts", "select * from track_events")]
    [InlineData("Accounts", "select * from track_facts")]
    [InlineData("Accounts", "select * from danger_alerts")]
    [InlineData("Jobs", "select content from track_facts")]
    [InlineData("Jobs", "update track_events set kind = 3")]
    [InlineData("Jobs", "delete from track_events")]
    [InlineData("Jobs", "update formal_tracks set state = 7")]
    public async Task No_login_of_the_app_has_the_right_to(string login, string sql)
    {
        var connection = login switch
        {
            "Tracks" => app.Connections.Tracks,
            "Board" => app.Connections.Board,
            "Reveal" => app.Connections.Reveal,
            "Jobs" => app.Connections.Jobs,
            _ => app.Connections.Accounts,
        };
        (await Should.ThrowAsync<Npgsql.PostgresException>(() => TestApp.Run(connection, sql))).SqlState.ShouldBe("42501");
    }

    [Theory]
    [InlineData("update formal_tracks set state = 7")]
    [InlineData("update formal_tracks set clinician_id = null, head_mark = ''")]
    [InlineData("update hand_off_links set wrong_codes = 0, spent_at = null")]
    public async Task S41_Without_context_nothing_of_a_track_is_changed(string sql) =>
        (await TestApp.Run(app.Connections.Tracks, $"with done as ({sql} returning 1) select count(*) from done")).ShouldBe(0L);

    [Theory]
    [InlineData("formal_tracks")]
    [InlineData("track_facts")]
    [InlineData("track_events")]
    [InlineData("hand_off_links")]
    [InlineData("messages")]
    [InlineData("track_settings")]
    public async Task S41_Without_context_every_table_of_a_track_is_empty(string table)
    {
        (await TestApp.Run(app.Connections.Tracks, $"select count(*) from {table}")).ShouldBe(0L);
        (await TestApp.Run(app.Connections.Owner, $"select count(*) from {table}")).ShouldBe(0L);
    }

    private async Task<ChainFault?> VerifyAsync()
    {
        await foreach (var verified in app.Get<VerifyTracks>().RunAsync(track, Token))
            return verified.Fault;
        throw new InvalidOperationException("The track is not there.");
    }
}
