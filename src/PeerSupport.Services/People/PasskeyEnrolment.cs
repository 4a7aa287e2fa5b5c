using Microsoft.AspNetCore.Identity;

namespace PeerSupport.Services.People;

/// <summary>Checks what a browser says about a passkey it has just made.</summary>
internal static class PasskeyEnrolment
{
    /// <summary>The passkey, if it was made for this person's ceremony and verified them; else null.</summary>
    public static async Task<UserPasskeyInfo?> AttestedAsync(AccountWork work, Guid personId, string state, string attestationJson)
    {
        var made = await work.Passkeys.PerformAttestationAsync(new PasskeyAttestationContext
        {
            HttpContext = PasskeyCheck.NoRequest,
            CredentialJson = attestationJson,
            AttestationState = state,
        });
        return made.Succeeded && made.UserEntity.Id == personId.ToString() ? made.Passkey : null;
    }
}
