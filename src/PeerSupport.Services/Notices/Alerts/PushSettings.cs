using Microsoft.Extensions.Configuration;

namespace PeerSupport.Services.Notices.Alerts;

/// <summary>
/// Settings "Push:…", and which addresses browsers may register. An address is called by our server, so only the push
/// services of the browsers are allowed: nobody can make it call something else.
/// </summary>
internal sealed class PushSettings
{
    private static readonly string[] Known = ["fcm.googleapis.com", "updates.push.services.mozilla.com", "*.push.apple.com", "*.notify.windows.com"];
    private const int LongestAddress = 1000;

    /// <summary>Hosts of further push services; "*." in front allows every name below.</summary>
    public string[] MoreHosts { get; init; } = [];

    /// <summary>On a developer's machine, and in tests: also this machine itself.</summary>
    public bool Loopback { get; init; }

    /// <summary>Reads "Push:MoreHosts".</summary>
    public static PushSettings Read(IConfiguration configuration, bool development)
    {
        var hosts = configuration.GetSection("Push:MoreHosts").Get<string[]>() ?? [];
        var wrong = Array.FindIndex(hosts, host => !IsHost(host));
        return wrong < 0
            ? new PushSettings { MoreHosts = hosts, Loopback = development }
            : throw new InvalidOperationException($"Push:MoreHosts:{wrong} must be the name of a host, such as push.example.org or *.push.example.org.");
    }

    /// <summary>The address a browser registers, if our server may call it; else null.</summary>
    public Uri? Address(string? registered)
    {
        if (registered is null or { Length: 0 or > LongestAddress } || !Uri.TryCreate(registered, UriKind.Absolute, out var address)
            || address.UserInfo.Length > 0 || address.Fragment.Length > 0)
            return null;
        if (Loopback && address.IsLoopback && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps))
            return address;
        return address.Scheme == Uri.UriSchemeHttps && address.IsDefaultPort && Known.Concat(MoreHosts).Any(host => Matches(address.IdnHost, host)) ? address : null;
    }

    private static bool Matches(string host, string allowed) => allowed.StartsWith("*.", StringComparison.Ordinal)
        ? host.EndsWith(allowed[1..], StringComparison.OrdinalIgnoreCase)
        : host.Equals(allowed, StringComparison.OrdinalIgnoreCase);

    private static bool IsHost(string text) =>
        Uri.CheckHostName(text.StartsWith("*.", StringComparison.Ordinal) ? text[2..] : text) == UriHostNameType.Dns && text.Contains('.', StringComparison.Ordinal);
}
