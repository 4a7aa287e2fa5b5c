using System.Diagnostics;

namespace PeerSupport.Benchmarks;

/// <summary>Medians of interleaved runs: what a noisy machine does to one, it does to the other.</summary>
internal static class Timing
{
    public static async Task<double> MillisecondsAsync(Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        return watch.Elapsed.TotalMilliseconds;
    }

    public static double Median(IEnumerable<double> values)
    {
        var ordered = values.Order().ToList();
        return ordered[ordered.Count / 2];
    }

    /// <summary>Returns when the program answers.</summary>
    public static async Task UntilReadyAsync(HttpClient http)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                (await http.GetAsync(new Uri("/healthz/ready", UriKind.Relative))).EnsureSuccessStatusCode();
                return;
            }
            catch (HttpRequestException) when (attempt < 200)
            {
                await Task.Delay(50);
            }
        }
    }

    /// <summary>A quantile, such as 0.95.</summary>
    public static double At(List<double> values, double quantile) => values.Order().ElementAt((int)Math.Ceiling(values.Count * quantile) - 1);

    public static void Print(string name, List<double> values) =>
        Console.WriteLine($"{name,-13} p50 {At(values, 0.5),7:0.0} ms   p95 {At(values, 0.95),7:0.0} ms   p99 {At(values, 0.99),7:0.0} ms");
}
