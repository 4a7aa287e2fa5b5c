using Microsoft.AspNetCore.Identity;

namespace PeerSupport.Services.People;

/// <summary>What a person signs in with. Has the same id as its <see cref="Domain.People.Person"/>.</summary>
public sealed class Account : IdentityUser<Guid>
{
    /// <summary>Wrong codes in a row beside the right password, in browsers that were never signed in here.</summary>
    public int CodeMisses { get; set; }

    /// <summary>Until when such browsers' codes are not looked at.</summary>
    public DateTimeOffset? CodesLockedUntil { get; set; }
}

/// <summary>One sign-in on one device. Ended on the server, so that a copied cookie dies with it.</summary>
public sealed class Session
{
    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required DateTimeOffset LastSeenAt { get; set; }

    /// <summary>Coarse, for the owner's own list: "Firefox on Android". Never an address.</summary>
    public string? Device { get; init; }

    /// <summary>Made with a second factor: a passkey, a code, or a provider that says so.</summary>
    public bool Strong { get; set; }
}

/// <summary>A one-time way in for somebody who lost phone and passkey. Only its hash is kept.</summary>
public sealed class RecoveryCode
{
    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }
    public required byte[] CodeHash { get; init; }
    public DateTimeOffset? UsedAt { get; set; }
}

/// <summary>
/// A browser that has signed in to this account before. Its failures are counted apart, so that strangers who guess
/// lock out strangers only, and never a colleague at their own device.
/// </summary>
public sealed class KnownDevice
{
    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }
    public required DateTimeOffset LastUsedAt { get; set; }
    public int Failures { get; set; }
    public DateTimeOffset? LockedUntil { get; set; }

    /// <summary>Wrong codes in a row beside the right password.</summary>
    public int CodeMisses { get; set; }

    /// <summary>Until when its codes are not looked at.</summary>
    public DateTimeOffset? CodesLockedUntil { get; set; }
}

/// <summary>The server's half of a passkey ceremony: used once, then gone.</summary>
public sealed class PasskeyChallenge
{
    public required Guid Id { get; init; }

    /// <summary>Who it was made for; null for a sign-in, where nobody is known yet.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>What it may be spent on: sign-in, reveal, a new passkey, a change of a factor or an enrolment.</summary>
    public required string Purpose { get; init; }

    /// <summary>State that ASP.NET Core Identity checks the answer against.</summary>
    public required string State { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
}
