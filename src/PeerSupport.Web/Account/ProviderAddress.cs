using System.Security.Claims;
using System.Text.Json;

namespace PeerSupport.Web.Account;

/// <summary>
/// What a provider says of somebody's address, in one of its two documents: the signed token, or the answer of its userinfo
/// endpoint. "Verified" in one of them says nothing of the address in the other.
/// </summary>
/// <param name="Email">The address, if the document names one.</param>
/// <param name="Verified">Whether this very document vouches for it.</param>
internal sealed record ProviderAddress(string? Email, bool Verified)
{
    public const string EmailClaim = "email";
    public const string VerifiedClaim = "email_verified";

    /// <summary>No document, or nothing in it.</summary>
    public static ProviderAddress None { get; } = new(null, false);

    /// <summary>Of the signed token.</summary>
    public static ProviderAddress Of(ClaimsPrincipal token) =>
        From(token.FindFirstValue(EmailClaim), string.Equals(token.FindFirstValue(VerifiedClaim), "true", StringComparison.OrdinalIgnoreCase));

    /// <summary>Of the userinfo endpoint's answer; some write the word "true" where others write the value.</summary>
    public static ProviderAddress Of(JsonElement user) => user.ValueKind != JsonValueKind.Object ? None : From(
        user.TryGetProperty(EmailClaim, out var email) && email.ValueKind == JsonValueKind.String ? email.GetString() : null,
        user.TryGetProperty(VerifiedClaim, out var verified) && (verified.ValueKind == JsonValueKind.True
            || (verified.ValueKind == JsonValueKind.String && string.Equals(verified.GetString(), "true", StringComparison.OrdinalIgnoreCase))));

    /// <summary>The one that counts, whole: the first that vouches for its address; else the first that names one.</summary>
    public static ProviderAddress Choose(ProviderAddress token, ProviderAddress userInfo) =>
        token.Verified ? token : userInfo.Verified ? userInfo : token.Email is not null ? token : userInfo;

    /// <summary>Never the address.</summary>
    public override string ToString() => "[address]";

    private static ProviderAddress From(string? email, bool verified) => string.IsNullOrWhiteSpace(email) ? None : new(email, verified);
}
