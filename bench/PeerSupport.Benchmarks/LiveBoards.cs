using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.SignalR.Client;
using Npgsql;
using PeerSupport.DevKit;

namespace PeerSupport.Benchmarks;

/// <summary>
/// A thousand peers have their board open and a new notice is announced: how long until each sees it, beside a bare
/// SignalR hub that tells as many listeners the same words; and what an open board keeps on the heap, beside the page of
/// the plain Blazor template. Both take turns on the same machine.
/// </summary>
internal static class LiveBoards
{
    private const double LimitTime = 4.0;
    private const double LimitHeap = 2.0;

    public static async Task<int> RunAsync(int boards, int rounds)
    {
        var (heap, plainHeap) = (new MeasuredHeap(), new MeasuredHeap());
        await using var postgres = await PostgresForTests.AcquireAsync(CancellationToken.None);
        await using var app = await RunningApp.StartAsync(postgres, settings => settings with { Extra = heap.Environment });
        await using var plain = await PlainBlazor.StartAsync(plainHeap.Environment);
        var crowd = await RaceCrowd.GatherAsync(app, boards);
        await crowd.ClearAsync();

        // The plain page first with one circuit on each side, so that neither pays for the first of everything.
        using var http = new HttpClient();
        await using var firstPlain = new CircuitClient(plain.Url, "counter");
        await firstPlain.OpenAsync(http);
        await using var firstBoard = await crowd.OpenBoardAsync(0);
        var (emptyPlain, empty) = (await plainHeap.BytesAsync(), await heap.BytesAsync());

        var pages = new List<CircuitClient>();
        for (var n = 0; n < boards; n++)
        {
            var page = new CircuitClient(plain.Url, "counter");
            await page.OpenAsync(http);
            pages.Add(page);
        }

        var perPlain = (await plainHeap.BytesAsync() - emptyPlain) / (double)boards;
        await CloseAsync(pages);
        var open = new List<CircuitClient>();
        for (var n = 0; n < boards; n++)
            open.Add(await crowd.OpenBoardAsync(n));
        var perBoard = (await heap.BytesAsync() - empty) / (double)boards;

        var listeners = new List<HubConnection>();
        var heard = new TaskCompletionSource<long>[boards];
        for (var n = 0; n < boards; n++)
            listeners.Add(await ListenAsync(plain.Url, heard, n));

        Console.WriteLine("Boards and listeners are open; rounds begin.");
        List<List<double>> ours = [], theirs = [];
        for (var round = 0; round <= rounds; round++)
        {
            var bell = await RingAsync(plain, http, heard);
            var notice = await NoticeAsync(app, crowd, open, round);
            if (round == 0)
                continue; // both warm up once
            theirs.Add([.. bell]);
            ours.Add([.. notice]);
        }

        await CloseAsync([.. listeners, .. open]);
        return Report(ours, theirs, perBoard / perPlain, $"board {perBoard / 1024:0} KB, plain template {perPlain / 1024:0} KB");
    }

    private static async Task CloseAsync(IEnumerable<IAsyncDisposable> open)
    {
        foreach (var one in open)
            await one.DisposeAsync();
    }

    private static async Task<HubConnection> ListenAsync(Uri root, TaskCompletionSource<long>[] heard, int n)
    {
        var listener = new HubConnectionBuilder().WithUrl(new Uri(root, "bell")).Build();
        listener.On<string, string, string>("rung", (_, _, _) => heard[n].TrySetResult(Stopwatch.GetTimestamp()));
        await listener.StartAsync();
        return listener;
    }

    private static async Task<IEnumerable<double>> RingAsync(PlainBlazor plain, HttpClient http, TaskCompletionSource<long>[] heard)
    {
        for (var n = 0; n < heard.Length; n++)
            heard[n] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var start = Stopwatch.GetTimestamp();
        (await http.PostAsync(new Uri(plain.Url, "ring"), null)).EnsureSuccessStatusCode();
        var at = await Task.WhenAll(heard.Select(one => one.Task.WaitAsync(TimeSpan.FromMinutes(1))));
        return at.Select(time => Stopwatch.GetElapsedTime(start, time).TotalMilliseconds);
    }

    /// <summary>A case is written and committed; the clock starts when the nodes are told.</summary>
    private static async Task<IEnumerable<double>> NoticeAsync(RunningApp app, RaceCrowd crowd, List<CircuitClient> open, int round)
    {
        await crowd.AddCaseAsync(round);
        var next = open.ConvertAll(board => board.NextAsync());
        await using var connection = new NpgsqlConnection(app.Settings.Databases.Board);
        await connection.OpenAsync();
        await using var notify = new NpgsqlCommand("notify peersupport_cases", connection);
        var start = Stopwatch.GetTimestamp();
        await notify.ExecuteNonQueryAsync();
        var at = await Task.WhenAll(next.Select(one => one.WaitAsync(TimeSpan.FromMinutes(2))));
        return at.Select(time => Stopwatch.GetElapsedTime(start, time).TotalMilliseconds);
    }

    /// <summary>
    /// What is held to the limit is the median of the rounds' own quantiles: a round in which the machine stood still for
    /// one side says nothing about the other.
    /// </summary>
    private static int Report(List<List<double>> ours, List<List<double>> theirs, double heap, string sizes)
    {
        Timing.Print("boards", [.. ours.SelectMany(round => round)]);
        Timing.Print("bare hub", [.. theirs.SelectMany(round => round)]);
        Console.WriteLine($"p95 per round  boards {Each(ours)}\n               hub    {Each(theirs)}");
        var (time, middle) = (Ratio(0.95), Ratio(0.5));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ours[0].Count} boards, {ours.Count} rounds: p95 ratio {time:0.00} (limit {LimitTime:0.0}), p50 ratio {middle:0.00}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"heap per circuit: {sizes}, ratio {heap:0.00} (limit {LimitHeap:0.0})"));
        return time <= LimitTime && heap <= LimitHeap ? 0 : 1;

        double Ratio(double quantile) => Middle(ours, quantile) / Middle(theirs, quantile);
    }

    private static double Middle(List<List<double>> rounds, double quantile) => Timing.Median(rounds.Select(round => Timing.At(round, quantile)));

    private static string Each(List<List<double>> rounds) => string.Join(' ', rounds.Select(round => Timing.At(round, 0.95).ToString("0", CultureInfo.InvariantCulture).PadLeft(4)));
}
