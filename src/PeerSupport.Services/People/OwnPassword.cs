using Microsoft.AspNetCore.Identity;
using PeerSupport.Domain;
using PeerSupport.Domain.People;

namespace PeerSupport.Services.People;

/// <summary>The signed-in person's own password: for whoever thinks that somebody else knows it.</summary>
public sealed class OwnPassword
{
    private readonly FactorChange change;
    private readonly PasswordCheck passwords;

    internal OwnPassword(FactorChange change, PasswordCheck passwords) => (this.change, this.passwords) = (change, passwords);

    /// <summary>Whether they have one to change. Who signs in by passkey or provider alone has none, and needs none.</summary>
    public async Task<bool> ExistsAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var work = change.Open();
        cancellationToken.ThrowIfCancellationRequested();
        return (await FactorChange.AccountOfAsync(work, actor)).PasswordHash is not null;
    }

    /// <summary>
    /// Another one in its place. Always asks for the one there is; beside it for a code or a passkey, where the account has
    /// them. Every other session ends, and the owner is told by mail.
    /// </summary>
    /// <param name="actor">Whose.</param>
    /// <param name="proof">The password there is, and a code or a passkey's answer.</param>
    /// <param name="wanted">The new one, as typed.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<Result> ChangeAsync(Actor actor, FreshSignIn proof, string? wanted, CancellationToken cancellationToken)
    {
        await using var work = change.Open();
        var account = await FactorChange.AccountOfAsync(work, actor);
        if (account.PasswordHash is null)
            return SignInRefusals.NoPassword;
        // First, so that nobody spends a code or a passkey's answer on a password that is refused.
        if (await RefusedAsync(work, account, wanted) is { } refused)
            return refused;
        if (!await IsConfirmedAsync(work, account, actor, proof, cancellationToken))
            return SignInRefusals.FactorNotMatched;
        if (work.Accounts.PasswordHasher.VerifyHashedPassword(account, account.PasswordHash, wanted!) != PasswordVerificationResult.Failed)
            return SignInRefusals.SamePassword;
        if (await FactorChange.BeginAsync(work, account, actor, cancellationToken) is { } changed)
            return changed;
        if (!(await work.Accounts.RemovePasswordAsync(account)).Succeeded || !(await work.Accounts.AddPasswordAsync(account, wanted!)).Succeeded)
            return SignInRefusals.Again;
        await change.ChangedAsync(work, actor, SecurityEvent.PasswordChanged, cancellationToken);
        await work.CommitAsync(cancellationToken);
        return Result.Done;
    }

    /// <summary>The password is asked for whatever stands beside it: a passkey alone, on a device left open, must not set one.</summary>
    private async Task<bool> IsConfirmedAsync(AccountWork work, Account account, Actor actor, FreshSignIn proof, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(proof.Assertion))
            return await change.IsConfirmedAsync(work, account, actor, proof, cancellationToken);
        return await passwords.CheckAsync(work.Db, account, proof.Password, null, proof.From, cancellationToken, beside: false) == PasswordVerdict.Alone
            && await change.IsAnsweredAsync(work, actor, proof, cancellationToken);
    }

    private static async Task<Refusal?> RefusedAsync(AccountWork work, Account account, string? wanted)
    {
        if (wanted is not { Length: <= PasswordCheck.LongestPassword })
            return SignInRefusals.PasswordTooShort;
        foreach (var rule in work.Accounts.PasswordValidators)
        {
            if (!(await rule.ValidateAsync(work.Accounts, account, wanted)).Succeeded)
                return SignInRefusals.PasswordTooShort;
        }

        return null;
    }
}
