using System.Text.RegularExpressions;
using PeerSupport.DevKit;
using PeerSupport.DevKit.Demonstration;

namespace PeerSupport.IntegrationTests.Http;

/// <summary>The app as its own process, shared by the tests that only ask it things.</summary>
public sealed class WebFixture(TestServer server) : IAsyncLifetime
{
    public RunningApp App { get; private set; } = null!;

    private readonly Dictionary<string, PageClient> readers = new(StringComparer.Ordinal);

    public async ValueTask InitializeAsync() => App = await RunningApp.StartAsync(server.Postgres);

    /// <summary>
    /// Somebody signed in, such as "peer1", once for all tests that only read: a password takes longer to check than most
    /// pages to make. Whoever signs out, or changes how one signs in, asks the app for a session of their own.
    /// </summary>
    public async Task<PageClient> ReaderAsync(string login)
    {
        if (!readers.TryGetValue(login, out var reader))
            readers.Add(login, reader = await App.SignedInAsync(login));
        return reader;
    }

    public ValueTask DisposeAsync()
    {
        foreach (var reader in readers.Values)
            reader.Dispose();
        return App.DisposeAsync();
    }
}

/// <summary>What people do, in the order they do it, through pages and forms only.</summary>
public static partial class Journey
{
    /// <summary>A name, badge and phrase that no other text contains.</summary>
    public sealed record Marker(string Name, string Reach, string Words)
    {
        public static Marker Plant()
        {
            var mark = Guid.NewGuid().ToString("N")[..12];
            return new Marker($"Zyxmark {mark}", $"badge-{mark}", $"quvmark phrase {mark}");
        }

        public IEnumerable<string> All => [Name, Reach, Words];
    }

    public static async Task<Page> PostCaseAsync(this PageClient psychologist, Marker marker)
    {
        var form = await psychologist.GetAsync("/cases/new");
        return await psychologist.PressAsync(form, "Post to peers",
        [
            .. form.FirstChoices("Post to peers"),
            new("name", marker.Name), new("reach", marker.Reach), new("when", "tonight"), new("spec", marker.Words), new("type", "103"),
        ]);
    }

    /// <summary>Posts and returns the case's id, which no page of the psychologist needs to show.</summary>
    public static async Task<Guid> GivenPostedCaseAsync(this RunningApp app, PageClient psychologist, Marker? marker = null)
    {
        var posted = await psychologist.PostCaseAsync(marker ?? Marker.Plant());
        posted.Location.ShouldNotBeNull(posted.Text);
        return (Guid)(await app.SqlAsync("select id from support_cases order by posted_at desc limit 1"))!;
    }

    public static async Task<Page> AcceptAsync(this PageClient peer, Guid id) =>
        await peer.PressAsync(await peer.GetAsync($"/notices/{id}"), "Accept");

    public static async Task<Page> RevealAsync(this PageClient peer, Guid id, string password = DemonstrationPeople.Password)
    {
        var stepUp = await peer.PressAsync(await peer.GetAsync($"/my-case/{id}"), "Reveal name and contact", [new("read", "on")]);
        return await peer.PressAsync(stepUp, "Confirm", [new("password", password)]);
    }

    public static async Task<Page> CloseAsync(this PageClient peer, Guid id)
    {
        var form = await peer.GetAsync($"/my-case/{id}/close");
        return await peer.PressAsync(form, "Close", form.FirstChoices("Close"));
    }

    public static async Task<Page> HandBackAsync(this PageClient peer, Guid id) =>
        await peer.PressAsync(await peer.GetAsync($"/my-case/{id}/hand-back"), "Hand back");

    /// <summary>The token that a form of this page carries: what somebody would need to forge another form of the same session.</summary>
    public static (string Name, string Value) AntiforgeryToken(this Page page)
    {
        var input = page.Document.QuerySelector("main form[method=post] input[name*=RequestVerificationToken]") ?? page.Document.QuerySelector("input[name*=RequestVerificationToken]");
        return (input!.GetAttribute("name")!, input.GetAttribute("value")!);
    }

    /// <summary>A page without what is different each time it is made: tokens and state that the server encrypts.</summary>
    public static string Stable(this Page page) => Token().Replace(page.Html, "");

    [GeneratedRegex("CfDJ8[A-Za-z0-9_+/=%-]+", RegexOptions.None, 1000)]
    private static partial Regex Token();
}
