using PeerSupport.Domain.People;
using PeerSupport.Services.Cases;
using PeerSupport.Web.Account;
using PeerSupport.Web.Features.Cases.Posting;

namespace PeerSupport.Web.Features.Cases;

/// <summary>Addresses of cases that are no pages.</summary>
public static class CaseEndpoints
{
    public static void MapCaseEndpoints(this WebApplication app)
    {
        // Asked by an open reveal every few seconds: 204 while the case is still this person's to see, else 404. Says nothing more.
        app.MapGet("/my-case/{id:guid}/held", HeldAsync)
            .RequireAuthorization(policy => policy.RequireRole(nameof(Role.Peer), nameof(Role.Psychologist)))
            .WithMetadata(new BackgroundRequestAttribute());
        app.MapNoticeAnswers();
        app.MapDraftEndpoints();
    }

    private static async Task<IResult> HeldAsync(Guid id, CurrentActor current, HeldCases cases, CancellationToken cancellationToken) =>
        await current.GetAsync(cancellationToken, touch: false) is { } actor && await cases.MayStillSeeAsync(actor, id, cancellationToken)
            ? TypedResults.NoContent()
            : TypedResults.NotFound();
}
