using Microsoft.Extensions.Configuration;
using PeerSupport.Domain.Escalation;
using PeerSupport.IntegrationTests.Sealing;
using PeerSupport.Services.Escalation;
using PeerSupport.Services.Persistence;
using PeerSupport.Services.Sealing;

namespace PeerSupport.IntegrationTests.Escalation;

/// <summary>The daily rotation with tracks: their keys move to the new epoch, and the old epoch's key goes.</summary>
public sealed class TrackKeyTests(TestServer server) : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;

    public async ValueTask InitializeAsync() => app = await TestApp.StartAsync(server);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_track_outlives_every_rotation_and_old_keys_go()
    {
        var track = await app.GivenTrack();
        var first = app.Get<IEpochKeyStore>().List().Single();
        for (var day = 1; day <= 12; day++)
        {
            app.Clock.Advance(TimeSpan.FromDays(1));
            (await app.Get<EpochRotation>().RunAsync(Token)).ShouldBe(new RotationOutcome(Complete: true, SomeBroken: false));
            (await app.Superuser("select key_epoch from track_facts where track_id = $1", track)).ShouldBe(first + day);
        }

        app.Get<IEpochKeyStore>().List().ShouldBe(Enumerable.Range(first + 12 - 7, 8));
        (await NameIn(track)).ShouldBe("Marisol Vann");
    }

    [Fact]
    public async Task The_key_of_an_epoch_stays_as_long_as_a_track_is_wrapped_by_it()
    {
        var track = await app.GivenTrack();
        var first = app.Get<IEpochKeyStore>().List().Single();
        await app.Superuser("update track_facts set wrapped_key = set_bit(wrapped_key, 300, 1 - get_bit(wrapped_key, 300))");
        for (var day = 0; day < 10; day++)
        {
            app.Clock.Advance(TimeSpan.FromDays(1));
            (await app.Get<EpochRotation>().RunAsync(Token)).ShouldBe(new RotationOutcome(Complete: true, SomeBroken: true));
        }

        app.Get<IEpochKeyStore>().List().ShouldContain(first);
        await app.Superuser("update track_facts set wrapped_key = set_bit(wrapped_key, 300, 1 - get_bit(wrapped_key, 300))");
        (await NameIn(track)).ShouldBe("Marisol Vann");
    }

    [Fact]
    public async Task S38_A_crash_at_any_step_of_the_rotation_loses_no_track()
    {
        var tracks = new List<Guid>();
        foreach (var peer in new[] { "peer1", "peer2", "peer3" })
            tracks.Add(await app.GivenTrack(peer: peer));
        var (crashes, cut) = (0, true);
        for (var step = 0; cut; step++)
        {
            app.Clock.Advance(TimeSpan.FromDays(1));
            var keys = new CrashingKeys(app.Get<IEpochKeyStore>(), step);
            var failed = await Record.ExceptionAsync(() => new EpochRotation(app.Get<Database>(), new CaseSealer(keys), keys, app.Clock, app.Get<IConfiguration>()).RunAsync(Token));
            (failed is null or PowerCutException).ShouldBeTrue($"{failed}");
            cut = failed is not null;
            crashes += cut ? 1 : 0;
            foreach (var track in tracks)
                (await NameIn(track)).ShouldBe("Marisol Vann", $"step {step}");
        }

        crashes.ShouldBeGreaterThan(10);
        (await app.Superuser("select count(distinct key_epoch) from track_facts")).ShouldBe(1L);
    }

    private async Task<string> NameIn(Guid track)
    {
        var file = (await app.Get<ReadTrack>().OpenAsync(await app.As("clinician"), track, ReadReason.OpenedTrack, Token)).Value;
        return file.Facts.Name.ReadWith(file.Read);
    }
}
