using PeerSupport.Domain.People;
using PeerSupport.Services.Escalation;
using PeerSupport.Web.Account;
using PeerSupport.Web.Shared;

namespace PeerSupport.Web.Features.Escalation.HandOn;

/// <summary>Addresses of a hand-off that are no pages.</summary>
public static class HandOnEndpoints
{
    /// <summary>What js/danger.js reads: the sentence of the page, and whether there is more to wait for.</summary>
    public sealed record AlarmAnswer(string Said, bool Answered);

    public static void MapHandOnEndpoints(this WebApplication app) =>
        app.MapGet("/hand-on/alarm", AlarmAsync)
            .RequireAuthorization(policy => policy.RequireRole(nameof(Role.Peer), nameof(Role.Psychologist)))
            .WithMetadata(new BackgroundRequestAttribute());

    /// <summary>The reader's own alarm; nobody else's can be asked for.</summary>
    private static async Task<IResult> AlarmAsync(HttpContext http, CurrentActor current, DangerAlarms alarms, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await current.GetAsync(cancellationToken, touch: false) is not { } actor || await alarms.FindOwnAsync(actor, cancellationToken) is not { } alarm)
            return TypedResults.NotFound();
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new AlarmAnswer(AlarmWords.Of(alarm, time => LocalTime.Brief(time, actor.TimeZone, clock.GetUtcNow())), alarm.AnsweredBy is not null));
    }
}
