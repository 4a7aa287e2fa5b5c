namespace PeerSupport.Web.Account;

/// <summary>The department's own single sign-on, from PeerSupport:Oidc. Off until an authority is named.</summary>
/// <param name="Authority">The provider's address: its discovery document lies below it.</param>
/// <param name="ClientId">Who we are to it.</param>
/// <param name="ClientSecret">How it knows us; null for a public client, which has PKCE only.</param>
/// <param name="Name">What people call it, for the button.</param>
/// <param name="TrustEmail">It vouches for every address without saying so, as an Entra ID tenant of one's own does.</param>
/// <param name="AlwaysSecondFactor">It always asks a second factor without saying so.</param>
public sealed record ProviderSettings(Uri? Authority, string ClientId, string? ClientSecret, string Name, bool TrustEmail, bool AlwaysSecondFactor)
{
    private const string Section = "PeerSupport:Oidc";

    /// <summary>Whether there is one.</summary>
    public bool On => Authority is not null;

    public static ProviderSettings Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        return new ProviderSettings(
            Uri.TryCreate(section["Authority"], UriKind.Absolute, out var authority) ? authority : null, section["ClientId"] ?? "", section["ClientSecret"],
            section["Name"] is { Length: > 0 } name ? name : authority?.Host ?? "", section.GetValue<bool>("TrustEmail"), section.GetValue<bool>("AlwaysSecondFactor"));
    }

    /// <summary>Why it would not work, in one sentence; null when nothing is wrong.</summary>
    public static string? Problem(IConfiguration configuration, bool development)
    {
        if (string.IsNullOrWhiteSpace(configuration[$"{Section}:Authority"]))
            return null;
        var settings = Read(configuration);
        if (settings.Authority is not { } authority || (authority.Scheme != Uri.UriSchemeHttps && !(development && authority.Scheme == Uri.UriSchemeHttp)))
            return $"{Section}:Authority must be an address that begins with https.";
        return settings.ClientId.Length == 0 ? $"{Section}:ClientId is not set." : null;
    }

    /// <summary>Never the secret.</summary>
    public override string ToString() => "[provider]";
}
