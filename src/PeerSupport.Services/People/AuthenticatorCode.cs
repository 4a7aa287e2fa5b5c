using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace PeerSupport.Services.People;

/// <summary>The six digits of an authenticator app (RFC 6238: SHA-1, 30 seconds), by the product's own clock.</summary>
internal static class AuthenticatorCode
{
    public const int SecretBytes = 20;
    private const int StepSeconds = 30;

    /// <summary>A step before and after now: phones are rarely right to the second.</summary>
    private const int Leeway = 1;

    /// <summary>The time step the code belongs to, or null when it is wrong.</summary>
    public static long? Match(byte[] secret, string? code, DateTimeOffset now)
    {
        var digits = (code ?? "").Replace(" ", "", StringComparison.Ordinal);
        if (digits.Length != 6 || !digits.All(char.IsAsciiDigit))
            return null;
        var current = now.ToUnixTimeSeconds() / StepSeconds;
        long? match = null;
        for (var step = current - Leeway; step <= current + Leeway; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(System.Text.Encoding.ASCII.GetBytes(At(secret, step)), System.Text.Encoding.ASCII.GetBytes(digits)))
                match = step;
        }

        return match;
    }

    /// <summary>The code an app shows now.</summary>
    public static string At(byte[] secret, DateTimeOffset now) => At(secret, now.ToUnixTimeSeconds() / StepSeconds);

    private static string At(byte[] secret, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // What authenticator apps speak. As a keyed code of 30 seconds, SHA-1 is not broken.
        HMACSHA1.HashData(secret, counter, hash);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0xf)..]) & 0x7fffffff;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The secret as people type it into an app.</summary>
    public static string ToBase32(byte[] secret)
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var text = new System.Text.StringBuilder();
        int bits = 0, held = 0;
        foreach (var octet in secret)
        {
            held = (held << 8) | octet;
            for (bits += 8; bits >= 5; bits -= 5)
                text.Append(alphabet[(held >> (bits - 5)) & 31]);
            held &= (1 << bits) - 1;
        }

        return bits > 0 ? text.Append(alphabet[(held << (5 - bits)) & 31]).ToString() : text.ToString();
    }
}
