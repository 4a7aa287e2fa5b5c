using Npgsql;
using PeerSupport.Domain.Escalation;
using PeerSupport.Services.Escalation;

namespace PeerSupport.IntegrationTests.Escalation;

/// <summary>
/// Everything the database holds about tracks, kept to be put back: so each of many attempts begins at the same track,
/// and an attempt that was refused can be shown to have left nothing at all.
/// </summary>
public sealed class KeptTrack : IAsyncDisposable
{
    /// <summary>In the order in which they may be put back.</summary>
    private static readonly string[] Tables = ["formal_tracks", "track_facts", "hand_off_links", "track_events", "messages", "errands", "track_settings", "retention_runs"];

    private static readonly string Copies = string.Join(';', Tables.Select(table => $"create table kept_{table} as table {table}"));
    private static readonly string Back = string.Join(';', Tables.Reverse().Select(table => $"delete from {table}").Concat(Tables.Select(table => $"insert into {table} select * from kept_{table}")));
    private static readonly string Rows = string.Join(',', Tables.Select(table => $"(select string_agg(t::text, ',' order by t::text) from {table} t)"));

    private readonly TestApp app;
    private readonly NpgsqlDataSource superuser;

    private KeptTrack(TestApp app, Guid track) => (this.app, Track, superuser) = (app, track, app.SuperuserSource());

    public Guid Track { get; }

    /// <summary>Keeps everything as it is now.</summary>
    public static async Task<KeptTrack> KeepAsync(TestApp app, Guid track)
    {
        var kept = new KeptTrack(app, track);
        await kept.AskAsync(Copies);
        return kept;
    }

    /// <summary>As it was when it was kept.</summary>
    public Task PutBackAsync() => AskAsync(Back);

    /// <summary>One value over every row: the same before and after means that nothing was written.</summary>
    public async Task<string> FingerprintAsync() => (string)(await AskAsync($"select md5(concat_ws('|', {Rows}))"))!;

    /// <summary>Where the track stands.</summary>
    public async Task<TrackState> StateAsync() => (TrackState)(int)(await AskAsync($"select state from formal_tracks where id = '{Track}'"))!;

    /// <summary>How many entries its record has.</summary>
    public async Task<int> EntriesAsync() => (int)(await AskAsync($"select entry_count from formal_tracks where id = '{Track}'"))!;

    /// <summary>What is wrong with its record; null when it is whole.</summary>
    public async Task<ChainFault?> FaultAsync()
    {
        await foreach (var verified in app.Get<VerifyTracks>().RunAsync(Track, TestContext.Current.CancellationToken))
            return verified.Fault;
        throw new InvalidOperationException("The track is not there.");
    }

    public ValueTask DisposeAsync() => superuser.DisposeAsync();

    private async Task<object?> AskAsync(string sql)
    {
        await using var command = superuser.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
