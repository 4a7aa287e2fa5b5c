using System.Collections.Concurrent;

namespace PeerSupport.Services.Notices.Alerts;

/// <summary>
/// The client of a transport. Follows no redirect, keeps no cookie, gives up soon, and tells nobody which of our requests
/// a call belongs to. A host that did not answer is left alone for a moment: others wait behind it.
/// </summary>
internal sealed class AlertClient(TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<string, DateTimeOffset> silent = new(StringComparer.OrdinalIgnoreCase);

    private readonly HttpClient client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = Longest,
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        ActivityHeadersPropagator = System.Diagnostics.DistributedContextPropagator.CreateNoOutputPropagator(),
    })
    { Timeout = Longest };

    /// <summary>Sends a request and reads nothing but the status of the answer; null where there was none.</summary>
    public async Task<int?> StatusAsync(HttpRequestMessage request, CancellationToken stopping)
    {
        var host = request.RequestUri!.Authority;
        if (silent.TryGetValue(host, out var until) && clock.GetUtcNow() < until)
            return null;
        try
        {
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stopping);
            silent.TryRemove(host, out _);
            return (int)answer.StatusCode;
        }
        catch (Exception unreachable) when (unreachable is HttpRequestException or OperationCanceledException or IOException)
        {
            if (!stopping.IsCancellationRequested)
                silent[host] = clock.GetUtcNow() + Rest;
            return null;
        }
    }

    public void Dispose() => client.Dispose();
}
