using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
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
    private const int ProofBytes = 16;

    /// <summary>Id of the link that stands at this entry of the track's record. Told apart from a guess by the token.</summary>
    public Guid IdOf(Guid trackId, int entryNumber) =>
        new(secret.Hash(SecretPurpose.Link, string.Create(CultureInfo.InvariantCulture, $"id|{trackId:N}|{entryNumber}")).AsSpan(0, IdBytes));

    /// <summary>What stands in the link's address. Worth nothing without the code.</summary>
    public string TokenOf(Guid linkId)
    {
        Span<byte> token = stackalloc byte[IdBytes + ProofBytes];
        linkId.TryWriteBytes(token);
        Proof(linkId).CopyTo(token[IdBytes..]);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>The link of a token; null for what we never made.</summary>
    public Guid? LinkOf(string? token)
    {
        Span<byte> bytes = stackalloc byte[IdBytes + ProofBytes];
        if (token is not { Length: < 100 } || !Base64Url.IsValid(token) || !Base64Url.TryDecodeFromChars(token, bytes, out var written) || written != bytes.Length)
            return null;
        var id = new Guid(bytes[..IdBytes]);
        return CryptographicOperations.FixedTimeEquals(bytes[IdBytes..], Proof(id)) ? id : null;
    }

    /// <summary>The code that is told by phone: eight digits.</summary>
    public string CodeOf(Guid linkId)
    {
        var number = BinaryPrimitives.ReadUInt64BigEndian(secret.Hash(SecretPurpose.LinkCode, $"{linkId:N}"));
        return (number % 100_000_000).ToString($"D{LinkRules.CodeDigits}", CultureInfo.InvariantCulture);
    }

    private ReadOnlySpan<byte> Proof(Guid linkId) => secret.Hash(SecretPurpose.Link, $"token|{linkId:N}").AsSpan(0, ProofBytes);
}
