using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;

namespace PeerSupport.Services.People;

/// <summary>A ceremony the browser is asked to perform.</summary>
/// <param name="Challenge">Comes back with the answer, and is spent by it.</param>
/// <param name="OptionsJson">What the browser hands to the passkey.</param>
public sealed record PasskeyCeremony(Guid Challenge, string OptionsJson);

/// <summary>Asks for an assertion and checks it. Origin, relying party and user verification are fixed by the settings.</summary>
internal sealed class PasskeyCheck(PasskeyChallenges challenges)
{
    /// <summary>Begins; for a sign-in nobody is known yet.</summary>
    public async Task<PasskeyCeremony> BeginAsync(AccountWork work, string purpose, Account? account, CancellationToken cancellationToken)
    {
        var options = await work.Passkeys.MakeRequestOptionsAsync(account, NoRequest);
        var challenge = await challenges.KeepAsync(purpose, account?.Id, options.AssertionState!, cancellationToken);
        return new PasskeyCeremony(challenge, options.RequestOptionsJson);
    }

    /// <summary>Whose passkey answered, or why it counts for nothing. The challenge is spent either way. Not within a transaction.</summary>
    /// <param name="work">The operation.</param>
    /// <param name="purpose">What it is for.</param>
    /// <param name="person">Who must have answered; null for a sign-in.</param>
    /// <param name="challenge">From <see cref="BeginAsync"/>.</param>
    /// <param name="assertionJson">From the browser.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<Result<Account>> AnsweredByAsync(AccountWork work, string purpose, Guid? person, Guid challenge, string? assertionJson, CancellationToken cancellationToken)
    {
        var state = await challenges.SpendAsync(purpose, person, challenge, cancellationToken);
        if (state is null || string.IsNullOrEmpty(assertionJson))
            return SignInRefusals.PasskeyNotMatched;
        var assertion = await work.Passkeys.PerformAssertionAsync(new PasskeyAssertionContext
        {
            HttpContext = NoRequest,
            CredentialJson = assertionJson,
            AssertionState = state,
        });
        if (!assertion.Succeeded || (person is not null && assertion.User.Id != person))
            return SignInRefusals.PasskeyNotMatched;
        // A passkey that was removed a moment ago must not come back by its own answer.
        await using var transaction = await work.Db.Database.BeginTransactionAsync(cancellationToken);
        if (!await work.Db.StandsAsync(assertion.User, cancellationToken))
            return SignInRefusals.Again;
        // The new sign count is what tells a cloned passkey apart next time: without it the answer does not count.
        if (!(await work.Accounts.AddOrUpdatePasskeyAsync(assertion.User, assertion.Passkey)).Succeeded)
            return SignInRefusals.PasskeyNotMatched;
        await transaction.CommitAsync(cancellationToken);
        return assertion.User;
    }

    /// <summary>Identity asks for a request to guess its own address from; ours is configured.</summary>
    public static HttpContext NoRequest => new DefaultHttpContext();
}
