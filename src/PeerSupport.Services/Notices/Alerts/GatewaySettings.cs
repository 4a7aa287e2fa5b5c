using Microsoft.Extensions.Configuration;

namespace PeerSupport.Services.Notices.Alerts;

/// <summary>Settings "Gateway:Url" and "Gateway:Secret": the agency's own SMS gateway. Without them the channel is not offered.</summary>
internal sealed record GatewaySettings(Uri? Url, string Secret)
{
    private const int ShortestSecret = 32;

    /// <summary>Whether there is a gateway.</summary>
    public bool On => Url is not null;

    /// <summary>Reads and checks them. The address is fixed by the operator; nothing is ever added to it.</summary>
    public static GatewaySettings Read(IConfiguration configuration, bool development)
    {
        var (url, secret) = (configuration["Gateway:Url"], configuration["Gateway:Secret"] ?? "");
        if (string.IsNullOrWhiteSpace(url))
            return new GatewaySettings(null, "");
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.UserInfo.Length > 0
            || !(address.Scheme == Uri.UriSchemeHttps || (development && address.Scheme == Uri.UriSchemeHttp)))
            throw new InvalidOperationException("Gateway:Url must be an https address.");
        return secret.Length >= ShortestSecret
            ? new GatewaySettings(address, secret)
            : throw new InvalidOperationException("Gateway:Secret must be at least 32 characters long.");
    }

    /// <summary>Never the secret.</summary>
    public override string ToString() => "[gateway]";
}
