using System.Buffers.Text;
using Microsoft.AspNetCore.Identity;
using PeerSupport.Domain;
using PeerSupport.Domain.People;

namespace PeerSupport.Services.People;

/// <summary>A passkey on somebody's own list.</summary>
/// <param name="Id">Credential id, as text.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="AddedAt">When it was added.</param>
public sealed record OwnPasskey(string Id, string Name, DateTimeOffset AddedAt);

/// <summary>The signed-in person's own passkeys.</summary>
public sealed class PasskeyFactors
{
    /// <summary>Nobody needs more; a thief who adds one is easier to notice.</summary>
    public const int Most = 10;

    /// <summary>Longest name of a passkey.</summary>
    public const int LongestName = 60;
    private readonly FactorChange change;
    private readonly PasskeyChallenges challenges;

    internal PasskeyFactors(FactorChange change, PasskeyChallenges challenges) => (this.change, this.challenges) = (change, challenges);

    /// <summary>All of them, oldest first.</summary>
    public async Task<IReadOnlyList<OwnPasskey>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var work = change.Open();
        cancellationToken.ThrowIfCancellationRequested();
        var passkeys = await work.Accounts.GetPasskeysAsync(await FactorChange.AccountOfAsync(work, actor));
        return [.. passkeys.OrderBy(p => p.CreatedAt).Select(p => new OwnPasskey(Base64Url.EncodeToString(p.CredentialId), p.Name ?? "Passkey", p.CreatedAt))];
    }

    /// <summary>What the browser needs to confirm any change of a factor with a passkey that is there already.</summary>
    public async Task<PasskeyCeremony> BeginConfirmAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var work = change.Open();
        return await change.BeginConfirmAsync(work, await FactorChange.AccountOfAsync(work, actor), cancellationToken);
    }

    /// <summary>After a full sign-in: what the browser needs to make one. Good for five minutes and one passkey.</summary>
    public async Task<Result<PasskeyCeremony>> BeginAsync(Actor actor, FreshSignIn proof, CancellationToken cancellationToken)
    {
        await using var work = change.Open();
        var account = await FactorChange.AccountOfAsync(work, actor);
        if (!await change.IsConfirmedAsync(work, account, actor, proof, cancellationToken))
            return SignInRefusals.FactorNotMatched;
        if ((await work.Accounts.GetPasskeysAsync(account)).Count >= Most)
            return SignInRefusals.TooManyPasskeys;
        var options = await work.Passkeys.MakeCreationOptionsAsync(
            new PasskeyUserEntity { Id = account.Id.ToString(), Name = account.Email ?? "", DisplayName = actor.DisplayName }, PasskeyCheck.NoRequest);
        var challenge = await challenges.KeepAsync(PasskeyPurpose.NewPasskey, account.Id, options.AttestationState!, cancellationToken);
        return new PasskeyCeremony(challenge, options.CreationOptionsJson);
    }

    /// <summary>Keeps the passkey the browser made.</summary>
    public async Task<Result> AddAsync(Actor actor, Guid challenge, string? attestationJson, string? name, CancellationToken cancellationToken)
    {
        await using var work = change.Open();
        var account = await FactorChange.AccountOfAsync(work, actor); // before the ceremony is spent: a change after this moment is seen
        if (await challenges.SpendAsync(PasskeyPurpose.NewPasskey, actor.PersonId, challenge, cancellationToken) is not { } state
            || string.IsNullOrEmpty(attestationJson))
            return SignInRefusals.PasskeyNotAdded;
        if (await PasskeyEnrolment.AttestedAsync(work, actor.PersonId, state, attestationJson) is not { } passkey)
            return SignInRefusals.PasskeyNotAdded;
        passkey.Name = IsName(name) ? name!.Trim() : "Passkey";
        if (await FactorChange.BeginAsync(work, account, actor, cancellationToken) is { } changed)
            return changed;
        var kept = await work.Accounts.AddOrUpdatePasskeyAsync(account, passkey);
        if (!kept.Succeeded)
            return SignInRefusals.PasskeyNotAdded;
        await change.ChangedAsync(work, actor, SecurityEvent.PasskeyAdded, cancellationToken);
        await FactorChange.StrengthenAsync(work, actor, cancellationToken);
        await work.CommitAsync(cancellationToken);
        return Result.Done;
    }

    /// <summary>Gives it another name.</summary>
    public async Task<Result> RenameAsync(Actor actor, string? id, string? name, CancellationToken cancellationToken)
    {
        if (!IsName(name))
            return SignInRefusals.PasskeyName;
        await using var work = change.Open();
        var account = await FactorChange.AccountOfAsync(work, actor);
        cancellationToken.ThrowIfCancellationRequested();
        if (Decoded(id) is not { } credential || await work.Accounts.GetPasskeyAsync(account, credential) is not { } passkey)
            return SignInRefusals.NoSuchPasskey;
        passkey.Name = name!.Trim();
        return (await work.Accounts.AddOrUpdatePasskeyAsync(account, passkey)).Succeeded ? Result.Done : SignInRefusals.NoSuchPasskey;
    }

    /// <summary>Removes it, after a full sign-in; never the last way in.</summary>
    public async Task<Result> RemoveAsync(Actor actor, string? id, FreshSignIn proof, CancellationToken cancellationToken)
    {
        await using var work = change.Open();
        var account = await FactorChange.AccountOfAsync(work, actor);
        if (!await change.IsConfirmedAsync(work, account, actor, proof, cancellationToken))
            return SignInRefusals.FactorNotMatched;
        if (Decoded(id) is not { } credential || await work.Accounts.GetPasskeyAsync(account, credential) is null)
            return SignInRefusals.NoSuchPasskey;
        if (!change.StillEnough(account, (await work.Accounts.GetPasskeysAsync(account)).Count - 1, await AuthenticatorSecrets.HasAppAsync(work.Db, account.Id, cancellationToken)))
            return SignInRefusals.LastFactor;
        if (await FactorChange.BeginAsync(work, account, actor, cancellationToken) is { } changed)
            return changed;
        if (!(await work.Accounts.RemovePasskeyAsync(account, credential)).Succeeded)
            return SignInRefusals.NoSuchPasskey;
        await change.ChangedAsync(work, actor, SecurityEvent.PasskeyRemoved, cancellationToken);
        await work.CommitAsync(cancellationToken);
        return Result.Done;
    }

    /// <summary>Whether a passkey may be called so.</summary>
    public static bool IsName(string? name) => name?.Trim() is { Length: > 0 and <= LongestName } trimmed && !trimmed.Any(char.IsControl);

    private static byte[]? Decoded(string? id)
    {
        try
        {
            return id is { Length: > 0 and <= 2000 } ? Base64Url.DecodeFromChars(id) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
