using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PeerSupport.Domain;
using PeerSupport.Domain.Escalation;
using PeerSupport.Services.Escalation;
using PeerSupport.Services.People;

namespace PeerSupport.IntegrationTests.Escalation;

/// <summary>The hand-off, cut at every single thing it says to the database: either still a support case, or wholly a track.</summary>
public sealed class EscalationCutTests(TestServer server) : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;

    public async ValueTask InitializeAsync() => app = await TestApp.StartAsync(server);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Theory]
    [InlineData(false, false, "abara")]
    [InlineData(false, true, "abara")]
    [InlineData(false, false, "carver")]
    [InlineData(false, true, "carver")]
    [InlineData(true, false, "abara")]
    [InlineData(true, true, "abara")]
    public async Task S66_Cut_at_any_step_it_is_a_case_or_a_track_and_never_half_of_both(bool exception, bool delivered, string clinician)
    {
        var board = new NpgsqlConnectionStringBuilder(app.Connections.Board);
        await using var proxy = new CuttingProxy(board.Host!, board.Port);
        var through = app.Connections with { Board = new NpgsqlConnectionStringBuilder(app.Connections.Board) { Host = "127.0.0.1", Port = proxy.Port }.ConnectionString };
        var (cut, tracks) = (true, 0);
        for (var step = 1; cut; step++)
        {
            step.ShouldBeLessThan(100, "a hand-off does not say so much");
            await using var node = TestApp.Build(through, app.KeyDirectory, app.Clock);
            var escalate = node.GetRequiredService<Escalate>();
            var (caseId, track) = (await app.GivenHeldCase("peer1"), Guid.NewGuid());
            var peer = await app.As("peer1");
            await node.GetRequiredService<HandOnReceipts>().ListAsync(peer, Token); // connected, so that the steps counted are those of the hand-off
            proxy.Arm(step, delivered);

            var told = await TryAsync(escalate, peer, caseId, track, exception, clinician);
            cut = proxy.HasCut;
            proxy.Arm(int.MaxValue, delivered: false);

            if (await WholeAsync(caseId, track))
                tracks++;
            else
                told.ShouldBeFalse($"told that it was handed on, at step {step}");
            await app.Superuser("delete from support_cases");
            await app.Superuser("update peers set held = 0");
        }

        tracks.ShouldBeGreaterThan(0, "the last round was not cut");
    }

    private static async Task<bool> TryAsync(Escalate escalate, Actor peer, Guid caseId, Guid track, bool exception, string clinician)
    {
        try
        {
            Result<HandOnOutcome> result = exception
                ? await escalate.OpenExceptionAsync(peer, caseId, Basis.Suicidal, track, Token)
                : await escalate.OpenAsync(peer, caseId, HandOffs.Form(clinician), track, Token);
            return result.Succeeded;
        }
        catch (Exception lost) when (lost is NpgsqlException or InvalidOperationException or Microsoft.EntityFrameworkCore.DbUpdateException or IOException)
        {
            return false;
        }
    }

    /// <summary>True for a whole track without a case, false for a whole case without a track; anything between fails.</summary>
    private async Task<bool> WholeAsync(Guid caseId, Guid track)
    {
        var isTrack = await CountAsync("formal_tracks", "id", track) == 1;
        var expected = isTrack ? 0L : 1L;
        (await CountAsync("support_cases", "id", caseId)).ShouldBe(expected);
        (await CountAsync("sealed_identities", "case_id", caseId)).ShouldBe(expected);
        (await app.Superuser("select held from peers where person_id = $1", TestPeople.Ids["peer1"])).ShouldBe((int)expected);
        (await CountAsync("deliveries", "case_id", caseId) > 0).ShouldBe(!isTrack);
        (await CountAsync("track_facts", "track_id", track)).ShouldBe(1 - expected);
        (await CountAsync("messages", "track_id", track) > 0).ShouldBe(isTrack);
        (await CountAsync("errands", "subject_id", track) > 0).ShouldBe(isTrack);
        var checkedTracks = new List<VerifiedTrack>();
        await foreach (var verified in app.Get<VerifyTracks>().RunAsync(track, Token))
            checkedTracks.Add(verified);
        checkedTracks.Count(verified => verified.Fault is null && verified.Entries > 0).ShouldBe(isTrack ? 1 : 0);
        return isTrack;
    }

    private async Task<long> CountAsync(string table, string column, Guid id) =>
        (long)(await app.Superuser($"select count(*) from {table} where {column} = $1", id))!;
}
