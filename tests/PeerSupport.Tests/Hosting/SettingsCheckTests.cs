using Microsoft.Extensions.Configuration;
using PeerSupport.Services;

namespace PeerSupport.Tests.Hosting;

/// <summary>A setting that would fail later is a sentence before anything starts.</summary>
public sealed class SettingsCheckTests
{
    [Theory]
    [InlineData("PeerSupport:HandOff:CheckInDays", "3")]
    [InlineData("PeerSupport:HandOff:AlertEvery", "-00:02:00")]
    [InlineData("PeerSupport:HandOff:ChaseAfter", "soon")]
    [InlineData("PeerSupport:HandOnFrom", "1")]
    [InlineData("PeerSupport:HandOnWindowDays", "365")]
    [InlineData("PeerSupport:KeyDays", "0")]
    [InlineData("Push:MoreHosts:0", "https://push.example.org")]
    [InlineData("Gateway:Url", "http://gateway.example.org")]
    public void A_wrong_value_is_named(string name, string value) => Problem((name, value)).ShouldNotBeNull().ShouldContain(name);

    [Fact]
    public void The_usual_values_are_fine() => Problem().ShouldBeNull();

    private static string? Problem(params (string Name, string Value)[] settings) => SettingsCheck.Problem(new ConfigurationBuilder().AddInMemoryCollection(
        settings.Append((Name: "Mail:From", Value: "PeerSupport <noreply@example.org>")).ToDictionary(one => one.Name, one => (string?)one.Value, StringComparer.Ordinal)).Build());
}
