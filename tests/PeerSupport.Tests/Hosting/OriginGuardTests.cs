using Microsoft.AspNetCore.Http;
using PeerSupport.Web.Hosting;

namespace PeerSupport.Tests.Hosting;

/// <summary>What another site's page sends in somebody's name does not get in.</summary>
public sealed class OriginGuardTests
{
    private const string Ours = "https://peersupport.example.org";

    [Theory]
    [InlineData("POST", "/notices/x", "https://evil.example", "")]
    [InlineData("POST", "/notices/x", "https://evil.example", "cross-site")]
    [InlineData("POST", "/notices/x", "", "cross-site")]
    [InlineData("POST", "/notices/x", "https://other.example.org", "same-site")]
    [InlineData("POST", "/notices/x", "http://peersupport.example.org", "")]
    [InlineData("POST", "/notices/x", "https://peersupport.example.org.evil.example", "")]
    [InlineData("POST", "/notices/x", "null", "")]
    [InlineData("POST", "/notices/x", "null", "cross-site")]
    [InlineData("DELETE", "/notices/x", "https://evil.example", "")]
    [InlineData("GET", "/_blazor", "https://evil.example", "")]
    [InlineData("GET", "/_BLAZOR", "null", "same-origin")]
    [InlineData("POST", "/_blazor/negotiate", "https://evil.example", "")]
    public void S28_S19_Foreign_is_refused(string method, string path, string origin, string site) =>
        OriginGuard.IsForeign(Request(method, path, origin, site), Ours, development: false).ShouldBeTrue();

    [Theory]
    [InlineData("POST", "/notices/x", "https://peersupport.example.org", "same-origin")]
    [InlineData("POST", "/notices/x", "null", "same-origin")]
    [InlineData("POST", "/notices/x", "", "")]
    [InlineData("GET", "/notices/x", "https://evil.example", "cross-site")]
    [InlineData("GET", "/_blazor", "https://peersupport.example.org", "")]
    public void Our_own_pages_and_plain_links_get_in(string method, string path, string origin, string site) =>
        OriginGuard.IsForeign(Request(method, path, origin, site), Ours, development: false).ShouldBeFalse();

    [Fact]
    public void Only_in_development_the_request_s_own_host_counts_as_ours()
    {
        var request = Request("POST", "/", "http://127.0.0.1:5080", "same-origin");
        request.Scheme = "http";
        request.Host = new HostString("127.0.0.1", 5080);
        OriginGuard.IsForeign(request, Ours, development: true).ShouldBeFalse();
        OriginGuard.IsForeign(request, Ours, development: false).ShouldBeTrue();
    }

    private static HttpRequest Request(string method, string path, string origin, string site)
    {
        var request = new DefaultHttpContext().Request;
        (request.Method, request.Path) = (method, path);
        if (origin.Length > 0)
            request.Headers.Origin = origin;
        if (site.Length > 0)
            request.Headers["Sec-Fetch-Site"] = site;
        return request;
    }
}
