using PeerSupport.Domain.Escalation;
using PeerSupport.Domain.People;
using PeerSupport.Services.Escalation;
using PeerSupport.Services.Escalation.Fhir;
using PeerSupport.Services.People;
using PeerSupport.Web.Account;
using PeerSupport.Web.Hosting;
using static PeerSupport.Domain.Say;

namespace PeerSupport.Web.Features.Escalation.Referral;

/// <summary>The referral as a file for the clinician's own system (FHIR R4).</summary>
public static class ReferralEndpoints
{
    public static void MapReferralEndpoints(this WebApplication app) =>
        app.MapGet("/tracks/{id:guid}/referral.json", DownloadAsync).RequireAuthorization(policy => policy.RequireRole(nameof(Role.Clinician)));

    /// <summary>For the clinician of the track; the download is an entry of the record. The file's name is the same for everybody.</summary>
    private static async Task DownloadAsync(Guid id, HttpContext http, CurrentActor current, ReadTrack reading, StaticPage page)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (await current.GetAsync(http.RequestAborted) is not { } actor)
        {
            http.Response.Redirect("/sign-in");
            return;
        }

        var opened = await reading.OpenAsync(actor, id, ReadReason.TookDocument, http.RequestAborted);
        if (opened.Refusal is not { } refusal)
            await TypedResults.Bytes(ReferralJson.Of(ContentOf(opened.Value)), ReferralJson.MediaType, ReferralJson.FileName).ExecuteAsync(http);
        else if (refusal == EscalationRefusals.NotFound)
            http.Response.StatusCode = StatusCodes.Status404NotFound;
        else
            await page.WriteAsync(http, StatusCodes.Status409Conflict, T("Not opened", "No se abrió"), refusal.Sentence, $"/tracks/{id}", T("Back to the track", "Volver al seguimiento"));
    }

    private static ReferralContent ContentOf(TrackFile file)
    {
        var (view, row) = (file.View, file.View.Row);
        return new ReferralContent(
            row.TrackId, file.Facts, row.Basis, row.Voluntariness, row.ReferredAt ?? row.OpenedAt, row.ClinicianName ?? "", view.StewardName, view.StewardPhone);
    }
}
