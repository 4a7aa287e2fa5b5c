using PeerSupport.Domain;

namespace PeerSupport.Services.People;

/// <summary>For somebody who came in without their second factor, such as by a provider that asked for none: shows it now.</summary>
public sealed class SecondFactor
{
    private readonly FactorChange change;

    internal SecondFactor(FactorChange change) => this.change = change;

    /// <summary>With a passkey, or with password and code: from now on this session counts for every role.</summary>
    public async Task<Result> ShowAsync(Actor actor, FreshSignIn proof, CancellationToken cancellationToken)
    {
        await using var work = change.Open();
        var account = await FactorChange.AccountOfAsync(work, actor);
        // Without any factor there is nothing to show: one is to be set up first.
        if (!await FactorChange.HasSecondAsync(work, account, cancellationToken))
            return SignInRefusals.FactorNotMatched;
        if (!await change.IsConfirmedAsync(work, account, actor, proof, cancellationToken))
            return SignInRefusals.FactorNotMatched;
        if (await FactorChange.BeginAsync(work, account, actor, cancellationToken) is { } changed)
            return changed;
        await FactorChange.StrengthenAsync(work, actor, cancellationToken);
        await work.CommitAsync(cancellationToken);
        return Result.Done;
    }
}
