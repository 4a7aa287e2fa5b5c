using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;

namespace PeerSupport.IntegrationTests.Http;

/// <summary>
/// Every page, read in English and in Spanish by each of its readers. For some pages only:
/// <c>--filter-trait "Page=/tracks*"</c>.
/// </summary>
public sealed class BothLanguagesTests(WebFixture web) : IClassFixture<WebFixture>
{
    private readonly BothLanguages both = new(web.App);

    public static IEnumerable<TheoryDataRow<string>> Pages() => AuthorizationTests.Readers.Keys.Select(Row);

    /// <summary>Pages that need no account.</summary>
    public static IEnumerable<TheoryDataRow<string>> OpenPages() =>
        typeof(global::PeerSupport.Web.Hosting.SecurityHeaders).Assembly.GetTypes()
            .Where(type => type.GetCustomAttribute<AllowAnonymousAttribute>() is not null)
            .SelectMany(type => type.GetCustomAttributes<RouteAttribute>())
            .Select(route => Row(route.Template));

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task No_word_of_a_page_stays_English_for_a_Spanish_reader(string route)
    {
        var held = await AuthorizationTests.GivenCaseFor(web, route);
        var address = route.Replace("{Id:guid}", held.ToString(), StringComparison.Ordinal);
        List<string> left = [];
        foreach (var login in AuthorizationTests.Readers[route])
        {
            var client = await web.ReaderAsync(login);
            var (english, spanish) = await both.ReadAsync(client, login, async reader => await reader.FollowAsync(await reader.GetAsync(address)));
            english.Document.DocumentElement.GetAttribute("lang").ShouldBe("en", $"{login} {address}");
            left.AddRange((await both.LeftInEnglishAsync(english, spanish)).Select(words => $"{login} {address}: {words}"));
        }

        left.Distinct(StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(OpenPages))]
    public async Task No_word_of_a_page_stays_English_for_somebody_whose_browser_asks_for_Spanish(string route)
    {
        var address = route.Replace("{Id:guid}", Guid.NewGuid().ToString(), StringComparison.Ordinal).Replace("{Token}", new string('A', 43), StringComparison.Ordinal);
        using var visitor = web.App.Visitor();
        var english = await visitor.GetAsync(address);
        visitor.Http.DefaultRequestHeaders.Add("Accept-Language", "es-US,es;q=0.9,en;q=0.5");
        var spanish = await visitor.GetAsync(address);
        (await both.LeftInEnglishAsync(english, spanish)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_here_is_said_in_Spanish_too()
    {
        using var client = await web.App.SignedInAsync("peer1");
        var (english, spanish) = await both.ReadAsync(client, "peer1", reader => reader.GetAsync($"/there/is/no/{Guid.NewGuid()}"));
        (await both.LeftInEnglishAsync(english, spanish)).ShouldBeEmpty();
    }

    private static TheoryDataRow<string> Row(string route)
    {
        var row = new TheoryDataRow<string>(route);
        row.Traits["Page"] = [route];
        return row;
    }
}
