using System.Buffers.Binary;
using System.Globalization;
using PeerSupport.Domain.Escalation;
using PeerSupport.Services.Sealing;

namespace PeerSupport.Services.Escalation;

/// <summary>
/// Token and code of a hand-off link. Both are derived from its id and the installation's secret, so neither is stored
/// and the mail can be sent again; the database alone makes neither.
/// </summary>
internal sealed class LinkSecrets(InstallationSecret secret)
{
    private const int IdBytes = 16;
    private readonly DerivedTokens tokens = new(secret, SecretPurpose.Link);

    /// <summary>Id of the link that stands at this entry of the track's record. Told apart from a guess by the token.</summary>
    public Guid IdOf(Guid trackId, int entryNumber) =>
        new(secret.Hash(SecretPurpose.Link, string.Create(CultureInfo.InvariantCulture, $"id|{trackId:N}|{entryNumber}")).AsSpan(0, IdBytes));

    /// <summary>What stands in the link's address. Worth nothing without the code.</summary>
    public string TokenOf(Guid linkId) => tokens.TokenOf(linkId);

    /// <summary>The link of a token; null for what we never made.</summary>
    public Guid? LinkOf(string? token) => tokens.IdOf(token);

    /// <summary>The code that is told by phone: eight digits.</summary>
    public string CodeOf(Guid linkId)
    {
        var number = BinaryPrimitives.ReadUInt64BigEndian(secret.Hash(SecretPurpose.LinkCode, $"{linkId:N}"));
        return (number % 100_000_000).ToString($"D{LinkRules.CodeDigits}", CultureInfo.InvariantCulture);
    }
}
