using Microsoft.AspNetCore.Identity;

namespace PeerSupport.Services.People;

/// <summary>Settings of ASP.NET Core Identity.</summary>
internal static class IdentitySetup
{
    /// <summary>Version 3 of the schema has passkeys. The migrations and the app must agree on it.</summary>
    public static void Schema(IdentityOptions options) => options.Stores.SchemaVersion = IdentitySchemaVersions.Version3;

    /// <summary>Length is what counts; rules about signs and digits make people write passwords down (ASVS 5.0, 6.2).</summary>
    public static void Passwords(PasswordOptions options)
    {
        options.RequiredLength = 12;
        options.RequiredUniqueChars = 1;
        options.RequireDigit = options.RequireLowercase = options.RequireUppercase = options.RequireNonAlphanumeric = false;
    }

    /// <summary>PBKDF2 with HMAC-SHA512; twice the framework's default.</summary>
    public static void Hashing(PasswordHasherOptions options) => options.IterationCount = 210_000;

    /// <summary>The person is always verified by the device, and only on this site's own pages.</summary>
    public static void Passkeys(IdentityPasskeyOptions options, string? publicOrigin)
    {
        options.UserVerificationRequirement = "required";
        options.ResidentKeyRequirement = "required";
        options.AttestationConveyancePreference = "none";
        options.ServerDomain = Uri.TryCreate(publicOrigin, UriKind.Absolute, out var origin) ? origin.Host : null;
        options.ValidateOrigin = context => ValueTask.FromResult(
            !context.CrossOrigin && origin is not null
            && string.Equals(context.Origin, origin.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase));
    }
}
