using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using PeerSupport.Domain.Sealing;

namespace PeerSupport.Services.Sealing;

/// <summary>A case's own key, wrapped by the key of one epoch.</summary>
internal readonly record struct WrappedKey(int Epoch, byte[] Bytes);

/// <summary>
/// Seals words under a key of their own (AES-256-GCM, fresh nonce). What is sealed is bound to its case and field, the
/// wrapped key to its case and epoch: moved anywhere else, it does not open.
/// </summary>
/// <remarks>
/// Layout of every sealed value: nonce (12) | tag (16) | ciphertext. Words are padded to blocks of
/// <see cref="PaddingBlock"/> bytes, so that the length says little about the name.
/// </remarks>
internal sealed class CaseSealer(IEpochKeyStore epochKeys)
{
    public const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int PaddingBlock = 128;
    private const byte SchemaVersion = 1;

    /// <summary>A new key for one case or draft, wrapped by the newest epoch's key.</summary>
    public CaseKey NewKey(Guid subject)
    {
        var key = RandomNumberGenerator.GetBytes(KeyBytes);
        return new CaseKey(subject, key, Wrap(subject, key, NewestEpoch()));
    }

    /// <summary>Unwraps a case's key.</summary>
    /// <exception cref="SealBrokenException">Wrong case, wrong epoch, altered, or the epoch's key is destroyed.</exception>
    public CaseKey Unwrap(Guid subject, WrappedKey wrapped)
    {
        var epochKey = epochKeys.Get(wrapped.Epoch);
        try
        {
            return new CaseKey(subject, Decrypt(epochKey, wrapped.Bytes, WrapBinding(subject, wrapped.Epoch)), wrapped);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(epochKey);
        }
    }

    /// <summary>The same key under another epoch's key.</summary>
    public WrappedKey Rewrap(Guid subject, WrappedKey wrapped, int epoch)
    {
        using var key = Unwrap(subject, wrapped);
        return Wrap(subject, key.Bytes, epoch);
    }

    /// <summary>The epoch new cases are sealed under.</summary>
    public int NewestEpoch() => epochKeys.List() is [.., var newest] ? newest : throw new InvalidOperationException("There is no epoch key yet.");

    private WrappedKey Wrap(Guid subject, byte[] key, int epoch)
    {
        var epochKey = epochKeys.Get(epoch);
        try
        {
            return new WrappedKey(epoch, Encrypt(epochKey, key, WrapBinding(subject, epoch)));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(epochKey);
        }
    }

    private static byte[] WrapBinding(Guid subject, int epoch) => Encoding.UTF8.GetBytes($"{subject:N}|key|{SchemaVersion}|{epoch}");

    private static byte[] Encrypt(byte[] key, ReadOnlySpan<byte> plain, byte[] binding)
    {
        var sealedBytes = new byte[NonceBytes + TagBytes + plain.Length];
        var nonce = sealedBytes.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, plain, sealedBytes.AsSpan(NonceBytes + TagBytes), sealedBytes.AsSpan(NonceBytes, TagBytes), binding);
        return sealedBytes;
    }

    private static byte[] Decrypt(byte[] key, byte[] sealedBytes, byte[] binding)
    {
        if (sealedBytes.Length < NonceBytes + TagBytes)
            throw new SealBrokenException();
        var plain = new byte[sealedBytes.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        try
        {
            aes.Decrypt(sealedBytes.AsSpan(0, NonceBytes), sealedBytes.AsSpan(NonceBytes + TagBytes), sealedBytes.AsSpan(NonceBytes, TagBytes), plain, binding);
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new SealBrokenException();
        }

        return plain;
    }

    /// <summary>An unwrapped key, for one operation. Disposing it wipes it from memory.</summary>
    internal sealed class CaseKey(Guid subject, byte[] bytes, WrappedKey wrapped) : IDisposable
    {
        /// <summary>How it is kept.</summary>
        public WrappedKey Wrapped => wrapped;

        internal byte[] Bytes => bytes;

        /// <summary>Seals the words of one field.</summary>
        public byte[] Seal(string field, Confidential words)
        {
            var text = Encoding.UTF8.GetBytes(words.Unsealed);
            var padded = new byte[(text.Length + sizeof(int) + PaddingBlock - 1) / PaddingBlock * PaddingBlock];
            BinaryPrimitives.WriteInt32LittleEndian(padded, text.Length);
            text.CopyTo(padded, sizeof(int));
            var result = Encrypt(bytes, padded, FieldBinding(field));
            CryptographicOperations.ZeroMemory(padded);
            CryptographicOperations.ZeroMemory(text);
            return result;
        }

        /// <summary>Opens one field.</summary>
        /// <exception cref="SealBrokenException">It belongs to another case or field, or was altered.</exception>
        public Confidential Open(string field, byte[] sealedBytes)
        {
            var padded = Decrypt(bytes, sealedBytes, FieldBinding(field));
            var length = BinaryPrimitives.ReadInt32LittleEndian(padded);
            var words = Confidential.From(Encoding.UTF8.GetString(padded, sizeof(int), length));
            CryptographicOperations.ZeroMemory(padded);
            return words;
        }

        public void Dispose() => CryptographicOperations.ZeroMemory(bytes);

        private byte[] FieldBinding(string field) => Encoding.UTF8.GetBytes($"{subject:N}|{field}|{SchemaVersion}");
    }
}
