using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.People;
using PeerSupport.Services.Notices;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.People;

/// <summary>
/// Counts codes tried beside a right password: for a browser that has signed in to the account before by itself, for all
/// strangers together. So who has stolen a password keeps out other strangers, and never its owner at their own device.
/// </summary>
internal sealed class CodeTries(TimeProvider clock)
{
    private sealed record Count(int Misses, DateTimeOffset? LockedUntil);

    /// <summary>Takes one try, before the code is looked at.</summary>
    /// <returns>How many there were in a row, this one included; null when nothing is looked at now.</returns>
    public async Task<int?> TakeAsync(PeerSupportContext db, Guid id, KnownDevice? device, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var counted = device is null
            ? db.Database.SqlQuery<Count>($"select code_misses as misses, codes_locked_until as locked_until from accounts where id = {id} for no key update")
            : db.Database.SqlQuery<Count>($"select code_misses as misses, codes_locked_until as locked_until from known_devices where id = {device.Id} for no key update");
        if ((await counted.ToListAsync(cancellationToken)).SingleOrDefault() is not { } before || before.LockedUntil > now)
            return null;
        var misses = before.Misses + 1;
        await SetAsync(db, id, device, misses, now + CodeTryRules.WaitAfter(misses), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return misses;
    }

    /// <summary>The code was right: everything is forgotten.</summary>
    public static Task GiveBackAsync(PeerSupportContext db, Guid id, KnownDevice? device, CancellationToken cancellationToken) => SetAsync(db, id, device, 0, null, cancellationToken);

    /// <summary>Writes it down and mails the owner constant words, once for each episode: somebody has the password, and no right code.</summary>
    public async Task TellAsync(PeerSupportContext db, Guid id, KnownDevice? device, int? misses, CancellationToken cancellationToken)
    {
        if (!CodeTryRules.IsTold(misses, device is not null))
            return;
        var now = clock.GetUtcNow();
        var since = now - CodeTryRules.Episode;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.HoldAccountAsync(id, cancellationToken); // of many at once, one tells
        if (await db.SecurityLog.AnyAsync(e => e.PersonId == id && e.Event == SecurityEvent.CodeFailed && e.At > since, cancellationToken))
            return;
        db.Log(id, SecurityEvent.CodeFailed, now);
        db.Messages.Add(new Message { Id = Guid.NewGuid(), Kind = MessageKind.PasswordKnown, PersonId = id, DueAt = now });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static Task<int> SetAsync(PeerSupportContext db, Guid id, KnownDevice? device, int misses, DateTimeOffset? until, CancellationToken cancellationToken) => device is null
        ? db.Users.Where(a => a.Id == id).ExecuteUpdateAsync(set => set.SetProperty(a => a.CodeMisses, misses).SetProperty(a => a.CodesLockedUntil, until), cancellationToken)
        : db.KnownDevices.Where(d => d.Id == device.Id).ExecuteUpdateAsync(set => set.SetProperty(d => d.CodeMisses, misses).SetProperty(d => d.CodesLockedUntil, until), cancellationToken);
}
