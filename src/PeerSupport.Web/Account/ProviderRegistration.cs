using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using PeerSupport.Services.People;

namespace PeerSupport.Web.Account;

/// <summary>
/// Single sign-on by OpenID Connect: authorization code with PKCE. What the provider says is used once, to find who it is;
/// no token is kept. Signing out is ours alone.
/// </summary>
internal static class ProviderRegistration
{
    public const string Scheme = "Provider";

    /// <summary>Where it begins.</summary>
    public const string StartPath = "/sign-in/provider";
    private const string Callback = "/sign-in/provider/callback";

    /// <summary>What the signed token says, kept for the rest of the request.</summary>
    private static readonly object FromToken = new();

    /// <summary>What the userinfo endpoint says of the address.</summary>
    private static readonly object FromUserInfo = new();

    private sealed record Token(string Issuer, string Subject, string[] Proofs, ProviderAddress Address);

    public static void AddProvider(this AuthenticationBuilder authentication, ProviderSettings settings, Uri? origin) => authentication.AddOpenIdConnect(Scheme, oidc =>
    {
        var https = origin?.Scheme == Uri.UriSchemeHttps;
        oidc.Authority = settings.Authority!.ToString();
        oidc.RequireHttpsMetadata = settings.Authority.Scheme == Uri.UriSchemeHttps;
        oidc.ClientId = settings.ClientId;
        oidc.ClientSecret = settings.ClientSecret;
        oidc.ResponseType = OpenIdConnectResponseType.Code;
        // By query: a form posted from another site would come without our cookies, and the origin guard turns it away. The
        // code in the address is good once, and only with what this browser and this server keep.
        oidc.ResponseMode = OpenIdConnectResponseMode.Query;
        oidc.UsePkce = true;
        oidc.SaveTokens = false;
        oidc.MapInboundClaims = false;
        oidc.GetClaimsFromUserInfoEndpoint = true; // some give the address there only
        // What that answer says is read as a whole, below. Mixed into the token's claims, one document's "verified" could
        // stand beside the other's address.
        oidc.ClaimActions.Clear();
        oidc.DisableTelemetry = true;
        // Whoever sits at a shared desk after somebody else is asked who they are, however long the provider remembers the other.
        oidc.Prompt = "login";
        oidc.Scope.Clear();
        oidc.Scope.Add("openid");
        oidc.Scope.Add("email");
        oidc.CallbackPath = Callback;
        oidc.RemoteSignOutPath = PathString.Empty; // nobody signs our people out by a link
        oidc.SignInScheme = SessionPrincipal.Scheme;
        oidc.BackchannelTimeout = TimeSpan.FromSeconds(10);
        Describe(oidc.CorrelationCookie, https, "-Provider-");
        Describe(oidc.NonceCookie, https, "-Nonce-");
        oidc.Events = new OpenIdConnectEvents
        {
            OnRedirectToIdentityProvider = context =>
            {
                // Our configured address, not what a request calls us.
                context.ProtocolMessage.RedirectUri = new Uri(origin!, Callback).AbsoluteUri;
                return Task.CompletedTask;
            },
            OnTokenValidated = context =>
            {
                var token = context.Principal!;
                context.HttpContext.Items[FromToken] = new Token(
                    context.SecurityToken.Issuer, token.FindFirstValue("sub") ?? "", [.. token.FindAll("amr").Select(claim => claim.Value)], ProviderAddress.Of(token));
                return Task.CompletedTask;
            },
            OnUserInformationReceived = context =>
            {
                context.HttpContext.Items[FromUserInfo] = ProviderAddress.Of(context.User.RootElement);
                return Task.CompletedTask;
            },
            OnTicketReceived = context => EnterAsync(context, settings),
            OnAccessDenied = context => BackAsync(context, "provider-failed"),
            OnRemoteFailure = context => BackAsync(context, IsDown(context.Failure) ? "provider-down" : "provider-failed"),
        };
    });

    /// <summary>Begins; says so when the provider cannot be reached.</summary>
    public static async Task StartAsync(HttpContext http, string? back)
    {
        try
        {
            await http.ChallengeAsync(Scheme, new AuthenticationProperties { RedirectUri = LocalPath.Of(back) });
        }
        catch (Exception fault) when (!http.Response.HasStarted && IsDown(fault))
        {
            http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("PeerSupport.Provider").LogWarning("The sign-on provider could not be reached: {Kind}", fault.GetType().Name);
            http.Response.Clear();
            http.Response.Redirect("/sign-in?note=provider-down");
        }
    }

    private static async Task EnterAsync(TicketReceivedContext context, ProviderSettings settings)
    {
        var http = context.HttpContext;
        var token = (Token)http.Items[FromToken]!;
        var address = ProviderAddress.Choose(token.Address, http.Items[FromUserInfo] as ProviderAddress ?? ProviderAddress.None);
        var strong = settings.AlwaysSecondFactor || token.Proofs.Contains("mfa", StringComparer.Ordinal);
        var outcome = await http.RequestServices.GetRequiredService<ProviderSignIn>().EnterAsync(
            new ProviderIdentity(token.Issuer, token.Subject, address.Email, settings.TrustEmail || address.Verified, strong), Browser.CallerOf(http), http.RequestAborted);
        context.HandleResponse();
        if (!outcome.Succeeded)
        {
            context.Response.Redirect(outcome.Refusal == SignInRefusals.Again ? "/sign-in?note=again" : "/sign-in?note=provider-refused");
            return;
        }

        await Browser.EnterAsync(http, http.RequestServices.GetRequiredService<SignIn>(), outcome.Value);
        context.Response.Redirect(LocalPath.Of(context.ReturnUri));
    }

    /// <summary>A wrong, foreign, old or repeated answer, and one that somebody cancelled: one page, and nothing was done.</summary>
    private static Task BackAsync<TOptions>(HandleRequestContext<TOptions> context, string note)
        where TOptions : AuthenticationSchemeOptions
    {
        context.HandleResponse();
        context.Response.Redirect($"/sign-in?note={note}");
        return Task.CompletedTask;
    }

    private static bool IsDown(Exception? fault)
    {
        for (var cause = fault; cause is not null; cause = cause.InnerException)
        {
            if (cause is HttpRequestException or IOException or TaskCanceledException)
                return true;
        }

        return false;
    }

    private static void Describe(CookieBuilder cookie, bool https, string ending)
    {
        AccountRegistration.Describe(cookie, AccountRegistration.CookieName(https) + ending, https);
    }
}
