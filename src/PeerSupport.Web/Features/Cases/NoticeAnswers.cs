using Microsoft.AspNetCore.Antiforgery;
using PeerSupport.Domain;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services.Cases;
using PeerSupport.Services.People;
using PeerSupport.Web.Account;
using PeerSupport.Web.Hosting;

namespace PeerSupport.Web.Features.Cases;

/// <summary>
/// Accept and "Not me": posts of the notice page, answered without rendering a component, because everybody who was
/// alerted may answer in the same second.
/// </summary>
internal static class NoticeAnswers
{
    /// <summary>Takes the posts of the address whose GET is the notice page.</summary>
    public static void MapNoticeAnswers(this WebApplication app) =>
        app.MapPost("/notices/{id:guid}", AnswerAsync)
            .WithOrder(-1)
            .RequireAuthorization(policy => policy.RequireRole(nameof(Role.Peer)))
            .WithMetadata(new RequireAntiforgeryTokenAttribute());

    private static async Task AnswerAsync(HttpContext http, Guid id, CurrentActor current, AcceptCase accepting, PeerBoards boards, StaticPage page, FaultPages faults)
    {
        var cancellationToken = http.RequestAborted;
        var form = await http.Request.ReadFormAsync(cancellationToken);
        if (await current.GetAsync(cancellationToken) is not { } actor)
        {
            SeeOther(http, "/sign-in");
            return;
        }

        switch (form["_handler"].ToString())
        {
            case "accept":
                await SayAsync(http, await accepting.AcceptAsync(actor, id, cancellationToken), $"/my-case/{id}?accepted=1", page, faults);
                break;
            case "not-me":
                await SayAsync(http, await boards.DeclineAsync(actor, id, cancellationToken), "/notices?not-me=1", page, faults);
                break;
            default:
                await faults.UnreadableAsync(http, StatusCodes.Status400BadRequest);
                break;
        }
    }

    private static Task SayAsync(HttpContext http, Result result, string then, StaticPage page, FaultPages faults)
    {
        if (result.Succeeded)
        {
            SeeOther(http, then);
            return Task.CompletedTask;
        }

        if (result.Refusal == CaseRefusals.NotFound)
            return faults.NothingHereAsync(http);
        // Never back to the notice: off duty, untrained or too late, it does not exist for them.
        var heading = result.Refusal == CaseRefusals.AlreadyTaken ? Say.T("It is covered", "Ya está cubierto") : Say.T("Not accepted", "No se aceptó");
        return page.WriteAsync(http, StatusCodes.Status409Conflict, heading, result.Refusal!.Sentence, "/notices", Say.T("Back to the notices", "Volver a los avisos"));
    }

    /// <summary>After something was done: a redirect that every browser follows with a GET, so a reload repeats nothing.</summary>
    private static void SeeOther(HttpContext http, string path)
    {
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = path;
    }
}
