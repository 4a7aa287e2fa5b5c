using Microsoft.AspNetCore.SignalR;
using PeerSupport.PlainBlazor;

var builder = WebApplication.CreateBuilder(args);
builder.Logging.ClearProviders();
builder.Services.AddRazorComponents().AddInteractiveServerComponents();
builder.Services.AddSignalR();
await using var app = builder.Build();
app.UseAntiforgery();
app.MapGet("/healthz/ready", () => "ready");
app.MapHub<Bell>("/bell");
app.MapPost("/ring", async (IHubContext<Bell> bell) =>
{
    await bell.Clients.All.SendAsync("rung", "Amber Harbor", "Call with a child", "Tonight");
    return Results.NoContent();
}).DisableAntiforgery();
app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
await app.RunAsync();

namespace PeerSupport.PlainBlazor
{
    /// <summary>Does nothing but carry a word to everybody.</summary>
    internal sealed class Bell : Hub;
}
