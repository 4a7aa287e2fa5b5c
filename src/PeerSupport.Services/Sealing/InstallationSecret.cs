using System.Security.Cryptography;
using System.Text;

namespace PeerSupport.Services.Sealing;

/// <summary>What a key derived from the installation's secret is for. Each use has a key of its own.</summary>
internal enum SecretPurpose
{
    /// <summary>Marks of the records of formal tracks.</summary>
    Chain,

    /// <summary>Ids and tokens of hand-off links.</summary>
    Link,

    /// <summary>Codes told to clinicians by phone.</summary>
    LinkCode,

    /// <summary>Codes on officers' copies, and their look-up.</summary>
    OfficerCode,

    /// <summary>Tokens of invitations.</summary>
    Invitation,

    /// <summary>Cookies of browsers that have signed in before.</summary>
    KnownDevice,

    /// <summary>Hashes of recovery codes.</summary>
    RecoveryCode,
}

/// <summary>
/// One secret of the installation, in the key directory beside the epoch keys and never in the database: whoever has only
/// the database can neither forge a record nor make a link or a code. It never changes; it is backed up apart from the
/// database, and every node uses the same.
/// </summary>
internal sealed class InstallationSecret
{
    /// <summary>Its name in the key directory.</summary>
    public const string FileName = "installation.key";
    private const int Bytes = 32;
    private readonly Lazy<byte[]> secret;

    public InstallationSecret(string keyDirectory) =>
        secret = new Lazy<byte[]>(() => ReadOrMake(Path.Combine(keyDirectory, FileName)));

    /// <summary>The 256-bit key of one purpose.</summary>
    /// <exception cref="SealBrokenException">The file is not what was written.</exception>
    public byte[] Key(SecretPurpose purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret.Value, Bytes, info: Encoding.UTF8.GetBytes($"peersupport {purpose} 1"));

    /// <summary>A keyed hash: the same for the same words, and nobody can compute it from the database.</summary>
    public byte[] Hash(SecretPurpose purpose, string words) => HMACSHA256.HashData(Key(purpose), Encoding.UTF8.GetBytes(words));

    private static byte[] ReadOrMake(string file)
    {
        KeyFile.MakeOnce(file, () => RandomNumberGenerator.GetBytes(Bytes));
        var read = File.ReadAllBytes(file);
        return read.Length == Bytes ? read : throw new SealBrokenException();
    }
}
