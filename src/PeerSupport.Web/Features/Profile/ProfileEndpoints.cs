using PeerSupport.Domain.People;
using PeerSupport.Services.Profile;
using PeerSupport.Web.Account;

namespace PeerSupport.Web.Features.Profile;

/// <summary>Addresses of one's own profile that are no pages.</summary>
public static class ProfileEndpoints
{
    public static void MapProfileEndpoints(this WebApplication app) =>
        // Asked by sw.js when this device is woken: 204 while a practice alert was sent a moment ago, else 404. Says nothing more.
        app.MapGet("/me/practice/waiting", WaitingAsync)
            .RequireAuthorization(policy => policy.RequireRole(nameof(Role.Peer)))
            .WithMetadata(new BackgroundRequestAttribute());

    private static async Task<IResult> WaitingAsync(CurrentActor current, Practice practice, TimeProvider clock, CancellationToken cancellationToken) =>
        await current.GetAsync(cancellationToken, touch: false) is { } actor
            && await practice.WaitingSinceAsync(actor, cancellationToken) is { } since && clock.GetUtcNow() - since < PracticeRules.PushWithin
            ? TypedResults.NoContent()
            : TypedResults.NotFound();
}
