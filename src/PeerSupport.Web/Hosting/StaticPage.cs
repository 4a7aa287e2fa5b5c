using System.Text.Encodings.Web;
using PeerSupport.Domain;
using PeerSupport.Web.Shared;
using static PeerSupport.Domain.Say;

namespace PeerSupport.Web.Hosting;

/// <summary>
/// A page made without components, database or sign-in: what is left to show when something is wrong. The crisis
/// lines stand on it like on every page.
/// </summary>
public sealed class StaticPage(CrisisLines crisis)
{
    private static readonly HtmlEncoder Html = HtmlEncoder.Default;

    /// <summary>Answers with one heading, one sentence and one way on.</summary>
    public async Task WriteAsync(HttpContext http, int status, string heading, string sentence, string link, string linkWords, string? retryAfter = null)
    {
        http.Response.Clear();
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.RetryAfter = retryAfter;
        SecurityHeaders.Apply(http, mud: false);
        var lines = string.Concat(crisis.Lines.Select(line => $"""<li><a href="tel:{Html.Encode(line.Tel)}">{Html.Encode(line.Label)}</a> {Html.Encode(line.Words)}</li>"""));
        var way = $"""<p><a class="btn" href="{Html.Encode(link)}">{Html.Encode(linkWords)}</a></p>""";
        await http.Response.WriteAsync(
            $"""
            <!doctype html><html lang="{Say.Language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
            <title>{Html.Encode(heading)} · PeerSupport</title><meta name="robots" content="noindex"><meta name="referrer" content="no-referrer">
            <link rel="stylesheet" href="/css/tokens.css"><link rel="stylesheet" href="/css/base.css"></head>
            <body><header class="top"><div><a class="brand" href="/"><span>PeerSupport</span></a></div></header>
            <main id="main" class="narrow stack"><h1>{Html.Encode(heading)}</h1><p>{Html.Encode(sentence)}</p>{way}</main>
            <footer class="crisis"><div><h2>{Html.Encode(T("Need someone right now?", "¿Necesita hablar con alguien ahora?"))}</h2><ul>{lines}</ul><p class="note">{Html.Encode(T("Numbers last checked", "Números revisados por última vez el"))} {Html.Encode(crisis.Checked)}</p></div></footer>
            </body></html>
            """, http.RequestAborted);
    }
}
