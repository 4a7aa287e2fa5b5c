using PeerSupport.DevKit;
using PeerSupport.Services.People;

namespace PeerSupport.IntegrationTests.People;

/// <summary>Adding and removing what one signs in with.</summary>
public sealed class FactorTests(TestServer server) : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;
    private PasskeyFactors Passkeys => app.Get<PasskeyFactors>();
    private AuthenticatorFactor Authenticator => app.Get<AuthenticatorFactor>();

    public async ValueTask InitializeAsync() => app = await TestApp.StartAsync(server, demonstration: true);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task S32_No_factor_changes_without_a_full_sign_in_in_the_same_form()
    {
        using var device = await app.GivenPasskey("peer1");
        var actor = await app.As("peer1");
        var id = (await Passkeys.ListAsync(actor, Token)).Single().Id;
        (await Passkeys.BeginAsync(actor, new("a guess", null), Token)).Refusal.ShouldBe(SignInRefusals.FactorNotMatched);
        (await Passkeys.RemoveAsync(actor, id, new(null, null), Token)).Refusal.ShouldBe(SignInRefusals.FactorNotMatched);
        (await Authenticator.BeginAsync(actor, new("", null), Token)).Refusal.ShouldBe(SignInRefusals.FactorNotMatched);
        (await Authenticator.RemoveAsync(actor, new("a guess", null), Token)).Refusal.ShouldBe(SignInRefusals.FactorNotMatched);

        // A challenge of a sign-in or a reveal is no permission to add one.
        using var thief = new SoftwareAuthenticator();
        var reveal = await app.Get<StepUp>().BeginPasskeyAsync(actor, Token);
        (await Passkeys.AddAsync(actor, reveal.Challenge, device.Assert(reveal.OptionsJson), "x", Token)).Refusal.ShouldBe(SignInRefusals.PasskeyNotAdded);
        (await Passkeys.ListAsync(actor, Token)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task S32_With_an_app_enrolled_the_password_alone_changes_and_opens_nothing()
    {
        await app.GivenPassword("peer1");
        var secret = await GivenAuthenticator("peer1");
        var actor = await app.As("peer1");
        (await app.SignInWithPassword("peer1")).ShouldBeNull();
        (await app.SignInWithPassword("peer1", code: "000000")).ShouldBeNull();
        (await app.Get<StepUp>().WithPasswordAsync(actor, SigningIn.Password, null, Token)).Succeeded.ShouldBeFalse();
        (await Authenticator.RemoveAsync(actor, new(SigningIn.Password, null), Token)).Succeeded.ShouldBeFalse();

        app.Clock.Advance(TimeSpan.FromSeconds(60));
        (await app.SignInWithPassword("peer1", code: Code(secret))).ShouldNotBeNull();
        (await app.SignInWithPassword("peer1", code: Code(secret))).ShouldBeNull("a code is good once");
        app.Clock.Advance(TimeSpan.FromSeconds(60));
        (await Authenticator.RemoveAsync(actor, new(SigningIn.Password, Code(secret)), Token)).Succeeded.ShouldBeTrue();
        (await app.SignInWithPassword("peer1")).ShouldNotBeNull();
    }

    [Fact]
    public async Task One_code_sent_many_times_at_once_is_good_once()
    {
        await app.GivenPassword("peer1");
        var secret = await GivenAuthenticator("peer1");
        app.Clock.Advance(TimeSpan.FromSeconds(60));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => app.SignInWithPassword("peer1", code: Code(secret))));
        outcomes.Count(outcome => outcome is not null).ShouldBe(1);
    }

    [Fact]
    public async Task A_changed_factor_signs_every_other_device_out()
    {
        await app.GivenPassword("peer1");
        var other = (await app.SignInWithPassword("peer1")).ShouldNotBeNull();
        using var device = await app.GivenPasskey("peer1");
        (await app.Resolve(other)).ShouldBeNull();
    }

    [Fact]
    public async Task A_secret_stands_in_the_database_only_encrypted()
    {
        await app.GivenPassword("peer1");
        var secret = await GivenAuthenticator("peer1");
        var stored = (string)(await app.Superuser("select string_agg(value, ' ') from account_tokens"))!;
        stored.ShouldNotContain(AuthenticatorCode.ToBase32(secret));
        stored.ShouldNotContain(Convert.ToBase64String(secret));
    }

    [Fact]
    public async Task A_passkey_is_renamed_and_removed_by_its_owner_only()
    {
        using var device = await app.GivenPasskey("peer1");
        await app.GivenPassword("peer2");
        var (owner, other) = (await app.As("peer1"), await app.As("peer2"));
        var id = (await Passkeys.ListAsync(owner, Token)).Single().Id;
        (await Passkeys.RenameAsync(other, id, "mine now", Token)).Refusal.ShouldBe(SignInRefusals.NoSuchPasskey);
        (await Passkeys.RemoveAsync(other, id, new(SigningIn.Password, null), Token)).Refusal.ShouldBe(SignInRefusals.NoSuchPasskey);
        (await Passkeys.RenameAsync(owner, id, new string('x', 61), Token)).Refusal.ShouldBe(SignInRefusals.PasskeyName);
        (await Passkeys.RenameAsync(owner, id, "the old phone", Token)).Succeeded.ShouldBeTrue();
        (await Passkeys.ListAsync(owner, Token)).Single().Name.ShouldBe("the old phone");
        (await Passkeys.RemoveAsync(owner, id, new(SigningIn.Password, null), Token)).Succeeded.ShouldBeTrue();
        (await Passkeys.ListAsync(owner, Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task With_the_key_directory_lost_no_code_is_right_until_the_operator_resets_it_as_the_guide_says()
    {
        await app.GivenPassword("peer1");
        var secret = await GivenAuthenticator("peer1");
        app.Clock.Advance(TimeSpan.FromSeconds(60));
        var empty = Directory.CreateTempSubdirectory("peersupport-new-keys-").FullName;
        try
        {
            await using var restored = TestApp.Build(app.Connections, empty, app.Clock, demonstration: true);
            var signIn = (SignIn)restored.GetService(typeof(SignIn))!;
            (await signIn.WithPasswordAsync(SigningIn.EmailOf("peer1"), SigningIn.Password, Code(secret), Token)).Refusal.ShouldBe(SignInRefusals.NotMatched);
            (await signIn.WithPasswordAsync(SigningIn.EmailOf("peer1"), SigningIn.Password, null, Token)).Refusal.ShouldBe(SignInRefusals.NotMatched, "the password alone is not enough");

            await app.Owner(ResetInTheGuide().Replace("somebody@example.org", SigningIn.EmailOf("peer1"), StringComparison.Ordinal));
            (await signIn.WithPasswordAsync(SigningIn.EmailOf("peer1"), SigningIn.Password, null, Token)).Succeeded.ShouldBeTrue();
        }
        finally
        {
            Directory.Delete(empty, recursive: true);
        }
    }

    private static string ResetInTheGuide()
    {
        var guide = File.ReadAllText(Path.Combine(SolutionFolder.Path, "docs", "operations.md"));
        var begin = guide.IndexOf("```sql", StringComparison.Ordinal) + "```sql".Length;
        return guide[begin..guide.IndexOf("```", begin, StringComparison.Ordinal)];
    }

    private async Task<byte[]> GivenAuthenticator(string name)
    {
        var actor = await app.As(name);
        var shown = (await Authenticator.BeginAsync(actor, new(SigningIn.Password, null), Token)).Value;
        var secret = FromBase32(shown.Key.Replace(" ", "", StringComparison.Ordinal));
        (await Authenticator.ConfirmAsync(actor, "000000", Token)).Value.ShouldNotBeNull("a wrong code does not turn it on");
        (await Authenticator.ConfirmAsync(actor, Code(secret), Token)).Value.ShouldBeNull();
        return secret;
    }

    private string Code(byte[] secret) => AuthenticatorCode.At(secret, app.Clock.GetUtcNow());

    private static byte[] FromBase32(string text)
    {
        var bits = string.Concat(text.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. bits.Chunk(8).Where(octet => octet.Length == 8).Select(octet => Convert.ToByte(new string(octet), 2))];
    }
}
