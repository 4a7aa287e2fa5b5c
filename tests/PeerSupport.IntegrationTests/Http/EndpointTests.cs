using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using PeerSupport.DevKit;
using PeerSupport.Domain.People;
using PeerSupport.EndpointList;

namespace PeerSupport.IntegrationTests.Http;

/// <summary>Who may call what, of every address the running app says it has: pages, and everything that is no page.</summary>
public sealed partial class EndpointTests(TestServer server) : IAsyncLifetime
{
    private const string Visitor = "a visitor";
    private static readonly string[] Logins = ["psychologist1", "peer1", "clinician1", "coordinator1", "admin1"];
    private static readonly Dictionary<string, string> RoleNames = new(StringComparer.Ordinal)
    {
        ["psychologist1"] = nameof(Role.Psychologist),
        ["peer1"] = nameof(Role.Peer),
        ["clinician1"] = nameof(Role.Clinician),
        ["coordinator1"] = nameof(Role.Coordinator),
        ["admin1"] = nameof(Role.Administrator),
    };

    private static readonly string[] Anybody = [Visitor, .. Logins];

    /// <summary>Every address that is no page, by who may call it. One that is missing here fails the test; pages stand in <see cref="AuthorizationTests.Readers" />.</summary>
    private static readonly Dictionary<string, string[]> Callers = new(StringComparer.Ordinal)
    {
        // signing in and out
        ["* /healthz/live"] = Anybody,
        ["* /healthz/ready"] = Anybody,
        ["GET /"] = Logins,
        ["POST /sign-in/challenge"] = Anybody,
        ["POST /sign-out"] = Anybody,
        ["POST /account/challenge"] = Logins,
        ["POST /account/challenge/change"] = Logins,
        // cases
        ["GET /my-case/{id:guid}/held"] = ["peer1", "psychologist1"],
        ["POST /notices/{id:guid}"] = ["peer1"],
        ["GET /cases/draft"] = ["psychologist1"],
        ["POST /cases/draft"] = ["psychologist1"],
        ["POST /cases/draft/discard"] = ["psychologist1"],
        // one's own profile
        ["GET /me/woken"] = ["peer1"],
        ["GET /me/push"] = ["peer1"],
        ["POST /me/push"] = ["peer1"],
        // hand-offs
        ["GET /hand-on/alarm"] = ["peer1", "psychologist1"],
        ["GET /tracks/{id:guid}/appointment.ics"] = ["clinician1", "psychologist1"],
        ["GET /tracks/{id:guid}/referral.json"] = ["clinician1"],
        // reports and lists
        ["GET /report/csv"] = ["coordinator1"],
        ["GET /report/xlsx"] = ["coordinator1"],
        ["GET /people/export"] = ["admin1"],
        // pages without a sign-in: each asks for something of its own
        ["/sign-in"] = Anybody,
        ["/invited/{Token}"] = Anybody,
        ["/handed/{Token}"] = Anybody,
        ["/my-referral"] = Anybody,
        ["/hand-on/{Id:guid}/danger"] = Anybody,
    };

    /// <summary>One page with two addresses: its lock lets both roles come, and the page asks which of the two it is for.</summary>
    private static readonly string[] SharedPage = ["/tracks/{Id:guid}/refer", "/tracks/{Id:guid}/transfer"];

    private RunningApp app = null!;

    public async ValueTask InitializeAsync() => app = await RunningApp.StartAsync(server.Postgres, settings => settings with { Extra = EndpointListing.Environment });

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task S3_Every_address_of_the_running_app_refuses_whoever_may_not_call_it()
    {
        var mapped = await MappedAsync();
        mapped.Count.ShouldBeGreaterThan(80, "the app tells all of them");
        mapped.Where(one => one.IsFile).ShouldAllBe(one => one.IsOpen && (one.Method == "GET" || one.Method == "HEAD"), "a file is nobody's and takes nothing");
        var addresses = mapped.Where(one => !one.IsFile).ToList();
        addresses.Where(one => CallersOf(one) is null).Select(Name).ShouldBeEmpty("say in this test who may call it");
        Callers.Keys.Except(addresses.Select(Name).Concat(addresses.Select(one => one.Route)), StringComparer.Ordinal).ShouldBeEmpty("they are gone");
        addresses.Where(one => one.IsOpen != CallersOf(one)!.Contains(Visitor, StringComparer.Ordinal)).Select(Name).ShouldBeEmpty("open to visitors and not said so here, or the other way round");
        addresses.Where(one => !one.Roles.SequenceEqual(RolesOf(SharedPage.Contains(one.Route, StringComparer.Ordinal) ? ["psychologist1", "clinician1"] : CallersOf(one)!), StringComparer.Ordinal)).Select(one => $"{Name(one)} asks for {string.Join(", ", one.Roles)}")
            .ShouldBeEmpty("the lock of an address is the first; the use case behind it asks again");

        List<string> wrong = [];
        foreach (var login in Anybody)
        {
            using var client = login == Visitor ? app.Visitor() : await app.SignedInAsync(login);
            var token = await TokenAsync(client, login);
            foreach (var one in addresses.Where(one => !CallersOf(one)!.Contains(login, StringComparer.Ordinal)))
                wrong.AddRange(await NotRefusedAsync(client, login, one, token));
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task S3_Whoever_may_call_an_address_that_is_no_page_is_let_in()
    {
        // Else an address that refuses everybody would pass. A thing that is not there, or a form without its fields, is no refusal of a role.
        var addresses = (await MappedAsync()).Where(one => Callers.ContainsKey(Name(one)) && one.Route != "/sign-out").ToList();
        foreach (var login in Anybody)
        {
            using var client = login == Visitor ? app.Visitor() : await app.SignedInAsync(login);
            var token = await TokenAsync(client, login);
            foreach (var one in addresses.Where(one => one.Route is "/cases/draft" or "/me/push" or "/me/woken" or "/report/csv" or "/report/xlsx" or "/people/export" or "/sign-in/challenge" or "/account/challenge" && CallersOf(one)!.Contains(login, StringComparer.Ordinal)))
            {
                if (one is { Method: "POST", Route: "/me/push" })
                    continue; // an address that nobody turned on is not found, as it should be
                var status = await StatusAsync(client, one.Method, one.Route, token);
                (status < HttpStatusCode.BadRequest || status == HttpStatusCode.UnprocessableEntity).ShouldBeTrue($"{login} {Name(one)}: {(int)status}");
            }
        }
    }

    /// <summary>The roles of those who may call it; none where anybody who is signed in may.</summary>
    private static IEnumerable<string> RolesOf(string[] callers) =>
        Logins.All(login => callers.Contains(login, StringComparer.Ordinal)) ? [] : callers.Select(login => RoleNames[login]).Order(StringComparer.Ordinal);

    private static string Name(MappedEndpoint one) => $"{one.Method} {one.Route}";

    /// <summary>Of a page as of everything else. What carries a circuit asks for a sign-in and no more: each page in it asks who it is.</summary>
    private static string[]? CallersOf(MappedEndpoint one) =>
        Callers.GetValueOrDefault(Name(one)) ?? Callers.GetValueOrDefault(one.Route)
        ?? (one.Route.StartsWith("/_blazor", StringComparison.Ordinal) || one.Route.StartsWith("/_framework", StringComparison.Ordinal) ? (one.IsOpen ? Anybody : Logins) : AuthorizationTests.Readers.GetValueOrDefault(one.Route));

    /// <summary>Calls an address in every way it takes, with and without a form token, and names each answer that is no refusal.</summary>
    private static async Task<IEnumerable<string>> NotRefusedAsync(PageClient client, string login, MappedEndpoint one, string token)
    {
        var address = Hole().Replace(one.Route, Guid.NewGuid().ToString());
        List<string> wrong = [];
        foreach (var method in one.Method == "*" ? ["GET", "POST"] : new[] { one.Method })
        {
            foreach (var form in method == "GET" ? [""] : new[] { "", token })
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), address);
                if (method != "GET")
                    request.Content = new FormUrlEncodedContent([new("__RequestVerificationToken", form), new("_handler", "accept")]);
                using var answer = await client.Http.SendAsync(request);
                if (!IsRefusal(answer, login))
                    wrong.Add($"{login} {method} {one.Route}: {(int)answer.StatusCode}");
            }
        }

        return wrong;
    }

    /// <summary>A visitor is sent to sign in or told 401; whoever is signed in finds nothing there. A form without its token goes nowhere at all.</summary>
    private static bool IsRefusal(HttpResponseMessage answer, string login) => answer.StatusCode switch
    {
        HttpStatusCode.Redirect => login == Visitor && answer.Headers.Location!.OriginalString.Contains("/sign-in", StringComparison.Ordinal),
        HttpStatusCode.Unauthorized => login == Visitor,
        HttpStatusCode.NotFound or HttpStatusCode.Forbidden or HttpStatusCode.BadRequest => true,
        _ => false,
    };

    private static async Task<HttpStatusCode> StatusAsync(PageClient client, string method, string address, string token)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        if (method != "GET")
            request.Content = new FormUrlEncodedContent([new("__RequestVerificationToken", token)]);
        using var answer = await client.Http.SendAsync(request);
        return answer.StatusCode;
    }

    /// <summary>A form token of one's own.</summary>
    private static async Task<string> TokenAsync(PageClient client, string login)
    {
        var page = await client.GetAsync(login == Visitor ? "/sign-in" : "/account/settings");
        return page.Document.QuerySelector("input[name=__RequestVerificationToken]")?.GetAttribute("value") ?? throw new DevKitException($"No form on {page.Address}.");
    }

    private async Task<IReadOnlyList<MappedEndpoint>> MappedAsync()
    {
        using var visitor = app.Visitor();
        return JsonSerializer.Deserialize<List<MappedEndpoint>>((await visitor.GetAsync(EndpointListing.Path)).Body)!;
    }

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.None, 1000)]
    private static partial Regex Hole();
}
