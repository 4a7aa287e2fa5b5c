using PeerSupport.Services.People;
using PeerSupport.Services.Sealing;

namespace PeerSupport.DevKit;

/// <summary>
/// Key directories for tests and measurements. The sign-in certificate in them is one for the whole process: making a key of
/// its size takes longer than most tests. Every other secret is each directory's own.
/// </summary>
public static class TestKeys
{
    private static readonly Lazy<byte[]> Certificate = new(SignInCertificate.Make);

    /// <summary>A new directory that whoever asked deletes.</summary>
    public static string NewDirectory() => In(Directory.CreateTempSubdirectory("peersupport-keys-").FullName);

    /// <summary>This directory, made if it is not there, with the certificate in it.</summary>
    public static string In(string directory)
    {
        KeyFile.MakeOnce(Path.Combine(directory, SignInCertificate.FileName), () => Certificate.Value);
        return directory;
    }
}
