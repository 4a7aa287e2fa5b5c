using Microsoft.AspNetCore.Authorization;
using MudBlazor.Services;
using PeerSupport.Services;
using PeerSupport.Services.Escalation;
using PeerSupport.Services.People.Administration;
using PeerSupport.Services.Persistence;
using PeerSupport.Web;
using PeerSupport.Web.Account;
using PeerSupport.Web.Features.Administration;
using PeerSupport.Web.Features.Cases;
using PeerSupport.Web.Features.Escalation.HandOn;
using PeerSupport.Web.Features.Escalation.Referral;
using PeerSupport.Web.Features.Escalation.Tracks;
using PeerSupport.Web.Features.Operations;
using PeerSupport.Web.Features.Profile;
using PeerSupport.Web.Features.Reporting;
using PeerSupport.Web.Hosting;
using PeerSupport.Web.Shared;

var builder = WebApplication.CreateBuilder(args);
if (args is ["migrate"])
    return await MigrateCommand.RunAsync(builder.Configuration, Console.Out, CancellationToken.None);
if (args is [VerifyTracksCommand.Name, .. var arguments])
    return await VerifyTracksCommand.RunAsync(builder.Configuration, builder.Environment, arguments, Console.Out, CancellationToken.None);
if (args is [FirstPeopleCommand.Name, .. var people])
    return await FirstPeopleCommand.RunAsync(builder.Configuration, people, TimeProvider.System, Console.Out, CancellationToken.None);
if (Startup.ReasonNotToStart(builder.Configuration, builder.Environment) is { } reason)
{
    await Console.Error.WriteLineAsync(reason);
    return 1;
}

builder.AddQuietLogging();
builder.AddTelemetry();
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.AddServerHeader = false;
    kestrel.Limits.MaxRequestBodySize = 256 * 1024; // ten times our longest form
});
builder.Services.AddPeerSupport(builder.Configuration, builder.Environment);
builder.Services.AddReadiness();
builder.Services.AddHostedService<CrisisLineRefresh>().AddSingleton<CrisisLines>().AddSingleton<StaticPage>().AddSingleton<FaultPages>();
builder.Services.AddRazorComponents().AddInteractiveServerComponents(circuit =>
{
    circuit.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(2);
    circuit.DetailedErrors = false;
}).AddHubOptions(hub =>
{
    // A lost connection is noticed within seconds; js/live.js says the same from the browser's side.
    hub.KeepAliveInterval = TimeSpan.FromSeconds(5);
    hub.ClientTimeoutInterval = TimeSpan.FromSeconds(20);
});
builder.Services.AddMudServices();
builder.Services.AddScoped<OperationsReading>();
builder.Services.AddSingleton<TrackActions>();
builder.Services.AddAccountPages(builder.Configuration);
builder.Services.AddCompression();
builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());

var app = builder.Build();
if (await app.UnsafeLoginAsync() is { } unsafeLogin)
{
    await Console.Error.WriteLineAsync(unsafeLogin);
    return 1;
}

app.UsePublicScheme();
app.UseSecurityHeaders();
app.UseRequestLog();
app.UseFaultPages();
app.UseOriginGuard();
app.UseCompression();
app.UseNothingHerePage();
app.UseRouting();
app.UseCheckedLoginsOnly();
app.UseAuthentication();
app.UseReaderLanguage();
app.UseSecondFactorGate();
app.UseLanguageChoice();
app.UseAuthorization();
app.UseAntiforgery();
app.UseStaleFormPage();
app.MapStaticAssets().AllowAnonymous();
app.MapHealth();
app.MapAccountEndpoints();
app.MapCaseEndpoints();
app.MapProfileEndpoints();
app.MapTrackEndpoints();
app.MapHandOnEndpoints();
app.MapReferralEndpoints();
app.MapReportEndpoints();
app.MapAdministrationEndpoints();
app.MapRazorComponents<App>().AddInteractiveServerRenderMode(live => live.ContentSecurityFrameAncestorsPolicy = null);
await app.RunAsync();
return Environment.ExitCode;
