using PeerSupport.Web.Account;

namespace PeerSupport.Tests.People;

/// <summary>Where a sign-in may lead.</summary>
public sealed class LocalPathTests
{
    [Theory]
    [InlineData("/notices")]
    [InlineData("/notices/0d6a2f5e-6a2c-4e8e-9b8e-000000000000")]
    public void A_path_of_ours_is_kept(string path) => LocalPath.Of(path).ShouldBe(path);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("/a\\b")]
    [InlineData("https://evil.example/")]
    [InlineData("notices")]
    [InlineData("/\t/evil.example")]
    [InlineData("/a\r\nSet-Cookie: x=y")]
    [InlineData("/sign-out")]
    public void Anything_else_leads_to_the_start_page(string? path) => LocalPath.Of(path).ShouldBe("/");
}
