using PeerSupport.Domain;
using PeerSupport.Domain.People;

namespace PeerSupport.Services.People;

/// <summary>A secret for an authenticator app, shown once to its owner.</summary>
/// <param name="Key">To type in, in groups of four.</param>
/// <param name="Address">The same for a camera: an otpauth address.</param>
public sealed record NewAuthenticator(string Key, string Address)
{
    /// <summary>Never the secret.</summary>
    public override string ToString() => "[authenticator]";
}

/// <summary>The signed-in person's own authenticator app.</summary>
public sealed class AuthenticatorFactor
{
    private readonly FactorChange change;
    private readonly AuthenticatorSecrets secrets;

    internal AuthenticatorFactor(FactorChange change, AuthenticatorSecrets secrets) => (this.change, this.secrets) = (change, secrets);

    /// <summary>After a full sign-in: a new secret, in use once a code of it was entered. The old one stays until then.</summary>
    public async Task<Result<NewAuthenticator>> BeginAsync(Actor actor, FreshSignIn proof, CancellationToken cancellationToken)
    {
        await using var work = change.Open();
        var account = await FactorChange.AccountOfAsync(work, actor);
        if (!await change.IsConfirmedAsync(work, account, actor, proof, cancellationToken))
            return SignInRefusals.FactorNotMatched;
        // Codes are asked beside a password. Where there is none, an app would look like a second factor and be asked for nowhere.
        if (account.PasswordHash is null)
            return SignInRefusals.AppNeedsPassword;
        return Shown(account, await secrets.BeginAsync(work.Db, actor, cancellationToken));
    }

    /// <summary>From now on a code is needed beside the password.</summary>
    /// <returns>Null when done; the secret again when the code was wrong; a refusal when it waited too long.</returns>
    public async Task<Result<NewAuthenticator?>> ConfirmAsync(Actor actor, string? code, CancellationToken cancellationToken)
    {
        await using var work = change.Open();
        var account = await FactorChange.AccountOfAsync(work, actor);
        if (await secrets.FindPendingAsync(work.Db, actor, cancellationToken) is not { } secret)
            return SignInRefusals.EnrolmentOver;
        if (!await secrets.SpendAsync(work.Db, account.Id, secret, code, cancellationToken))
            return Shown(account, secret);
        if (await FactorChange.BeginAsync(work, account, actor, cancellationToken) is { } changed)
            return changed;
        await secrets.EnrolAsync(work.Db, account.Id, secret, cancellationToken);
        await change.ChangedAsync(work, actor, SecurityEvent.AuthenticatorOn, cancellationToken);
        await FactorChange.StrengthenAsync(work, actor, cancellationToken);
        await work.CommitAsync(cancellationToken);
        return (NewAuthenticator?)null;
    }

    /// <summary>Forgets the app, after a full sign-in; never the last way in.</summary>
    public async Task<Result> RemoveAsync(Actor actor, FreshSignIn proof, CancellationToken cancellationToken)
    {
        await using var work = change.Open();
        var account = await FactorChange.AccountOfAsync(work, actor);
        if (!await change.IsConfirmedAsync(work, account, actor, proof, cancellationToken))
            return SignInRefusals.FactorNotMatched;
        if (!change.StillEnough(account, (await work.Accounts.GetPasskeysAsync(account)).Count, appLeft: false))
            return SignInRefusals.LastFactor;
        if (await FactorChange.BeginAsync(work, account, actor, cancellationToken) is { } changed)
            return changed;
        await AuthenticatorSecrets.RemoveAsync(work.Db, account.Id, cancellationToken);
        await change.ChangedAsync(work, actor, SecurityEvent.AuthenticatorOff, cancellationToken);
        await work.CommitAsync(cancellationToken);
        return Result.Done;
    }

    /// <summary>A secret as its owner is shown it.</summary>
    internal static NewAuthenticator Shown(Account account, byte[] secret)
    {
        var key = AuthenticatorCode.ToBase32(secret);
        return new NewAuthenticator(
            string.Join(' ', key.Chunk(4).Select(four => new string(four))),
            $"otpauth://totp/PeerSupport:{Uri.EscapeDataString(account.Email ?? "")}?secret={key}&issuer=PeerSupport&digits=6&period=30");
    }
}
