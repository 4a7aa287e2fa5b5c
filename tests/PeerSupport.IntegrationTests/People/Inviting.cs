using Microsoft.Extensions.DependencyInjection;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.IntegrationTests.People;

/// <summary>What tests of invitations say often.</summary>
internal static class Inviting
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Caller Phone { get; } = new(null, "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0", null);

    /// <summary>Invites somebody as an administrator's use case does, and returns the token of the mail.</summary>
    public static async Task<string> GivenInvitation(this TestApp app, string name)
    {
        using var scope = app.Get<IServiceScopeFactory>().CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<PeerSupportContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(Token);
        var invitation = await db.InviteAsync(TestPeople.Ids[name], TestPeople.Ids["administrator"], app.Clock.GetUtcNow(), Token);
        await db.SaveChangesAsync(Token);
        await transaction.CommitAsync(Token);
        return app.Get<InvitationTokens>().TokenOf(invitation.Id);
    }

    /// <summary>Enrols with a passkey, the whole way.</summary>
    public static async Task<(Enrolled Enrolled, SoftwareAuthenticator Device)> Enrol(this TestApp app, string token)
    {
        var start = (await app.Get<Enrolment>().StartAsync(token, null, Token)).Value;
        var device = new SoftwareAuthenticator();
        var outcome = await app.Get<Enrolment>().WithPasskeyAsync(token, start.Passkey.Challenge, device.Create(start.Passkey.OptionsJson), Phone, Token);
        outcome.Refusal.ShouldBeNull();
        return (outcome.Value, device);
    }

    /// <summary>What an app that read the key shows now.</summary>
    public static string CodeOf(this TestApp app, NewAuthenticator shown)
    {
        var bits = string.Concat(shown.Key.Replace(" ", "", StringComparison.Ordinal).Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        byte[] secret = [.. bits.Chunk(8).Where(octet => octet.Length == 8).Select(octet => Convert.ToByte(new string(octet), 2))];
        return AuthenticatorCode.At(secret, app.Clock.GetUtcNow());
    }
}
