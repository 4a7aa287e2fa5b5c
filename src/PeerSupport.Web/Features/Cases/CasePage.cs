using Microsoft.AspNetCore.Components;
using PeerSupport.Services.People;
using PeerSupport.Web.Account;
using PeerSupport.Web.Shared;

namespace PeerSupport.Web.Features.Cases;

/// <summary>
/// What the pages of a case share. They are static: each answer is rendered once for the person who asks, reread from
/// the database, and nothing of it stays in the server's memory.
/// </summary>
public abstract class CasePage : ComponentBase
{
    [CascadingParameter] protected HttpContext Http { get; set; } = null!;
    [Inject] protected CurrentActor Current { get; set; } = null!;
    [Inject] protected TimeProvider Clock { get; set; } = null!;
    [Inject] protected NavigationManager Navigation { get; set; } = null!;

    /// <summary>Who reads the page; null until asked for, and when they are no longer signed in.</summary>
    protected Actor? Actor { get; private set; }
    protected CancellationToken Gone => Http.RequestAborted;
    protected bool IsPost => HttpMethods.IsPost(Http.Request.Method);

    /// <summary>Rereads who asks. When nobody does any more, the answer leads to the sign-in page and this is null.</summary>
    protected async Task<Actor?> AskActorAsync()
    {
        Actor = await Current.GetAsync(Gone);
        if (Actor is null)
            SeeOther("/sign-in");
        return Actor;
    }

    /// <summary>After something was done: a redirect that every browser follows with a GET, so a reload repeats nothing.</summary>
    protected void SeeOther(string path)
    {
        Http.Response.StatusCode = StatusCodes.Status303SeeOther;
        Http.Response.Headers.Location = path;
    }

    /// <summary>The same answer for what does not exist and for what is somebody else's.</summary>
    protected void NothingHere() => Navigation.NotFound();

    /// <summary>A refusal is an answer too, with a status that says so.</summary>
    protected void Refused(int status = StatusCodes.Status409Conflict) => Http.Response.StatusCode = status;

    /// <summary>"02:14" in the reader's own zone.</summary>
    protected string Time(DateTimeOffset time) => LocalTime.Brief(time, Actor!.TimeZone, Clock.GetUtcNow());

    /// <summary>True when the address carries this flag, set by the redirect after a commit.</summary>
    protected bool Flag(string name) => Http.Request.Query.ContainsKey(name);

    /// <summary>A field of the posted form, or nothing.</summary>
    protected string Posted(string name) => Http.Request.HasFormContentType ? Http.Request.Form[name].ToString() : "";
}
