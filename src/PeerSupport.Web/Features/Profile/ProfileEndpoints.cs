using Microsoft.AspNetCore.Antiforgery;
using PeerSupport.Domain.People;
using PeerSupport.Services.Cases;
using PeerSupport.Services.Profile;
using PeerSupport.Web.Account;

namespace PeerSupport.Web.Features.Profile;

/// <summary>Addresses of one's own profile that are no pages.</summary>
public static class ProfileEndpoints
{
    /// <summary>What sw.js needs to tell us another address of its browser.</summary>
    public sealed record PushAnswer(string Key, string Field, string Token);

    public static void MapProfileEndpoints(this WebApplication app)
    {
        // Asked by sw.js when this device is woken: "practice" while a practice alert was sent a moment ago, "notice" while a
        // case is open to this peer, else "covered". Says nothing more.
        app.MapGet("/me/woken", WokenAsync)
            .RequireAuthorization(policy => policy.RequireRole(nameof(Role.Peer)))
            .WithMetadata(new BackgroundRequestAttribute());

        // Asked and told by sw.js when its browser has another address for alerts. A worker has no form, so it reads a form
        // token here as a page would: no other site can read the answer (it is shared with none), so none can make the
        // post, which is checked like any form. And the post adds nobody: the new address only takes the place of one that
        // the same peer turned on.
        var push = app.MapGroup("/me/push").RequireAuthorization(policy => policy.RequireRole(nameof(Role.Peer))).WithMetadata(new BackgroundRequestAttribute());
        push.MapGet("", KeyAsync);
        push.MapPost("", RenewAsync).WithMetadata(new RequireAntiforgeryTokenAttribute());
    }

    private static async Task<IResult> KeyAsync(HttpContext http, CurrentActor current, AlertChannels channels, IAntiforgery forms, CancellationToken cancellationToken)
    {
        if (await current.GetAsync(cancellationToken, touch: false) is not { } actor || channels.PushKeyFor(actor) is not { Succeeded: true } key)
            return TypedResults.NotFound();
        var token = forms.GetAndStoreTokens(http); // forbids caches, too
        return TypedResults.Ok(new PushAnswer(key.Value, token.FormFieldName, token.RequestToken!));
    }

    private static async Task<IResult> RenewAsync(HttpContext http, CurrentActor current, AlertChannels channels, CancellationToken cancellationToken)
    {
        if (await current.GetAsync(cancellationToken, touch: false) is not { } actor)
            return TypedResults.NotFound();
        var form = await http.Request.ReadFormAsync(cancellationToken);
        return (await channels.RenewBrowserAsync(actor, form["old"], form["new"], cancellationToken)).Succeeded ? TypedResults.NoContent() : TypedResults.NotFound();
    }

    private static async Task<IResult> WokenAsync(CurrentActor current, Practice practice, CrowdBoards boards, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await current.GetAsync(cancellationToken, touch: false) is not { } actor)
            return TypedResults.NotFound();
        if (await practice.WaitingSinceAsync(actor, cancellationToken) is { } since && clock.GetUtcNow() - since < PracticeRules.PushWithin)
            return TypedResults.Text("practice");
        var board = await boards.ReadAsync(actor, cancellationToken);
        return !board.Succeeded ? TypedResults.NotFound() : TypedResults.Text(board.Value.OpenCount > 0 ? "notice" : "covered");
    }
}
