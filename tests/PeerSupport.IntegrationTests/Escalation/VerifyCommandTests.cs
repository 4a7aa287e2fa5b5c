using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using PeerSupport.Domain.Escalation;
using PeerSupport.Services.Escalation;

namespace PeerSupport.IntegrationTests.Escalation;

/// <summary>What an operator reads after somebody with rights on the database changed a record.</summary>
public sealed class VerifyCommandTests(TestServer server) : IAsyncLifetime
{
    private TestApp app = null!;

    public async ValueTask InitializeAsync() => app = await TestApp.StartAsync(server);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Whole_records_are_said_to_be_whole()
    {
        (await Run()).ShouldBe((VerifyTracksCommand.Whole, "There are no tracks."));
        await GivenRecord();
        await GivenRecord("peer2");
        (await Run()).ShouldBe((VerifyTracksCommand.Whole, "2 tracks with 8 entries checked: whole."));
    }

    /// <summary>An ordinary owner of the tables can do this, and nothing in the database would notice.</summary>
    public static TheoryData<string, string> Tampering() => new()
    {
        { "update track_events set at = at + interval '1 microsecond' where track_id = $1 and number = 3", "Entry 3 was altered, inserted or moved." },
        { "update track_events set kind = 4 where track_id = $1 and number = 4", "Entry 4 was altered, inserted or moved." },
        { "update track_events set reason = 2 where track_id = $1 and number = 3", "Entry 3 was altered, inserted or moved." },
        { "update track_events set actor_id = clinician_id where track_id = $1 and number = 2", "Entry 2 was altered, inserted or moved." },
        { "update track_events set mark = sha256(mark) where track_id = $1 and number = 1", "Entry 1 was altered, inserted or moved." },
        { "delete from track_events where track_id = $1 and number = 3", "Entry 3 is missing or out of order." },
        { "delete from track_events where track_id = $1 and number = 4", "The record has 3 entries, and the track says 4." },
        { "with gone as (delete from track_events where track_id = $1 and number = 4) update formal_tracks set entry_count = 3 where id = $1", "The track's head does not fit entry 3." },
        { "update track_events set number = 9 where track_id = $1 and number = 2; update track_events set number = 2 where track_id = $1 and number = 3; update track_events set number = 3 where track_id = $1 and number = 9", "Entry 2 was altered, inserted or moved." },
        { "insert into track_events select track_id, 5, kind, at, party, actor_id, clinician_id, day, appointment_at, corrects, reason, rung, mark from track_events where track_id = $1 and number = 4", "Entry 5 was altered, inserted or moved." },
        { "update formal_tracks set head_mark = sha256(head_mark) where id = $1", "The track's head does not fit entry 4." },
    };

    [Theory]
    [MemberData(nameof(Tampering))]
    public async Task A_changed_record_is_found_and_the_entry_named(string change, string sentence)
    {
        var other = await GivenRecord("peer2");
        var track = await GivenRecord();
        await AsOwner(change.Replace("$1", $"'{track}'", StringComparison.Ordinal));

        var (code, output) = await Run();
        code.ShouldBe(VerifyTracksCommand.Broken);
        var lines = output.Split(Environment.NewLine);
        lines[0].ShouldEndWith($"({track}): {sentence}");
        lines[1].ShouldBe("1 record of 2 checked is not whole.");
        (await Run("--track", $"{track}")).Code.ShouldBe(VerifyTracksCommand.Broken);
        (await Run("--track", $"{other}")).ShouldBe((VerifyTracksCommand.Whole, "1 track with 4 entries checked: whole."));
    }

    [Fact]
    public async Task An_entry_moved_to_another_track_is_found_in_both()
    {
        var (one, two) = (await GivenRecord(), await GivenRecord("peer2"));
        await AsOwner(
            $"""
            update track_events set number = 9 where track_id = '{one}' and number = 4;
            update track_events set track_id = '{one}' where track_id = '{two}' and number = 4;
            update track_events set track_id = '{two}', number = 4 where track_id = '{one}' and number = 9
            """);
        var (code, output) = await Run();
        code.ShouldBe(VerifyTracksCommand.Broken);
        output.ShouldContain("2 records of 2 checked are not whole.");
    }

    [Fact]
    public async Task What_cannot_be_checked_is_not_said_to_be_whole()
    {
        await GivenRecord();
        (await Run("--track", $"{Guid.NewGuid()}")).ShouldBe((VerifyTracksCommand.NotChecked, "There is no such track."));
        (await Run("--track", "Amber Harbor")).Code.ShouldBe(VerifyTracksCommand.NotChecked);
        (await Run("--all")).Output.ShouldStartWith("Use: verify-tracks");

        var secret = Path.Combine(app.KeyDirectory, "installation.key");
        File.Move(secret, secret + ".away");
        (await Run()).Output.ShouldContain("does not hold installation.key");
        File.Exists(secret).ShouldBeFalse("a check makes no new secret");
        await File.WriteAllBytesAsync(secret, [1, 2, 3]);
        (await Run()).ShouldBe((VerifyTracksCommand.NotChecked, "installation.key is damaged. Without it no record can be checked."));
        File.Move(secret + ".away", secret, overwrite: true);
        (await Run()).Code.ShouldBe(VerifyTracksCommand.Whole);
    }

    [Fact]
    public async Task S47_The_sentences_hold_nothing_of_an_officer()
    {
        var track = await GivenRecord();
        await AsOwner($"delete from track_events where track_id = '{track}' and number = 2");
        var (_, output) = await Run();
        foreach (var words in new[] { "Marisol", "Vann", "206-555", "Poor sleep" })
            output.ShouldNotContain(words);
    }

    /// <summary>Four entries: opened, referred, read, acknowledged.</summary>
    private async Task<Guid> GivenRecord(string peer = "peer1")
    {
        var track = await app.GivenTrack(peer: peer);
        (await app.Get<ReadTrack>().OpenAsync(await app.As("clinician"), track, ReadReason.OpenedTrack, TestContext.Current.CancellationToken)).Refusal.ShouldBeNull();
        await app.Step("clinician", track, TrackStep.Acknowledge);
        return track;
    }

    /// <summary>The owner of the tables lifts their own lock first, as an owner can.</summary>
    private Task<object?> AsOwner(string sql) => app.Owner(
        $"""
        alter table track_events disable row level security;
        alter table formal_tracks disable row level security;
        {sql};
        alter table track_events enable row level security;
        alter table formal_tracks enable row level security
        """);

    private async Task<(int Code, string Output)> Run(params string[] arguments)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(TestApp.Settings(app.Connections, app.KeyDirectory)).Build();
        using var output = new StringWriter();
        var code = await VerifyTracksCommand.RunAsync(configuration, new HostingEnvironment { EnvironmentName = Environments.Development }, arguments, output, TestContext.Current.CancellationToken);
        return (code, output.ToString().TrimEnd());
    }
}
