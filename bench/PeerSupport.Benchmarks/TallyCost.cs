using PeerSupport.DevKit;

namespace PeerSupport.Benchmarks;

/// <summary>What counting adds to a close: the peer's Close over HTTP, with the real function and with one that does nothing, in turns.</summary>
internal static class TallyCost
{
    private const string Signature = "tally_case(closed_on date, category text, outcome text, waited text, agency text, contacts text)";

    public static async Task<int> RunAsync(int rounds)
    {
        await using var postgres = await PostgresForTests.AcquireAsync(CancellationToken.None);
        await using var app = await RunningApp.StartAsync(postgres);
        var real = (string)(await app.SqlAsync("select pg_get_functiondef('tally_case(date, text, text, text, text, text)'::regprocedure)"))!;
        using var psychologist = await app.SignedInAsync("psychologist1");
        using var peer = await app.SignedInAsync("peer1");
        List<double> counted = [], uncounted = [];
        for (var round = -5; round < rounds; round++)
        {
            foreach (var counts in round % 2 == 0 ? new[] { true, false } : [false, true])
            {
                await app.SqlAsync(counts ? real : $"create or replace function {Signature} returns void language sql security definer set search_path = public, pg_temp as 'select null::void'");
                var taken = await CloseAsync(app, psychologist, peer);
                if (round >= 0)
                    (counts ? counted : uncounted).Add(taken);
            }
        }

        var ratio = Timing.Median(counted) / Timing.Median(uncounted);
        Console.WriteLine($"close with counting {Timing.Median(counted):0.00} ms, without {Timing.Median(uncounted):0.00} ms: ratio {ratio:0.000} over {rounds} rounds");
        return ratio <= 1.05 ? 0 : 1;
    }

    private static async Task<double> CloseAsync(RunningApp app, PageClient psychologist, PageClient peer)
    {
        var form = await psychologist.GetAsync("/cases/new");
        await psychologist.PressAsync(form, "Post to peers", [.. form.FirstChoices("Post to peers"), new("name", "Some Body"), new("reach", "206-555-0100"), new("type", "103")]);
        var id = (Guid)(await app.SqlAsync("select id from support_cases order by posted_at desc limit 1"))!;
        await peer.PressAsync(await peer.GetAsync($"/notices/{id}"), "Accept");
        await app.GivenTalkAsync(id);
        var end = await peer.GetAsync($"/my-case/{id}/close");
        using var request = end.Press("Close", end.FirstChoices("Close"));
        return await Timing.MillisecondsAsync(async () =>
        {
            using var answer = await peer.Http.SendAsync(request);
            if (answer.Headers.Location is null)
                throw new InvalidOperationException($"The close was answered with {(int)answer.StatusCode}.");
        });
    }
}
