using System.Diagnostics;
using System.Net;
using System.Text;
using PeerSupport.DevKit;
using PeerSupport.Domain.Cases;

namespace PeerSupport.Benchmarks;

/// <summary>
/// A hundred peers accept one case over HTTP at the same moment, again and again, taking turns with the same race in
/// hand-written Npgsql. Exactly one may win each time, and everybody else must read that another peer has it; the figure
/// is the ratio of the two 99th percentiles, and above the limit the measurement fails.
/// </summary>
internal static class AcceptRace
{
    private const int Peers = 100;
    private const double Limit = 2.0;
    private static readonly byte[] TakenByAnother = Encoding.UTF8.GetBytes(CaseRefusals.AlreadyTaken.Sentence);

    public static async Task<int> RunAsync(int rounds)
    {
        await using var postgres = await PostgresForTests.AcquireAsync(CancellationToken.None);
        await using var app = await RunningApp.StartAsync(postgres);
        var crowd = await RaceCrowd.GatherAsync(app, Peers);
        using var baseline = Process.Start(new ProcessStartInfo("dotnet", [typeof(AcceptRace).Assembly.Location, "baseline", $"{crowd.BaselinePort}", app.Settings.Databases.Board, app.Settings.Databases.Accounts]))!;
        try
        {
            using var bare = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Peers }) { BaseAddress = new Uri($"http://127.0.0.1:{crowd.BaselinePort}") };
            await Timing.UntilReadyAsync(bare);
            List<double> ours = [], theirs = [];
            for (var round = 0; round <= rounds; round++)
            {
                var app1 = await RaceAsync(await crowd.PrepareAsync(round), HttpStatusCode.SeeOther);
                var bare1 = await RaceAsync(await crowd.PrepareBareAsync(bare, round), HttpStatusCode.OK);
                if (round == 0)
                    continue; // both warm up once
                ours.AddRange(app1);
                theirs.AddRange(bare1);
            }

            Timing.Print("app", ours);
            Timing.Print("hand-written", theirs);
            var ratio = Timing.At(ours, 0.99) / Timing.At(theirs, 0.99);
            Console.WriteLine($"p99 ratio {ratio:0.00}, p50 ratio {Timing.At(ours, 0.5) / Timing.At(theirs, 0.5):0.00}; {rounds} rounds of {Peers}, one winner each");
            if (ratio <= Limit)
                return 0;
            Console.WriteLine($"The p99 ratio is above {Limit:0.0}.");
            return 1;
        }
        finally
        {
            baseline.Kill();
        }
    }

    /// <summary>Sends everything at once; throws unless exactly one wins and every other answer says that another peer has it.</summary>
    private static async Task<IReadOnlyList<double>> RaceAsync(IReadOnlyList<Func<Task<HttpResponseMessage>>> attempts, HttpStatusCode won)
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = attempts.Select(async attempt =>
        {
            await start.Task;
            var watch = Stopwatch.StartNew();
            using var answer = await attempt();
            var body = await answer.Content.ReadAsByteArrayAsync();
            return (answer.StatusCode, watch.Elapsed.TotalMilliseconds, Body: body);
        }).ToList();
        start.SetResult();
        var answers = await Task.WhenAll(running);
        var winners = answers.Count(answer => answer.StatusCode == won);
        var losers = answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict && answer.Body.AsSpan().IndexOf(TakenByAnother) >= 0);
        return winners == 1 && losers == answers.Length - 1
            ? [.. answers.Select(answer => answer.TotalMilliseconds)]
            : throw new InvalidOperationException($"{winners} winners, {losers} told that another peer has it; answers: {string.Join(", ", answers.GroupBy(a => a.StatusCode).Select(g => $"{(int)g.Key} × {g.Count()}"))}");
    }
}
