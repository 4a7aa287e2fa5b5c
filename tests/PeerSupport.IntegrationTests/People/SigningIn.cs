using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using PeerSupport.Services.People;

namespace PeerSupport.IntegrationTests.People;

/// <summary>What tests of signing in say often.</summary>
internal static class SigningIn
{
    public const string Password = "a long enough sentence";
    private static readonly string Hash = new PasswordHasher<Account>(Options.Create(Hashing())).HashPassword(new Account(), Password);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static string EmailOf(string name) => $"{name}@test.example";

    /// <summary>Gives somebody the password.</summary>
    public static Task GivenPassword(this TestApp app, string name) =>
        app.Owner("update accounts set password_hash = $2 where id = $1", TestPeople.Ids[name], Hash);

    public static async Task<ClaimsPrincipal?> SignInWithPassword(this TestApp app, string name, string? password = null, string? code = null)
    {
        var outcome = await app.Get<SignIn>().WithPasswordAsync(EmailOf(name), password ?? Password, code, Token);
        if (!outcome.Succeeded)
            outcome.Refusal.ShouldBe(SignInRefusals.NotMatched);
        return outcome.Succeeded ? outcome.Value.Principal : null;
    }

    /// <summary>Gives somebody the password and a passkey, added as they would.</summary>
    public static async Task<SoftwareAuthenticator> GivenPasskey(this TestApp app, string name)
    {
        await app.GivenPassword(name);
        var actor = await app.As(name);
        var device = new SoftwareAuthenticator();
        var begun = (await app.Get<PasskeyFactors>().BeginAsync(actor, new(Password, null), Token)).Value;
        (await app.Get<PasskeyFactors>().AddAsync(actor, begun.Challenge, device.Create(begun.OptionsJson), "my phone", Token)).Refusal.ShouldBeNull();
        return device;
    }

    private static PasswordHasherOptions Hashing()
    {
        var options = new PasswordHasherOptions();
        IdentitySetup.Hashing(options);
        return options;
    }
}
