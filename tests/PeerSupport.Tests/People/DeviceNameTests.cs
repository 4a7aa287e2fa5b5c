using PeerSupport.Services.People;

namespace PeerSupport.Tests.People;

/// <summary>Devices in two words.</summary>
public sealed class DeviceNameTests
{
    [Theory]
    [InlineData("Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0", "Firefox on Android")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0", "Edge on Windows")]
    [InlineData("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36", "Chrome on Android")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1", "Safari on iPhone")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15", "Safari on Mac")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux")]
    [InlineData("curl/8.5.0", null)]
    [InlineData("Zyxmark\r\nX-Forged: 1", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_device_is_named_in_our_own_words_and_in_no_other(string? userAgent, string? name) => DeviceName.Of(userAgent).ShouldBe(name);

    [Fact]
    public void A_long_user_agent_is_looked_at_only_at_its_beginning_and_the_name_stays_short()
    {
        DeviceName.Of(new string('x', 1_000_000) + "Firefox/140.0").ShouldBeNull();
        (DeviceName.Of("Windows SamsungBrowser/1")?.Length ?? 0).ShouldBeLessThanOrEqualTo(60);
    }
}
