using System.Buffers.Text;
using System.Security.Cryptography;

namespace PeerSupport.Services.Sealing;

/// <summary>
/// Tokens derived from an id and the installation's secret: nobody stores them, the mail that carries one can be made
/// again, and the database alone makes none. A guess is told from a token without asking the database.
/// </summary>
internal class DerivedTokens(InstallationSecret secret, SecretPurpose purpose)
{
    private const int IdBytes = 16;
    private const int ProofBytes = 16;

    /// <summary>What stands in an address or a cookie.</summary>
    public string TokenOf(Guid id)
    {
        Span<byte> token = stackalloc byte[IdBytes + ProofBytes];
        id.TryWriteBytes(token);
        Proof(id).CopyTo(token[IdBytes..]);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>The id of a token; null for what we never made.</summary>
    public Guid? IdOf(string? token)
    {
        Span<byte> bytes = stackalloc byte[IdBytes + ProofBytes];
        if (token is not { Length: < 100 } || !Base64Url.IsValid(token) || !Base64Url.TryDecodeFromChars(token, bytes, out var written) || written != bytes.Length)
            return null;
        var id = new Guid(bytes[..IdBytes]);
        return CryptographicOperations.FixedTimeEquals(bytes[IdBytes..], Proof(id)) ? id : null;
    }

    private ReadOnlySpan<byte> Proof(Guid id) => secret.Hash(purpose, $"token|{id:N}").AsSpan(0, ProofBytes);
}
