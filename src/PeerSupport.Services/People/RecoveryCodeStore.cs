using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.People;
using PeerSupport.Services.Persistence;
using PeerSupport.Services.Sealing;

namespace PeerSupport.Services.People;

/// <summary>
/// Ten codes to be written down, each good once instead of a code of the app. Twelve digits, so that a phone's number pad
/// types them. Only a keyed hash is kept: a copy of the database, without the key directory, cannot try them out.
/// </summary>
internal sealed class RecoveryCodeStore(InstallationSecret secret, TimeProvider clock)
{
    /// <summary>How many there are at first.</summary>
    public const int Count = 10;
    private const int Digits = 12;

    /// <summary>New codes in place of all older ones, in the caller's transaction. The caller logs and saves.</summary>
    /// <returns>As they are shown, once.</returns>
    public async Task<IReadOnlyList<string>> ReplaceAsync(PeerSupportContext db, Guid personId, CancellationToken cancellationToken)
    {
        await db.RecoveryCodes.Where(c => c.PersonId == personId).ExecuteDeleteAsync(cancellationToken);
        var codes = new HashSet<string>(StringComparer.Ordinal);
        while (codes.Count < Count)
            codes.Add(string.Concat(Enumerable.Range(0, Digits).Select(_ => RandomNumberGenerator.GetInt32(10).ToString(CultureInfo.InvariantCulture))));
        db.RecoveryCodes.AddRange(codes.Select(code => new RecoveryCode { Id = Guid.NewGuid(), PersonId = personId, CodeHash = Hash(personId, code) }));
        return [.. codes.Select(code => string.Join('-', code.Chunk(4).Select(four => new string(four))))];
    }

    /// <summary>Spends a code: true once for a right one. Its owner is told by mail, whatever it was used for.</summary>
    public async Task<bool> SpendAsync(PeerSupportContext db, Guid personId, string? typed, CancellationToken cancellationToken)
    {
        var code = string.Concat((typed ?? "").Take(100).Where(c => !char.IsWhiteSpace(c) && c is not ('-' or '–')));
        if (code.Length != Digits || !code.All(char.IsAsciiDigit))
            return false;
        var (hash, now) = (Hash(personId, code), clock.GetUtcNow());
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.RecoveryCodes.Where(c => c.PersonId == personId && c.CodeHash == hash && c.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.UsedAt, now), cancellationToken) != 1)
            return false;
        db.LogChange(personId, SecurityEvent.RecoveryCodeUsed, now);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private byte[] Hash(Guid personId, string code) => secret.Hash(SecretPurpose.RecoveryCode, $"{personId:N}|{code}");
}
