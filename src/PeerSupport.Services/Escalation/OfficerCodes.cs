using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PeerSupport.Services.Sealing;

namespace PeerSupport.Services.Escalation;

/// <summary>
/// Codes by which an officer comes back: twelve letters and digits that cannot be mistaken when read aloud, and four that
/// only this installation can compute from them. A guess is told from a code without asking the database. Only the keyed
/// hash of a code is stored.
/// </summary>
/// <remarks>
/// The code on a printed copy is derived from the track, so that the copy can be printed again; whoever prints it sees it.
/// The officer's own code, which replaces it at its first use, is random: nobody can make it a second time.
/// </remarks>
internal sealed class OfficerCodes(InstallationSecret secret)
{
    private const string Letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Body = 12;
    private const int Length = 16;
    private const int Group = 4;

    /// <summary>The code on the first copy of a track, such as "7K3M-PQ2X-0A9C-HH4T".</summary>
    public string Of(Guid trackId) => Of(trackId, 0);

    /// <summary>The code on a copy of a track; the next print has another one.</summary>
    public string Of(Guid trackId, int print) =>
        Whole(Spell(secret.Hash(SecretPurpose.OfficerCode, string.Create(CultureInfo.InvariantCulture, $"code|{trackId:N}|{print}")), Body));

    /// <summary>A code of an officer's own. Nothing leads to it but its hash, once it is kept.</summary>
    public string Fresh() => Whole(Spell(RandomNumberGenerator.GetBytes(Body), Body));

    /// <summary>By what a track is found from its code; null for what this installation never made. Case, spaces, dashes and look-alike letters do not matter.</summary>
    public byte[]? LookUp(string? typed)
    {
        var code = new string([.. (typed ?? "").Take(100).Where(c => !char.IsWhiteSpace(c) && c is not ('-' or '–' or '—')).Select(Plain)]);
        return code.Length == Length && code.All(Letters.Contains) && IsOurs(code) ? secret.Hash(SecretPurpose.OfficerCode, $"look-up|{code}") : null;
    }

    private bool IsOurs(string code) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(code[Body..]), Encoding.ASCII.GetBytes(Check(code[..Body])));

    private string Check(string body) => Spell(secret.Hash(SecretPurpose.OfficerCode, $"check|{body}"), Length - Body);

    private string Whole(string body) => string.Join('-', (body + Check(body)).Chunk(Group).Select(group => new string(group)));

    /// <summary>256 is a multiple of 32: no letter is likelier.</summary>
    private static string Spell(ReadOnlySpan<byte> bytes, int length)
    {
        var spelled = new StringBuilder(length);
        foreach (var one in bytes[..length])
            spelled.Append(Letters[one % Letters.Length]);
        return spelled.ToString();
    }

    private static char Plain(char typed) => char.ToUpperInvariant(typed) switch
    {
        'O' => '0',
        'I' or 'L' => '1',
        'U' => 'V',
        var other => other,
    };
}
