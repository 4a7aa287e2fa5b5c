using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.People;

namespace PeerSupport.Services.People;

/// <summary>Codes as they are shown, once.</summary>
public sealed record NewRecoveryCodes(IReadOnlyList<string> Codes)
{
    /// <summary>Never the codes.</summary>
    public override string ToString() => "[codes]";
}

/// <summary>The signed-in person's own recovery codes.</summary>
public sealed class RecoveryCodes
{
    private readonly FactorChange change;
    private readonly RecoveryCodeStore store;

    internal RecoveryCodes(FactorChange change, RecoveryCodeStore store) => (this.change, this.store) = (change, store);

    /// <summary>How many are left to be used.</summary>
    public async Task<int> LeftAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var work = change.Open();
        return await work.Db.RecoveryCodes.CountAsync(c => c.PersonId == actor.PersonId && c.UsedAt == null, cancellationToken);
    }

    /// <summary>After a full sign-in: ten new ones, shown once. The older ones open nothing any more.</summary>
    public async Task<Result<NewRecoveryCodes>> MakeAsync(Actor actor, FreshSignIn proof, CancellationToken cancellationToken)
    {
        await using var work = change.Open();
        var account = await FactorChange.AccountOfAsync(work, actor);
        if (!await change.IsConfirmedAsync(work, account, actor, proof, cancellationToken))
            return SignInRefusals.FactorNotMatched;
        if (await FactorChange.BeginAsync(work, account, actor, cancellationToken) is { } changed)
            return changed;
        var codes = await store.ReplaceAsync(work.Db, actor.PersonId, cancellationToken);
        await change.ChangedAsync(work, actor, SecurityEvent.RecoveryCodesMade, cancellationToken);
        await work.CommitAsync(cancellationToken);
        return new NewRecoveryCodes(codes);
    }
}
