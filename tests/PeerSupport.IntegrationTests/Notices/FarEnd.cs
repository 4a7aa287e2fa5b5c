using System.Collections.Concurrent;
using System.Net;
using PeerSupport.DevKit;

namespace PeerSupport.IntegrationTests.Notices;

/// <summary>One call that a far end got.</summary>
internal sealed record Call(string Method, string PathAndQuery, IReadOnlyDictionary<string, string> Headers, byte[] Body);

/// <summary>A push service or gateway on this machine, which answers what a test says.</summary>
internal sealed class FarEnd : IAsyncDisposable
{
    private readonly HttpListener listener = new();
    private readonly ConcurrentQueue<Call> calls = new();
    private readonly Task serving;

    public FarEnd()
    {
        Url = new Uri($"http://127.0.0.1:{LoopbackPort.Free()}/");
        listener.Prefixes.Add(Url.AbsoluteUri);
        listener.Start();
        serving = ServeAsync();
    }

    public Uri Url { get; }
    public IReadOnlyList<Call> Calls => [.. calls];
    public Func<Call, int> Answer { get; set; } = _ => 201;

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await listener.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                var headers = context.Request.Headers.AllKeys.OfType<string>().ToDictionary(name => name, name => context.Request.Headers[name]!, StringComparer.OrdinalIgnoreCase);
                var call = new Call(context.Request.HttpMethod, context.Request.RawUrl!, headers, body.ToArray());
                calls.Enqueue(call);
                context.Response.StatusCode = Answer(call);
                if (context.Response.StatusCode is >= 300 and < 400)
                    context.Response.RedirectLocation = new Uri(Url, "elsewhere").AbsoluteUri;
                context.Response.Close();
            }
        }
        catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    public async ValueTask DisposeAsync()
    {
        listener.Close();
        await serving;
    }
}
