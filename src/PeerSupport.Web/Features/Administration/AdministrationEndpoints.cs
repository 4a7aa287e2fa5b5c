using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using PeerSupport.Domain.People;
using PeerSupport.Services.People.Administration;
using PeerSupport.Web.Account;
using PeerSupport.Web.Features.Reporting;
using PeerSupport.Web.Shared;
using static PeerSupport.Domain.Say;

namespace PeerSupport.Web.Features.Administration;

/// <summary>The list of people as a file.</summary>
public static class AdministrationEndpoints
{
    /// <summary>Everybody the filter of the page finds, one a row.</summary>
    public static void MapAdministrationEndpoints(this WebApplication app) =>
        app.MapGet("/people/export", async (HttpContext http, CurrentActor current, PeopleList list, CancellationToken cancellationToken) =>
        {
            http.Response.Headers.CacheControl = "no-store";
            if (await current.GetAsync(cancellationToken) is not { } actor)
                return Results.Redirect("/sign-in");
            var read = await list.ExportAsync(actor, PeopleFilters.Of(http.Request.Query), cancellationToken);
            return read.Succeeded ? Results.File(Csv(read.Value), ReportCsv.MediaType, "people.csv") : Results.NotFound();
        }).RequireAuthorization(policy => policy.RequireRole(nameof(Role.Administrator)));

    /// <summary>UTF-8 with a byte order mark; a cell that a spreadsheet would take for a formula is written as text.</summary>
    internal static byte[] Csv(IReadOnlyList<PersonRow> people)
    {
        using var memory = new MemoryStream();
        using (var text = new StreamWriter(memory, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true))
        using (var csv = new CsvWriter(text, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\r\n" }))
        {
            Row(csv, T("name", "nombre"), T("email", "correo"), T("agency", "agencia"), T("role", "rol"), T("account", "cuenta"));
            foreach (var person in people)
                Row(csv, person.Name, person.Email, person.AgencyName, string.Join(", ", person.Roles.Select(AdminWords.Of)), AdminWords.Of(person.State));
        }

        return memory.ToArray();
    }

    private static void Row(CsvWriter csv, params ReadOnlySpan<string> cells)
    {
        foreach (var cell in cells)
            csv.WriteField(ReportCsv.Inert(cell));
        csv.NextRecord();
    }
}
