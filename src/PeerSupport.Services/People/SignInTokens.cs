using PeerSupport.Services.Sealing;

namespace PeerSupport.Services.People;

/// <summary>What stands in the address of an invitation.</summary>
internal sealed class InvitationTokens(InstallationSecret secret) : DerivedTokens(secret, SecretPurpose.Invitation);

/// <summary>What a browser that has signed in before carries: the id of a <see cref="KnownDevice"/>, which only we could have given it.</summary>
internal sealed class DeviceTokens(InstallationSecret secret) : DerivedTokens(secret, SecretPurpose.KnownDevice);
