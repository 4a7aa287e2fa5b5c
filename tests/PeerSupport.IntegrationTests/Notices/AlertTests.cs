using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PeerSupport.Domain.Cases;
using PeerSupport.Services.Cases;
using PeerSupport.Services.Notices.Alerts;
using PeerSupport.Services.Persistence;
using PeerSupport.Services.Profile;

namespace PeerSupport.IntegrationTests.Notices;

/// <summary>Push and gateway: what leaves the house, and what becomes of a channel by what its far end says.</summary>
public sealed class AlertTests(TestServer server) : IAsyncLifetime
{
    private const string Secret = "a shared secret that is long enough to count";
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;
    private FarEnd farEnd = null!;
    private VapidKeys keys = null!;
    private PushTransport push = null!;
    private GatewayTransport gateway = null!;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync(server);
        farEnd = new FarEnd();
        keys = new VapidKeys(app.KeyDirectory, "mailto:noreply@example.org");
        push = new PushTransport(new PushSettings { Loopback = true }, keys, app.Clock);
        gateway = new GatewayTransport(new GatewaySettings(new Uri(farEnd.Url, "sms"), Secret), app.Clock);
    }

    public async ValueTask DisposeAsync()
    {
        push.Dispose();
        gateway.Dispose();
        await farEnd.DisposeAsync();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task S50_A_push_carries_nothing_but_proof_of_who_sends_it()
    {
        await GivenChannel("peer1", Channel.Push, $"{farEnd.Url}wpush/abc");
        await app.GivenOpenCase(form: TestApp.Form("Marker Zyx"));
        await SendDue();

        var call = farEnd.Calls.ShouldHaveSingleItem();
        call.Method.ShouldBe("POST");
        call.PathAndQuery.ShouldBe("/wpush/abc");
        call.Body.ShouldBeEmpty();
        call.Headers.Keys.ShouldBe(["Authorization", "TTL", "Urgency", "Topic", "Host", "Content-Length"], ignoreOrder: true);
        (call.Headers["TTL"], call.Headers["Urgency"], call.Headers["Topic"], call.Headers["Content-Length"]).ShouldBe(("300", "high", "alert", "0"));
        var claims = Verified(call.Headers["Authorization"]);
        claims.EnumerateObject().Select(claim => claim.Name).ShouldBe(["aud", "exp", "sub"]);
        claims.GetProperty("aud").GetString().ShouldBe(farEnd.Url.GetLeftPart(UriPartial.Authority));
        claims.GetProperty("sub").GetString().ShouldBe("mailto:noreply@example.org");
        var lasts = DateTimeOffset.FromUnixTimeSeconds(claims.GetProperty("exp").GetInt64()) - app.Clock.GetUtcNow();
        lasts.ShouldBeInRange(TimeSpan.FromHours(1), TimeSpan.FromHours(24));
        (await StateOf(Channel.Push)).ShouldBe((int)DeliveryState.Sent);
        (await app.Superuser("select taken_at from alert_channels")).ShouldBe(app.Clock.GetUtcNow().UtcDateTime);
    }

    [Fact]
    public async Task S50_Two_pushes_for_two_cases_are_the_same_bytes_but_for_their_proof()
    {
        await GivenChannel("peer1", Channel.Push, $"{farEnd.Url}wpush/abc");
        await app.GivenOpenCase(form: TestApp.Form("One", type: 103));
        await app.GivenOpenCase(form: TestApp.Form("Two", type: 201));
        await SendDue();
        farEnd.Calls.Count.ShouldBe(2);
        Whole(farEnd.Calls[0]).ShouldBe(Whole(farEnd.Calls[1]));

        static string Whole(Call call) => call.PathAndQuery + string.Join('|', call.Headers.Where(header => header.Key != "Authorization").OrderBy(header => header.Key, StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_key_is_made_once_and_is_the_same_for_every_node()
    {
        keys.PublicKey.ShouldBe(new VapidKeys(app.KeyDirectory, "mailto:other@example.org").PublicKey);
        Base64Url.DecodeFromChars(keys.PublicKey).Length.ShouldBe(65);
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Path.Combine(app.KeyDirectory, VapidKeys.FileName)).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await Task.CompletedTask;
    }

    [Theory]
    [InlineData(404)]
    [InlineData(410)]
    public async Task A_browser_that_is_gone_is_forgotten(int status)
    {
        farEnd.Answer = _ => status;
        await GivenChannel("peer1", Channel.Push, $"{farEnd.Url}wpush/abc");
        await app.GivenOpenCase();
        await SendDue();
        (await app.Superuser("select count(*) from alert_channels")).ShouldBe(0L);
        (await StateOf(Channel.Push)).ShouldBe((int)DeliveryState.Failed);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_push_service_that_says_later_is_asked_again_with_growing_patience(int status)
    {
        farEnd.Answer = _ => farEnd.Calls.Count < 3 ? status : 201;
        await GivenChannel("peer1", Channel.Push, $"{farEnd.Url}wpush/abc");
        await app.GivenOpenCase();
        await SendDue();
        await SendDue();
        farEnd.Calls.Count.ShouldBe(1, "not again at once");
        app.Clock.Advance(TimeSpan.FromSeconds(5));
        await SendDue();
        app.Clock.Advance(TimeSpan.FromSeconds(9));
        await SendDue();
        farEnd.Calls.Count.ShouldBe(2, "the second wait is longer");
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await SendDue();
        (await StateOf(Channel.Push)).ShouldBe((int)DeliveryState.Sent);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(307)]
    [InlineData(413)]
    public async Task A_redirect_is_not_followed_and_a_refusal_is_for_good(int status)
    {
        farEnd.Answer = _ => status;
        await GivenChannel("peer1", Channel.Push, $"{farEnd.Url}wpush/abc");
        await app.GivenOpenCase();
        await SendDue();
        farEnd.Calls.ShouldHaveSingleItem().PathAndQuery.ShouldBe("/wpush/abc");
        (await app.Superuser("select count(*) from alert_channels where refused_at is not null")).ShouldBe(1L);
        (await StateOf(Channel.Push)).ShouldBe((int)DeliveryState.Failed);
    }

    [Fact]
    public async Task After_an_accept_nobody_is_woken()
    {
        await GivenChannel("peer1", Channel.Push, $"{farEnd.Url}wpush/abc");
        var id = await app.GivenOpenCase();
        (await app.Get<AcceptCase>().AcceptAsync(await app.As("peer2"), id, Token)).Refusal.ShouldBeNull();
        await app.Superuser("update deliveries set state = 1 where channel = 3"); // as if it had been claimed before the accept
        await SendDue();
        farEnd.Calls.ShouldBeEmpty();
        (await StateOf(Channel.Push)).ShouldBe((int)DeliveryState.Covered);
    }

    [Fact]
    public async Task Every_browser_of_a_peer_is_woken_and_two_nodes_wake_each_once()
    {
        await GivenChannel("peer1", Channel.Push, $"{farEnd.Url}wpush/desk");
        await GivenChannel("peer1", Channel.Push, $"{farEnd.Url}wpush/phone");
        await app.GivenOpenCase();
        await Task.WhenAll(SendDue(), SendDue(), SendDue());
        farEnd.Calls.Select(call => call.PathAndQuery).ShouldBe(["/wpush/desk", "/wpush/phone"], ignoreOrder: true);
    }

    [Fact]
    public async Task S51_The_gateway_gets_a_number_and_constant_words_signed_and_nothing_in_the_address()
    {
        await app.Owner("update people set language = 'es' where id = $1", TestPeople.Ids["peer1"]);
        await GivenChannel("peer1", Channel.Gateway, "+12065550137");
        await app.GivenOpenCase(form: TestApp.Form("Marker Zyx"));
        await SendDue();

        var call = farEnd.Calls.ShouldHaveSingleItem();
        call.PathAndQuery.ShouldBe("/sms");
        var body = Encoding.UTF8.GetString(call.Body);
        var sent = JsonDocument.Parse(body).RootElement;
        sent.EnumerateObject().Select(field => field.Name).ShouldBe(["id", "to", "text"]);
        sent.GetProperty("to").GetString().ShouldBe("+12065550137");
        sent.GetProperty("text").GetString().ShouldBe("A un colega le vendría bien el apoyo de un compañero. Inicie sesión en PeerSupport para verlo.");
        var timestamp = call.Headers[GatewayTransport.TimestampHeader];
        timestamp.ShouldBe(app.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        call.Headers[GatewayTransport.SignatureHeader].ShouldBe("v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{timestamp}.{body}"))));
        (await StateOf(Channel.Gateway)).ShouldBe((int)DeliveryState.Sent);
    }

    [Fact]
    public async Task A_gateway_that_refuses_a_number_has_refused_it_for_good()
    {
        farEnd.Answer = _ => 422;
        await GivenChannel("peer1", Channel.Gateway, "+12065550137");
        await app.GivenOpenCase();
        await SendDue();
        (await app.Superuser("select count(*) from alert_channels where refused_at is not null and taken_at is null")).ShouldBe(1L);
        (await StateOf(Channel.Gateway)).ShouldBe((int)DeliveryState.Failed);
    }

    [Fact]
    public async Task A_number_is_a_channel_once_its_code_was_typed_by_its_owner()
    {
        var peer = await app.As("peer1");
        var phones = Phones();
        var begun = await phones.BeginAsync(peer, "+1 (206) 555-0137", Token);
        begun.Refusal.ShouldBeNull();
        begun.Value.ShouldNotContain("555");
        (await app.Superuser("select count(*) from alert_channels")).ShouldBe(0L, "nothing is stored before");
        var text = JsonDocument.Parse(farEnd.Calls.ShouldHaveSingleItem().Body).RootElement.GetProperty("text").GetString()!;
        var code = new string([.. text.Where(char.IsAsciiDigit)]);
        code.Length.ShouldBe(6);

        (await phones.ConfirmAsync(peer, begun.Value, code == "000000" ? "111111" : "000000", Token)).Refusal.ShouldBe(ProfileRefusals.WrongCode);
        (await phones.ConfirmAsync(await app.As("peer2"), begun.Value, code, Token)).Refusal.ShouldBe(ProfileRefusals.WrongCode, "it is somebody else's");
        (await phones.ConfirmAsync(peer, begun.Value, code, Token)).Refusal.ShouldBeNull();
        (await app.Superuser("select target || name from alert_channels where confirmed_at is not null")).ShouldBe("+12065550137… 37");
    }

    [Fact]
    public async Task A_code_grows_old_and_cannot_be_guessed()
    {
        var peer = await app.As("peer1");
        var phones = Phones();
        var begun = await phones.BeginAsync(peer, "12065550137", Token);
        for (var guess = 0; guess < OftenLimit.Most; guess++)
            (await phones.ConfirmAsync(peer, begun.Value, "x", Token)).Refusal.ShouldBe(ProfileRefusals.WrongCode);
        (await phones.ConfirmAsync(peer, begun.Value, "x", Token)).Refusal.ShouldBe(ProfileRefusals.TooOften);
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        var code = new string([.. JsonDocument.Parse(farEnd.Calls[0].Body).RootElement.GetProperty("text").GetString()!.Where(char.IsAsciiDigit)]);
        (await phones.ConfirmAsync(await app.As("peer1"), begun.Value, code, Token)).Refusal.ShouldBe(ProfileRefusals.WrongCode, "too old");
    }

    [Fact]
    public async Task Without_a_gateway_no_number_can_be_added() =>
        (await app.Get<Phones>().BeginAsync(await app.As("peer1"), "12065550137", Token)).Refusal.ShouldBe(ProfileRefusals.NotFound);

    private Phones Phones() => new(
        app.Get<AlertChannels>(), gateway, new GatewaySettings(farEnd.Url, Secret), app.Get<OftenLimit>(),
        app.Get<Microsoft.AspNetCore.DataProtection.IDataProtectionProvider>(), app.Clock);

    private JsonElement Verified(string authorization)
    {
        authorization.ShouldStartWith("vapid t=");
        var parts = authorization["vapid t=".Length..].Split(", k=");
        parts[1].ShouldBe(keys.PublicKey);
        var point = Base64Url.DecodeFromChars(parts[1]);
        using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = point[1..33], Y = point[33..] } });
        var token = parts[0].Split('.');
        Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token[0])).ShouldBe("""{"typ":"JWT","alg":"ES256"}""");
        key.VerifyData(Encoding.ASCII.GetBytes($"{token[0]}.{token[1]}"), Base64Url.DecodeFromChars(token[2]), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation).ShouldBeTrue();
        return JsonDocument.Parse(Base64Url.DecodeFromChars(token[1])).RootElement;
    }

    private Task<int> SendDue() => new AlertOutbox(app.Get<Database>(), app.Get<HandBackLimit>(), [push, gateway], app.Clock).SendDueAsync(Token);

    private async Task<int> StateOf(Channel channel) => (int)(await app.Superuser("select state from deliveries where channel = $1", (int)channel))!;

    private Task<object?> GivenChannel(string peer, Channel kind, string target) => app.Owner(
        "insert into alert_channels (id, person_id, kind, target, name, added_at) values (gen_random_uuid(), $1, $2, $3, 'x', $4)",
        TestPeople.Ids[peer], (int)kind, target, app.Clock.GetUtcNow());
}
