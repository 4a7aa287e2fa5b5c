namespace PeerSupport.OidcProvider;

/// <summary>Somebody the provider knows, and how it misbehaves for them.</summary>
/// <param name="Subject">Whose account; never reused.</param>
/// <param name="Email">Their address.</param>
/// <param name="Verified">Whether the id token vouches for it; null where it says nothing.</param>
/// <param name="Mfa">Whether it says that it asked for a second factor.</param>
/// <param name="Forged">Their id token is signed by a key that is not the provider's.</param>
/// <param name="WrongNonce">Their id token was made for another browser.</param>
/// <param name="InfoEmail">Another address, which the userinfo endpoint names and vouches for.</param>
internal sealed record ProviderUser(string Subject, string Email, bool? Verified = true, bool Mfa = true, bool Forged = false, bool WrongNonce = false, string? InfoEmail = null)
{
    /// <summary>The variable that lists them, as JSON.</summary>
    public const string Variable = "PROVIDER_USERS";
}
