using PeerSupport.Domain.People;
using PeerSupport.Services.Reporting;
using PeerSupport.Web.Account;
using PeerSupport.Web.Shared;

namespace PeerSupport.Web.Features.Reporting;

/// <summary>The report as files, equal to the screen.</summary>
public static class ReportEndpoints
{
    public static void MapReportEndpoints(this WebApplication app)
    {
        Map(app, "/report/csv", "csv", Csv.MediaType, (report, words, _) => Task.FromResult(ReportCsv.Of(report, words)));
        Map(app, "/report/xlsx", "xlsx", ReportWorkbook.MediaType, ReportWorkbook.OfAsync);
    }

    private static void Map(WebApplication app, string path, string ending, string mediaType, Func<ShownReport, ReportWords, CancellationToken, Task<byte[]>> write) =>
        app.MapGet(path, async (HttpContext http, CurrentActor current, Reports reports, CancellationToken cancellationToken) =>
        {
            http.Response.Headers.CacheControl = "no-store";
            if (await current.GetAsync(cancellationToken) is not { } actor)
                return Results.Redirect("/sign-in");
            var read = await reports.ReadAsync(actor, AskedPeriod.Read(http.Request.Query), cancellationToken);
            if (!read.Succeeded || read.Value.Period is not { } period)
                return Results.NotFound();
            var words = ReportWords.In(http.Request.Query["lang"].ToString() is "en" or "es" ? http.Request.Query["lang"] : actor.Language);
            var file = await write(ShownReport.Of(read.Value, words), words, cancellationToken);
            return Results.File(file, mediaType, $"program-report-{period.Start.Year}-{AskedPeriod.Part(period)}.{ending}");
        }).RequireAuthorization(policy => policy.RequireRole(nameof(Role.Coordinator)));
}
