using System.Text;
using PeerSupport.Services.People;

namespace PeerSupport.Tests.People;

/// <summary>Codes of authenticator apps, against the examples of RFC 6238 and RFC 4648.</summary>
public sealed class AuthenticatorCodeTests
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");

    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void A_code_is_what_the_standard_says(long seconds, string code) =>
        AuthenticatorCode.At(Secret, DateTimeOffset.FromUnixTimeSeconds(seconds)).ShouldBe(code);

    [Theory]
    [InlineData(0, true)]
    [InlineData(30, true)]
    [InlineData(-30, true)]
    [InlineData(60, false)]
    [InlineData(-60, false)]
    public void A_phone_may_be_half_a_minute_off(int seconds, bool accepted)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1234567890);
        AuthenticatorCode.Match(Secret, AuthenticatorCode.At(Secret, now.AddSeconds(seconds)), now).HasValue.ShouldBe(accepted);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("28708")]
    [InlineData("2870822")]
    [InlineData("２８７０８２")]
    [InlineData("28708a")]
    public void Anything_else_is_no_code(string? code) =>
        AuthenticatorCode.Match(Secret, code, DateTimeOffset.FromUnixTimeSeconds(59)).ShouldBeNull();

    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void A_secret_is_written_as_apps_read_it(string secret, string text) =>
        AuthenticatorCode.ToBase32(Encoding.ASCII.GetBytes(secret)).ShouldBe(text);
}
