using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using PeerSupport.Domain.People;
using PeerSupport.Services.Cases;
using PeerSupport.Services.Persistence;
using PeerSupport.Web.Account;
using PeerSupport.Web.Shared;

namespace PeerSupport.Web.Features.Cases.Posting;

/// <summary>The posting page saves itself here while somebody types.</summary>
public static class DraftEndpoints
{
    /// <summary>What js/draft.js reads: when it was saved in the reader's zone, or why it was not.</summary>
    public sealed record DraftAnswer(string? SavedAt, string? Problem);

    public static void MapDraftEndpoints(this WebApplication app)
    {
        var drafts = app.MapGroup("/cases/draft").RequireAuthorization(policy => policy.RequireRole(nameof(Role.Psychologist)));
        drafts.MapGet("", MayPostAsync);
        drafts.MapPost("", SaveAsync).WithMetadata(new RequireAntiforgeryTokenAttribute());
        drafts.MapPost("/discard", DiscardAsync).WithMetadata(new RequireAntiforgeryTokenAttribute());
    }

    /// <summary>204 when a post would find its way now: signed in, and the records answer. Asked before a form leaves the page.</summary>
    private static async Task<IResult> MayPostAsync(CurrentActor current, Drafts drafts, CancellationToken cancellationToken)
    {
        if (await current.GetAsync(cancellationToken) is not { } actor)
            return TypedResults.Unauthorized();
        await drafts.SavedAtAsync(actor, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> SaveAsync(HttpContext http, CurrentActor current, PostingChoices choosing, Drafts drafts, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await current.GetAsync(cancellationToken) is not { } actor)
            return TypedResults.Unauthorized();
        try
        {
            var choices = await choosing.ReadAsync(actor, cancellationToken);
            if (!choices.Succeeded)
                return TypedResults.NotFound();
            var form = FilledForm.Of(await http.Request.ReadFormAsync(cancellationToken), choices.Value.Peers);
            var saved = await drafts.SaveAsync(actor, form.AsForm(), cancellationToken);
            return saved.Succeeded
                ? TypedResults.Ok(new DraftAnswer(LocalTime.Brief(saved.Value, actor.TimeZone, clock.GetUtcNow()), null))
                : TypedResults.UnprocessableEntity(new DraftAnswer(null, saved.Refusal!.Sentence));
        }
        catch (Exception fault) when (DatabaseFault.IsUnavailable(fault))
        {
            return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static async Task<IResult> DiscardAsync(HttpContext http, CurrentActor current, Drafts drafts, CancellationToken cancellationToken)
    {
        if (await current.GetAsync(cancellationToken) is not { } actor)
            return TypedResults.Redirect("/sign-in");
        await drafts.DiscardAsync(actor, cancellationToken);
        http.Response.Headers.Location = "/cases?discarded=1";
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }
}
