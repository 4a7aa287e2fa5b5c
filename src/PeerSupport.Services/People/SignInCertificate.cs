using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PeerSupport.Services.Sealing;

namespace PeerSupport.Services.People;

/// <summary>
/// The certificate under which the cookie keys in the database are encrypted. It is a file beside the epoch keys,
/// outside the database and its backups: whoever has only a copy of the database cannot mint a sign-in cookie.
/// </summary>
internal static class SignInCertificate
{
    /// <summary>Its name in the key directory.</summary>
    public const string FileName = "sign-in.pfx";

    private const int KeyBits = 3072;

    /// <summary>Reads it, making it first where there is none. Safe when several nodes start at once.</summary>
    public static X509Certificate2 LoadOrCreate(string directory)
    {
        var path = Path.Combine(directory, FileName);
        KeyFile.MakeOnce(path, Make);
        return X509CertificateLoader.LoadPkcs12FromFile(path, password: null,
            OperatingSystem.IsMacOS() ? X509KeyStorageFlags.DefaultKeySet : X509KeyStorageFlags.EphemeralKeySet);
    }

    /// <summary>A new certificate with its private key, as the content of its file.</summary>
    public static byte[] Make()
    {
        using var key = RSA.Create(KeyBits);
        var request = new CertificateRequest("CN=PeerSupport sign-in", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        // Nobody checks its dates: it is a key with a wrapping, not a proof of who we are.
        using var certificate = request.CreateSelfSigned(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2120, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return certificate.Export(X509ContentType.Pfx);
    }
}
