using System.Net;

namespace PeerSupport.Services.People;

/// <summary>
/// What a browser brings along when somebody signs in. Nothing of it is stored or logged as it came: the device's tokens
/// are looked up, of the user agent two words are kept, and the address is counted in memory under a keyed hash.
/// </summary>
/// <param name="Device">Value of the device cookie, if it carries one.</param>
/// <param name="UserAgent">As the browser says it.</param>
/// <param name="Address">Where the connection comes from.</param>
public sealed record Caller(string? Device, string? UserAgent, IPAddress? Address)
{
    /// <summary>Nobody in particular.</summary>
    public static Caller Unknown { get; } = new(null, null, null);

    /// <summary>Nothing of it.</summary>
    public override string ToString() => "[caller]";
}

/// <summary>Proof that the person at the keyboard signs in again now: password and code, or the answer of a passkey.</summary>
/// <param name="Password">As typed.</param>
/// <param name="Code">Of the authenticator app, or a recovery code.</param>
/// <param name="Challenge">The ceremony a passkey answered.</param>
/// <param name="Assertion">Its answer.</param>
/// <param name="From">The browser: a known one is not locked by what strangers do.</param>
public sealed record FreshSignIn(string? Password, string? Code, Guid Challenge = default, string? Assertion = null, Caller? From = null)
{
    /// <summary>Never what was typed.</summary>
    public override string ToString() => "[sign-in]";
}
