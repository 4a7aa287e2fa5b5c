using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PeerSupport.DevKit;

/// <summary>A web page to read the mails in a sink's folder with, on loopback only.</summary>
public sealed class MailInbox : IAsyncDisposable
{
    private const string Policy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly string[] Hosts = ["localhost", "127.0.0.1", "[::1]"];

    private readonly WebApplication app;

    private MailInbox(WebApplication app, int port)
    {
        this.app = app;
        Url = new Uri($"http://localhost:{port}");
    }

    public Uri Url { get; }

    public static async Task<MailInbox> StartAsync(string mailFolder, int port, CancellationToken cancellationToken)
    {
        var folder = new MailFolder(mailFolder, TimeProvider.System);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting(WebHostDefaults.ServerUrlsKey, LoopbackPort.Urls(port));
        builder.Services.AddSingleton<IHostLifetime, DeafLifetime>();
        var web = builder.Build();
        web.Use(Protect);
        web.MapGet("/inbox.css", () => Results.Text(MailPages.Style, "text/css"));
        web.MapGet("/", async (string? to, CancellationToken cancelled) => Page(MailPages.List(await ReadAllAsync(folder, cancelled), to)));
        web.MapGet("/{name}", async (string name, CancellationToken cancelled) =>
            await folder.ReadAsync(name, cancelled) is { } message ? Page(MailPages.Message(message)) : Results.NotFound());
        try
        {
            await web.StartAsync(cancellationToken);
        }
        catch
        {
            await web.DisposeAsync();
            throw;
        }

        return new MailInbox(web, port);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    /// <summary>The mails hold links that sign people in: no other site gets to read them through a name of its own.</summary>
    private static Task Protect(HttpContext context, RequestDelegate next)
    {
        if (!Hosts.Contains(context.Request.Host.Host, StringComparer.OrdinalIgnoreCase))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return Task.CompletedTask;
        }

        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers.XContentTypeOptions = "nosniff";
        return next(context);
    }

    private static async Task<IReadOnlyList<ListedMail>> ReadAllAsync(MailFolder folder, CancellationToken cancellationToken)
    {
        var mails = new List<ListedMail>();
        foreach (var name in folder.Names())
            if (await folder.ReadAsync(name, cancellationToken) is { } message)
                mails.Add(new ListedMail(name, message));
        return mails;
    }

    private static IResult Page(string html) => Results.Text(html, "text/html; charset=utf-8");

    /// <summary>Ctrl-C is for the program that opened the inbox, which then closes it.</summary>
    private sealed class DeafLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
