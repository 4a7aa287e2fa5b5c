using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PeerSupport.Services.Sealing;

namespace PeerSupport.Services.Notices.Alerts;

/// <summary>
/// The key by which push services know us again (VAPID, RFC 8292): a P-256 pair in the key directory, made at its first use.
/// Browsers bind their registration to its public half, so it never changes, and every node uses the same file.
/// </summary>
internal sealed class VapidKeys
{
    /// <summary>Its name in the key directory.</summary>
    public const string FileName = "push.key";

    /// <summary>How long the name of a pair is.</summary>
    public const int IdLength = 16;

    private static readonly TimeSpan Valid = TimeSpan.FromHours(12); // at most 24 by the standard
    private static readonly string Header = Base64Url.EncodeToString("""{"typ":"JWT","alg":"ES256"}"""u8);
    private readonly Lazy<ECDsa> key;
    private readonly Lazy<string> publicKey;
    private readonly string contact;

    /// <summary>Reads the pair when it is first needed, making it where there is none.</summary>
    /// <param name="keyDirectory">Where it lies.</param>
    /// <param name="contact">Whom a push service may write to, such as "mailto:noreply@example.org".</param>
    public VapidKeys(string keyDirectory, string contact)
    {
        this.contact = contact;
        key = new Lazy<ECDsa>(() => LoadOrCreate(Path.Combine(keyDirectory, FileName)));
        publicKey = new Lazy<string>(() =>
        {
            var point = key.Value.ExportParameters(includePrivateParameters: false).Q;
            return Base64Url.EncodeToString([0x04, .. point.X!, .. point.Y!]);
        });
    }

    /// <summary>What browsers are given: the uncompressed point in base64url.</summary>
    public string PublicKey => publicKey.Value;

    /// <summary>Which pair this is, kept beside each browser that registers by it. Tells nothing of the pair.</summary>
    public string Id => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(PublicKey)))[..IdLength];

    /// <summary>The header that proves to one push service who is asking, and nothing of the peer.</summary>
    public string Authorization(Uri endpoint, DateTimeOffset now)
    {
        var claims = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["aud"] = endpoint.GetLeftPart(UriPartial.Authority),
            ["exp"] = (now + Valid).ToUnixTimeSeconds(),
            ["sub"] = contact,
        });
        var signed = $"{Header}.{Base64Url.EncodeToString(claims)}";
        byte[] signature;
        lock (key)
            signature = key.Value.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return $"vapid t={signed}.{Base64Url.EncodeToString(signature)}, k={PublicKey}";
    }

    private static ECDsa LoadOrCreate(string path)
    {
        KeyFile.MakeOnce(path, () =>
        {
            using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            return made.ExportPkcs8PrivateKey();
        });
        var read = ECDsa.Create();
        read.ImportPkcs8PrivateKey(File.ReadAllBytes(path), out _);
        return read;
    }
}
