using PeerSupport.Domain.Cases;

namespace PeerSupport.Services.Notices.Alerts;

/// <summary>
/// Browser push (RFC 8030) without any content: a push service is told that somebody is to be woken, and nothing else. The
/// device shows constant words of its own (sw.js).
/// </summary>
internal sealed class PushTransport(PushSettings settings, VapidKeys keys, TimeProvider clock) : IAlertTransport, IDisposable
{
    /// <summary>
    /// How long a push service keeps it for a device that is off: one usual step of a ladder. Nobody can call
    /// a push back, so one that is kept would ring long after somebody else accepted.
    /// </summary>
    private const string SecondsToLive = "300";

    private readonly AlertClient client = new(clock);

    public Channel Channel => Channel.Push;

    public async Task<AlertAnswer> SendAsync(string target, Alert alert, CancellationToken stopping)
    {
        if (settings.Address(target) is not { } endpoint)
            return AlertAnswer.Refused; // allowed when it was registered, and not any more
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ByteArrayContent([]) };
        request.Headers.TryAddWithoutValidation("Authorization", keys.Authorization(endpoint, clock.GetUtcNow()));
        request.Headers.Add("TTL", SecondsToLive);
        request.Headers.Add("Urgency", "high");
        request.Headers.Add("Topic", alert.Kind == AlertKind.Notice ? "alert" : "practice"); // several of one that wait for a device become one
        return await client.StatusAsync(request, stopping) switch
        {
            >= 200 and < 300 => AlertAnswer.Taken,
            404 or 410 => AlertAnswer.Gone,
            401 or 403 => AlertAnswer.Denied, // push.key was lost or changed
            null or 408 or 425 or 429 or >= 500 => AlertAnswer.Later,
            _ => AlertAnswer.Refused, // a redirect too: it is not followed
        };
    }

    public void Dispose() => client.Dispose();
}
