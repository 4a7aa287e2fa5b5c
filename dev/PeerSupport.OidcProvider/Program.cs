using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using PeerSupport.OidcProvider;
using static OpenIddict.Abstractions.OpenIddictConstants;

var builder = WebApplication.CreateBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
var users = JsonSerializer.Deserialize<ProviderUser[]>(builder.Configuration[ProviderUser.Variable] ?? "[]")!;
var (client, secret, redirect) = (builder.Configuration["PROVIDER_CLIENT"], builder.Configuration["PROVIDER_SECRET"], builder.Configuration["PROVIDER_REDIRECT"]);

// In the JWKS stands another one.
using var strangers = RSA.Create(2048);
var foreign = new SigningCredentials(new RsaSecurityKey(strangers), SecurityAlgorithms.RsaSha256);

builder.Services.AddOpenIddict().AddServer(server =>
{
    server.EnableDegradedMode(); // no database: one client, and what it sends is checked below
    server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
    server.SetAuthorizationEndpointUris("connect/authorize").SetTokenEndpointUris("connect/token").SetUserInfoEndpointUris("connect/userinfo");
    server.AddEphemeralEncryptionKey().AddEphemeralSigningKey();
    server.RegisterScopes(Scopes.OpenId, Scopes.Email);
    server.UseAspNetCore().EnableAuthorizationEndpointPassthrough().DisableTransportSecurityRequirement();
    server.AddEventHandler<OpenIddictServerEvents.ValidateAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
    {
        if (context.ClientId != client || context.RedirectUri != redirect)
            context.Reject(Errors.InvalidClient, "Nobody we know.");
        return default;
    }));
    server.AddEventHandler<OpenIddictServerEvents.ValidateTokenRequestContext>(handler => handler.UseInlineHandler(context =>
    {
        if (context.ClientId != client || context.ClientSecret != secret)
            context.Reject(Errors.InvalidClient, "Nobody we know.");
        return default;
    }));
    // What it says beyond the subject is said of this very user, and never of the id token's address.
    server.AddEventHandler<OpenIddictServerEvents.HandleUserInfoRequestContext>(handler => handler
        .SetOrder(int.MaxValue)
        .UseInlineHandler(context =>
        {
            var user = users.First(one => one.Subject == context.AccessTokenPrincipal.GetClaim(Claims.Subject));
            (context.Email, context.EmailVerified) = (user.InfoEmail, user.InfoEmail is null ? null : true);
            return default;
        }));
    server.AddEventHandler<OpenIddictServerEvents.GenerateTokenContext>(handler => handler
        .SetOrder(OpenIddictServerHandlers.Protection.GenerateIdentityModelToken.Descriptor.Order - 500)
        .UseInlineHandler(context =>
        {
            if (context.TokenType != TokenTypeIdentifiers.IdentityToken || users.FirstOrDefault(one => one.Subject == context.Principal.GetClaim(Claims.Subject)) is not { } user)
                return default;
            if (user.Forged)
                context.SigningCredentials = foreign;
            return default;
        }));
    // Before the claims are taken from the principal.
    server.AddEventHandler<OpenIddictServerEvents.GenerateTokenContext>(handler => handler
        .SetOrder(int.MinValue)
        .UseInlineHandler(context =>
        {
            if (context.TokenType == TokenTypeIdentifiers.IdentityToken && users.Any(one => one.WrongNonce && one.Subject == context.Principal.GetClaim(Claims.Subject)))
                context.Principal.SetClaim(Claims.Nonce, "another browser's");
            return default;
        }));
});

var app = builder.Build();
app.MapMethods("/connect/authorize", ["GET", "POST"], (HttpContext http) =>
{
    var request = http.GetOpenIddictServerRequest()!;
    var chosen = http.Request.HasFormContentType ? http.Request.Form["user"].ToString() : "";
    if (users.FirstOrDefault(one => one.Subject == chosen) is not { } user)
        return Results.Content(Choice(request), "text/html");
    var identity = new ClaimsIdentity("provider", Claims.Name, Claims.Role);
    identity.SetClaim(Claims.Subject, user.Subject).SetClaim(Claims.Email, user.Email);
    if (user.Verified is { } verified)
        identity.SetClaim(Claims.EmailVerified, verified);
    if (user.Mfa)
        identity.SetClaims(Claims.AuthenticationMethodReference, ["pwd", "mfa"]);
    identity.SetDestinations(_ => [Destinations.IdentityToken]);
    var principal = new ClaimsPrincipal(identity);
    principal.SetScopes(request.GetScopes());
    return Results.SignIn(principal, properties: null, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
});
await app.RunAsync();

string Choice(OpenIddictRequest request)
{
    var fields = string.Concat(request.GetParameters().Select(one => $"""<input type="hidden" name="{Html(one.Key)}" value="{Html((string?)one.Value)}">"""));
    var buttons = string.Concat(users.Select(user => $"""<button name="user" value="{Html(user.Subject)}">{Html(user.Subject)}</button>"""));
    return $"""<!doctype html><title>Provider</title><form method="post" action="/connect/authorize">{fields}{buttons}</form>""";
}

static string Html(string? text) => HtmlEncoder.Default.Encode(text ?? "");
