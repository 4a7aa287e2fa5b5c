using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using MimeKit;

namespace PeerSupport.DevKit;

/// <summary>A mail with the name it has in its folder.</summary>
internal sealed record ListedMail(string Name, MimeMessage Message)
{
    /// <summary>Whose it is by the envelope; a mail put there by hand has only its own word for it.</summary>
    public IReadOnlyList<string> Recipients { get; } =
        Message.Headers.Where(header => header.Field == "Delivered-To").Select(header => header.Value).ToList() is { Count: > 0 } envelope
            ? envelope
            : [.. Message.To.Mailboxes.Select(mailbox => mailbox.Address)];
}

/// <summary>The inbox's two pages, as text. Everything that came by mail is encoded: it is a stranger's.</summary>
internal static partial class MailPages
{
    public const string Style = """
        :root { color-scheme: light dark; --line: light-dark(#d5d9de, #3a4048); --quiet: light-dark(#59636e, #a3adb8); --link: light-dark(#0b57a4, #8ab8f0); }
        * { box-sizing: border-box; }
        body { margin: 0 auto; max-width: 46rem; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; background: light-dark(#fff, #15181c); color: light-dark(#1c2126, #e6e9ec); }
        h1 { font-size: 1.35rem; line-height: 1.3; margin: .5rem 0 1rem; overflow-wrap: anywhere; }
        a { color: var(--link); }
        a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
        nav ul, ol { list-style: none; margin: 0; padding: 0; }
        nav ul { display: flex; flex-wrap: wrap; gap: .5rem; margin-bottom: 1rem; }
        nav li a { display: inline-block; padding: .35rem .7rem; border: 1px solid var(--line); border-radius: 1rem; text-decoration: none; overflow-wrap: anywhere; }
        nav li a[aria-current] { border-color: var(--link); font-weight: 600; }
        ol li { border-top: 1px solid var(--line); }
        ol a { display: block; padding: .7rem 0; text-decoration: none; overflow-wrap: anywhere; }
        ol strong, ol span { display: block; }
        ol span, dt, p.quiet { color: var(--quiet); font-size: .9rem; }
        dl { margin: 0 0 1rem; } dd { margin: 0 0 .4rem; overflow-wrap: anywhere; }
        pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; border-top: 1px solid var(--line); padding-top: 1rem; }
        details { border-top: 1px solid var(--line); padding-top: .7rem; }
        """;

    private static readonly HtmlEncoder Html = HtmlEncoder.Default;

    public static string List(IReadOnlyList<ListedMail> mails, string? to)
    {
        var body = new StringBuilder("<h1>Mail inbox</h1>");
        var recipients = mails.SelectMany(mail => mail.Recipients).GroupBy(address => address, StringComparer.OrdinalIgnoreCase)
            .OrderBy(group => group.Key, StringComparer.OrdinalIgnoreCase).ToList();
        body.Append("<nav aria-label=\"Recipients\"><ul>").Append(Recipient("/", $"Everyone ({mails.Count})", to is null));
        foreach (var recipient in recipients)
            body.Append(Recipient("/?to=" + Uri.EscapeDataString(recipient.Key), $"{recipient.Key} ({recipient.Count()})",
                recipient.Key.Equals(to, StringComparison.OrdinalIgnoreCase)));
        body.Append("</ul></nav>");

        var shown = mails.Where(mail => to is null || mail.Recipients.Contains(to, StringComparer.OrdinalIgnoreCase)).ToList();
        body.Append(shown.Count == 0 ? "<p class=\"quiet\">No mail yet. Load the page again to look for more.</p>" : "<ol>");
        foreach (var mail in shown)
            body.Append(CultureInfo.InvariantCulture,
                $"<li><a href=\"/{mail.Name}\"><strong>{Text(Subject(mail.Message))}</strong><span>{Text(string.Join(", ", mail.Recipients))}, {When(mail.Message)}</span></a></li>");
        return Page("Mail inbox", body.Append(shown.Count == 0 ? "" : "</ol>"));
    }

    public static string Message(MimeMessage message)
    {
        var body = new StringBuilder($"<p><a href=\"/\">All mail</a></p><h1>{Text(Subject(message))}</h1><dl>");
        foreach (var (term, value) in new[] { ("From", message.From.ToString()), ("To", message.To.ToString()), ("Sent", When(message)) })
            body.Append(CultureInfo.InvariantCulture, $"<dt>{term}</dt><dd>{Text(value)}</dd>");
        body.Append(CultureInfo.InvariantCulture, $"</dl><pre>{WithLinks(message.TextBody ?? message.HtmlBody ?? "")}</pre><details><summary>All headers</summary><dl>");
        foreach (var header in message.Headers)
            body.Append(CultureInfo.InvariantCulture, $"<dt>{Text(header.Field)}</dt><dd>{Text(header.Value)}</dd>");
        return Page(Subject(message), body.Append("</dl></details>"));
    }

    private static string Page(string title, StringBuilder body) => $"""
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
        <title>{Text(title)}</title><link rel="stylesheet" href="/inbox.css"></head>
        <body><main>{body}</main></body></html>
        """;

    private static string Recipient(string href, string label, bool current) =>
        $"<li><a href=\"{Text(href)}\"{(current ? " aria-current=\"page\"" : "")}>{Text(label)}</a></li>";

    private static string WithLinks(string text)
    {
        var html = new StringBuilder();
        var at = 0;
        foreach (Match link in WebAddress().Matches(text))
        {
            html.Append(Text(text[at..link.Index])).Append(CultureInfo.InvariantCulture, $"<a href=\"{Text(link.Value)}\" rel=\"noreferrer\">{Text(link.Value)}</a>");
            at = link.Index + link.Length;
        }

        return html.Append(Text(text[at..])).ToString();
    }

    private static string Subject(MimeMessage message) => message.Subject is { Length: > 0 } subject ? subject : "(no subject)";

    private static string When(MimeMessage message) =>
        message.Date == DateTimeOffset.MinValue ? "no date" : message.Date.ToString("d MMM yyyy HH:mm:ss zzz", CultureInfo.InvariantCulture);

    private static string Text(string text) => Html.Encode(text);

    [GeneratedRegex(@"https?://[^\s<>""']*[^\s<>""'.,;:!?)]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WebAddress();
}
