using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PeerSupport.Domain;
using PeerSupport.Domain.Cases;

namespace PeerSupport.Services.Notices.Alerts;

/// <summary>
/// The agency's own SMS gateway: a signed call with a number and constant words. How it is signed stands in
/// docs/operations.md.
/// </summary>
internal sealed class GatewayTransport(GatewaySettings settings, TimeProvider clock) : IAlertTransport, IDisposable
{
    public const string TimestampHeader = "X-PeerSupport-Timestamp";
    public const string SignatureHeader = "X-PeerSupport-Signature";
    private static readonly JsonSerializerOptions Json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly AlertClient client = new(clock);

    public Channel Channel => Channel.Gateway;

    public Task<AlertAnswer> SendAsync(string target, Alert alert, CancellationToken stopping) => SendAsync(target, alert.Id, Words(alert), stopping);

    /// <summary>The code by which somebody shows that a number is theirs.</summary>
    public Task<AlertAnswer> SendCodeAsync(string number, string code, string language, CancellationToken stopping) =>
        SendAsync(number, $"{Guid.NewGuid():N}", Say.In(language, $"PeerSupport: your code is {code}.", $"PeerSupport: su código es {code}."), stopping);

    /// <summary>HMAC-SHA256 over "timestamp.body" under the shared secret, in hex.</summary>
    public static string Sign(string secret, string timestamp, string body) =>
        "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{timestamp}.{body}")));

    public void Dispose() => client.Dispose();

    private static string Words(Alert alert) => alert.Kind switch
    {
        AlertKind.Notice => Say.In(alert.Language, "A colleague could use a peer. Sign in to PeerSupport to see it.", "A un colega le vendría bien el apoyo de un compañero. Inicie sesión en PeerSupport para verlo."),
        AlertKind.Test => Say.In(alert.Language, "PeerSupport: this is a test. Nobody is waiting.", "PeerSupport: esto es una prueba. Nadie está esperando."),
        AlertKind.Practice => Say.In(alert.Language, "PRACTICE. Nobody is waiting. Sign in to PeerSupport and accept it.", "PRÁCTICA. Nadie está esperando. Inicie sesión en PeerSupport y acéptelo."),
        _ => throw new InvalidOperationException("An alert of a kind nobody knows."),
    };

    private async Task<AlertAnswer> SendAsync(string to, string id, string text, CancellationToken stopping)
    {
        if (settings.Url is not { } url)
            return AlertAnswer.Refused; // there is no gateway any more: nothing reaches this number
        var body = JsonSerializer.Serialize(new { id, to, text }, Json);
        var timestamp = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(body, new MediaTypeHeaderValue("application/json", "utf-8")) };
        request.Headers.Add(TimestampHeader, timestamp);
        request.Headers.Add(SignatureHeader, Sign(settings.Secret, timestamp, body));
        return await client.StatusAsync(request, stopping) switch
        {
            >= 200 and < 300 => AlertAnswer.Taken,
            null or 401 or 403 or 404 or 405 or 408 or 425 or 429 or < 400 or >= 500 => AlertAnswer.Later, // us, or the gateway: not this number
            _ => AlertAnswer.Refused,
        };
    }
}
