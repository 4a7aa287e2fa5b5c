using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace PeerSupport.DevKit;

/// <summary>
/// Somebody with a browser that runs no scripts: keeps cookies, reads pages, fills in forms by the words on them and
/// presses buttons. Redirects are not followed, so that a test sees each answer.
/// </summary>
public sealed class PageClient : IDisposable
{
    private readonly HttpClientHandler handler = new() { AllowAutoRedirect = false, UseCookies = true, CookieContainer = new CookieContainer() };

    public PageClient(Uri root)
    {
        // Tests make their own certificates, and this client only ever talks to this machine.
#pragma warning disable MA0039
        handler.ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator;
#pragma warning restore MA0039
        Http = new HttpClient(handler) { BaseAddress = root, Timeout = TimeSpan.FromSeconds(60) };
    }

    public HttpClient Http { get; }

    public CookieContainer Cookies => handler.CookieContainer;

    /// <summary>Opens an address.</summary>
    public async Task<Page> GetAsync(string path, CancellationToken cancellationToken = default) =>
        await Page.ReadAsync(await Http.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute), cancellationToken), cancellationToken);

    /// <summary>Presses a button of a page, with some fields filled in; everything else in its form is sent as it stands.</summary>
    public async Task<Page> PressAsync(Page page, string button, IEnumerable<KeyValuePair<string, string>>? fields = null, CancellationToken cancellationToken = default)
    {
        using var request = page.Press(button, fields);
        return await Page.ReadAsync(await Http.SendAsync(request, cancellationToken), cancellationToken);
    }

    /// <summary>Follows the redirects of an answer to the page they lead to.</summary>
    public async Task<Page> FollowAsync(Page page, CancellationToken cancellationToken = default)
    {
        while (page.Location is { } next)
            page = await GetAsync(new Uri(page.Address, next).PathAndQuery, cancellationToken);
        return page;
    }

    /// <summary>Signs in with a password, and says what was wrong if that fails.</summary>
    public async Task<Page> SignInAsync(string email, string password, CancellationToken cancellationToken = default)
    {
        var page = await PressAsync(await GetAsync("/sign-in", cancellationToken), "Sign in with a password",
            [new("mail", email), new("pw", password)], cancellationToken);
        return page.Location is null
            ? throw new DevKitException($"{email} could not sign in: {(int)page.Status} {page.Text}")
            : await FollowAsync(page, cancellationToken);
    }

    public void Dispose()
    {
        Http.Dispose();
        handler.Dispose();
    }
}

/// <summary>One answer of the app, as a person and a machine would read it.</summary>
public sealed class Page
{
    private static readonly HtmlParser Parser = new();

    private Page(HttpResponseMessage answer, byte[] body)
    {
        (Answer, Body) = (answer, body);
        Html = System.Text.Encoding.UTF8.GetString(body);
        Document = Parser.ParseDocument(Html);
    }

    public HttpResponseMessage Answer { get; }
    public byte[] Body { get; }
    public string Html { get; }
    public IHtmlDocument Document { get; }
    public HttpStatusCode Status => Answer.StatusCode;
    public Uri Address => Answer.RequestMessage!.RequestUri!;

    /// <summary>Where a redirect leads; null for a page.</summary>
    public Uri? Location => Answer.Headers.Location;

    /// <summary>The words of the page, without its tags.</summary>
    public string Text => string.Join(' ', (Document.Body?.TextContent ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public static async Task<Page> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken) =>
        new(answer, await answer.Content.ReadAsByteArrayAsync(cancellationToken));

    /// <summary>Whether there is a button with these words.</summary>
    public bool HasButton(string words) => FindButton(words) is not null;

    /// <summary>The first choice of each group of radio buttons in the form of a button, where none is chosen yet.</summary>
    public IEnumerable<KeyValuePair<string, string>> FirstChoices(string button) =>
        (FindButton(button)?.Form?.Elements.OfType<IHtmlInputElement>() ?? [])
            .Where(input => input is { Type: "radio", Name.Length: > 0 })
            .GroupBy(input => input.Name!, StringComparer.Ordinal)
            .Where(group => !group.Any(input => input.IsChecked))
            .Select(group => KeyValuePair.Create(group.Key, group.First().Value));

    /// <summary>The request a press of this button would send.</summary>
    public HttpRequestMessage Press(string words, IEnumerable<KeyValuePair<string, string>>? fields = null)
    {
        var button = FindButton(words) ?? throw new DevKitException($"There is no button “{words}” on {Address.AbsolutePath}: {Text}");
        var form = button.Form ?? throw new DevKitException($"The button “{words}” stands in no form.");
        var values = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var (name, value) in form.Elements.OfType<IHtmlElement>().SelectMany(Values))
            (values.TryGetValue(name, out var list) ? list : values[name] = []).Add(value);
        if (button is IHtmlButtonElement { Name.Length: > 0 } named)
            values[named.Name!] = [named.Value];
        foreach (var group in (fields ?? []).GroupBy(field => field.Key, StringComparer.Ordinal))
            values[group.Key] = [.. group.Select(field => field.Value)];
        var pairs = values.SelectMany(field => field.Value.Select(value => KeyValuePair.Create(field.Key, value)));
        var target = new Uri(Address, form.GetAttribute("action") is { Length: > 0 } action ? action : Address.PathAndQuery);
        if (string.Equals(form.Method, "get", StringComparison.OrdinalIgnoreCase))
            return new HttpRequestMessage(HttpMethod.Get, new UriBuilder(target) { Query = string.Join('&', pairs.Select(p => $"{Uri.EscapeDataString(p.Key)}={Uri.EscapeDataString(p.Value)}")) }.Uri);
        return new HttpRequestMessage(HttpMethod.Post, target) { Content = new FormUrlEncodedContent(pairs) };
    }

    private IHtmlButtonElement? FindButton(string words) =>
        Document.QuerySelectorAll("button").OfType<IHtmlButtonElement>()
            .Where(button => button.Form is not null)
            .FirstOrDefault(button => string.Join(' ', button.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).StartsWith(words, StringComparison.Ordinal));

    private static IEnumerable<(string Name, string Value)> Values(IHtmlElement element) => element switch
    {
        IHtmlInputElement { Name.Length: > 0, Type: "radio" or "checkbox" } choice => choice.IsChecked ? [(choice.Name!, choice.Value)] : [],
        IHtmlInputElement { Name.Length: > 0 } input when input.Type is not ("submit" or "button") => [(input.Name!, input.Value)],
        IHtmlTextAreaElement { Name.Length: > 0 } area => [(area.Name!, area.Value)],
        IHtmlSelectElement { Name.Length: > 0 } select => select.Options.Where(option => option.IsSelected).Select(option => (select.Name!, option.Value)),
        _ => [],
    };
}
