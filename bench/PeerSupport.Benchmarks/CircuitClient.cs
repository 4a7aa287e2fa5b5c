using System.Buffers;
using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace PeerSupport.Benchmarks;

/// <summary>One Blazor Server circuit without a browser: opens a page, starts its circuit, and acknowledges every rendering.</summary>
internal sealed partial class CircuitClient : IAsyncDisposable
{
    private readonly Uri root;
    private readonly Uri page;
    private readonly HubConnection connection;
    private readonly TaskCompletionSource drawn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource<long>? changed;

    public CircuitClient(Uri root, string path, CookieContainer? cookies = null)
    {
        (this.root, page) = (root, new Uri(root, path));
        var builder = new HubConnectionBuilder().WithUrl(new Uri(root, "_blazor"), options =>
        {
            options.SkipNegotiation = true;
            options.Transports = HttpTransportType.WebSockets;
            options.Headers["Origin"] = root.GetLeftPart(UriPartial.Authority);
            if (cookies is not null)
                options.Cookies = cookies;
        });
        builder.Services.AddSingleton<IHubProtocol, BlazorPack>();
        connection = builder.Build();
        connection.ServerTimeout = TimeSpan.FromMinutes(5);
        connection.On<int, byte[]>("JS.RenderBatch", async (id, _) =>
        {
            var at = Stopwatch.GetTimestamp();
            await connection.SendAsync("OnRenderCompleted", (long)id, (string?)null);
            drawn.TrySetResult();
            changed?.TrySetResult(at);
        });
        connection.On("JS.BeginInvokeJS", [typeof(long), typeof(string), typeof(string), typeof(int), typeof(long), typeof(int)], async arguments =>
        {
            if ((long)arguments[0]! is var handle and not 0)
                await connection.SendAsync("EndInvokeJSFromDotNet", handle, true, $"[{handle},true,null]");
        });
        connection.On<int>("JS.EndUpdateRootComponents", _ => { });
        connection.On<int, string>("JS.AttachComponent", (_, _) => { });
        connection.On<string>("JS.Error", error => drawn.TrySetException(new InvalidOperationException(error)));
        connection.Closed += lost =>
        {
            var why = lost ?? new InvalidOperationException("The circuit was closed.");
            drawn.TrySetException(why);
            changed?.TrySetException(why);
            return Task.CompletedTask;
        };
    }

    /// <summary>Opens page and circuit; returns when the circuit has drawn the page.</summary>
    public async Task OpenAsync(HttpClient http)
    {
        var html = await http.GetStringAsync(page);
        var state = State().Match(html) is { Success: true } found ? found.Groups["state"].Value : "";
        var added = string.Join(',', Marker().Matches(html).Select((marker, n) => $"{{\"type\":\"add\",\"ssrComponentId\":{n + 1},\"marker\":{marker.Groups["marker"].Value}}}"));
        if (added.Length == 0)
            throw new InvalidOperationException($"{page} has no live part.");
        await connection.StartAsync();
        if (string.IsNullOrEmpty(await connection.InvokeAsync<string>("StartCircuit", root.ToString(), page.ToString(), "[]", state)))
            throw new InvalidOperationException("The circuit was refused.");
        await connection.SendAsync("UpdateRootComponents", $"{{\"batchId\":1,\"operations\":[{added}]}}", state);
        await drawn.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    /// <summary>Time stamp at which the next rendering comes.</summary>
    public Task<long> NextAsync() => (changed = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    [GeneratedRegex("""<!--Blazor:(?<marker>\{"type":"server".*?\})-->""", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Marker();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(?<state>[^>]*?)-->", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex State();

    /// <summary>"blazorpack" is SignalR's MessagePack format under another name.</summary>
    private sealed class BlazorPack : IHubProtocol
    {
        private readonly MessagePackHubProtocol inner = new();

        public string Name => "blazorpack";
        public int Version => 1;
        public TransferFormat TransferFormat => TransferFormat.Binary;

        public bool IsVersionSupported(int version) => version <= 2;

        public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, out HubMessage message) => inner.TryParseMessage(ref input, binder, out message!);

        public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => inner.WriteMessage(message, output);

        public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => inner.GetMessageBytes(message);
    }
}
