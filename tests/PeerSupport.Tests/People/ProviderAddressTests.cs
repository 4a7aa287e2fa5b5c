using System.Security.Claims;
using System.Text.Json;
using PeerSupport.Web.Account;

namespace PeerSupport.Tests.People;

/// <summary>An address and the word that it is verified come from one document of the provider, never one from each.</summary>
public sealed class ProviderAddressTests
{
    [Theory]
    [InlineData("boss@x", null, """{"email":"me@x","email_verified":true}""", "me@x", true)]
    [InlineData("boss@x", null, """{"email_verified":true}""", "boss@x", false)]
    [InlineData(null, "true", """{"email":"boss@x"}""", "boss@x", false)]
    [InlineData("boss@x", "false", """{"email":"me@x","email_verified":true}""", "me@x", true)]
    [InlineData("me@x", "true", """{"email":"boss@x","email_verified":true}""", "me@x", true)]
    [InlineData("me@x", "true", "{}", "me@x", true)]
    [InlineData(null, null, """{"email":"me@x","email_verified":"true"}""", "me@x", true)]
    [InlineData(null, null, """{"email":"me@x","email_verified":1}""", "me@x", false)]
    [InlineData(null, null, """{"email":7,"email_verified":true}""", null, false)]
    [InlineData("boss@x", null, "[]", "boss@x", false)]
    [InlineData("me@x", null, """{"email":"boss@x"}""", "me@x", false)]
    public void Each_document_speaks_for_itself(string? email, string? verified, string userInfo, string? chosen, bool vouched)
    {
        var claims = new List<Claim>();
        if (email is not null)
            claims.Add(new Claim("email", email));
        if (verified is not null)
            claims.Add(new Claim("email_verified", verified));
        using var document = JsonDocument.Parse(userInfo);
        ProviderAddress.Choose(ProviderAddress.Of(new ClaimsPrincipal(new ClaimsIdentity(claims))), ProviderAddress.Of(document.RootElement))
            .ShouldBe(new ProviderAddress(chosen, vouched));
    }
}
