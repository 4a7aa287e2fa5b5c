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

    /// <summary>Issuer and kinds of proof, kept from the signed token for the rest of the request.</summary>
    private static readonly object FromToken = new();

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
        oidc.ClaimActions.MapUniqueJsonKey("email_verified", "email_verified");
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
                context.HttpContext.Items[FromToken] = (Issuer: context.SecurityToken.Issuer, Proofs: context.Principal!.FindAll("amr").Select(claim => claim.Value).ToArray());
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
        var (issuer, proofs) = ((string Issuer, string[] Proofs))http.Items[FromToken]!;
        var person = context.Principal!;
        var verified = settings.TrustEmail || string.Equals(person.FindFirstValue("email_verified"), "true", StringComparison.OrdinalIgnoreCase);
        var strong = settings.AlwaysSecondFactor || proofs.Contains("mfa", StringComparer.Ordinal);
        var outcome = await http.RequestServices.GetRequiredService<ProviderSignIn>().EnterAsync(
            new ProviderIdentity(issuer, person.FindFirstValue("sub") ?? "", person.FindFirstValue("email"), verified, strong), Browser.CallerOf(http), http.RequestAborted);
        context.HandleResponse();
        if (!outcome.Succeeded)
        {
            context.Response.Redirect("/sign-in?note=provider-refused");
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
