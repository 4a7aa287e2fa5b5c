using PeerSupport.Domain.People;
using PeerSupport.Services.Cases;
using PeerSupport.Services.Profile;
using PeerSupport.Web.Account;

namespace PeerSupport.Web.Features.Profile;

/// <summary>Addresses of one's own profile that are no pages.</summary>
public static class ProfileEndpoints
{
    public static void MapProfileEndpoints(this WebApplication app) =>
        // Asked by sw.js when this device is woken: "practice" while a practice alert was sent a moment ago, "notice" while a
        // case is open to this peer, else "covered". Says nothing more.
        app.MapGet("/me/woken", WokenAsync)
            .RequireAuthorization(policy => policy.RequireRole(nameof(Role.Peer)))
            .WithMetadata(new BackgroundRequestAttribute());

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
