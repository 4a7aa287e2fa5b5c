using System.Text;
using PeerSupport.Services.Sealing;

namespace PeerSupport.Services.Escalation;

/// <summary>
/// The code on an officer's copy: eighty bits derived from the track and the installation's secret, in letters and digits
/// that cannot be mistaken when read aloud. Only its keyed hash is stored.
/// </summary>
internal sealed class OfficerCodes(InstallationSecret secret)
{
    private const string Letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 16;
    private const int Group = 4;

    /// <summary>The code of a track, such as "7K3M-PQ2X-0A9C-HH4T".</summary>
    public string Of(Guid trackId)
    {
        var bytes = secret.Hash(SecretPurpose.OfficerCode, $"code|{trackId:N}");
        var code = new StringBuilder(Length + Length / Group);
        for (var index = 0; index < Length; index++)
        {
            if (index > 0 && index % Group == 0)
                code.Append('-');
            code.Append(Letters[bytes[index] % Letters.Length]); // 256 is a multiple of 32: no letter is likelier
        }

        return code.ToString();
    }

    /// <summary>By what a track is found from its code; null when it cannot be one. Case, spaces, dashes and look-alike letters do not matter.</summary>
    public byte[]? LookUp(string? typed)
    {
        var code = new string([.. (typed ?? "").Take(100).Where(c => !char.IsWhiteSpace(c) && c is not ('-' or '–' or '—')).Select(Plain)]);
        return code.Length == Length && code.All(Letters.Contains) ? secret.Hash(SecretPurpose.OfficerCode, $"look-up|{code}") : null;
    }

    private static char Plain(char typed) => char.ToUpperInvariant(typed) switch
    {
        'O' => '0',
        'I' or 'L' => '1',
        'U' => 'V',
        var other => other,
    };
}
