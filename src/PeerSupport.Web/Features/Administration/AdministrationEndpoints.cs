using PeerSupport.Domain.People;
using PeerSupport.Services.People.Administration;
using PeerSupport.Web.Account;
using PeerSupport.Web.Shared;
using static PeerSupport.Domain.Say;

namespace PeerSupport.Web.Features.Administration;

/// <summary>The list of people as a file.</summary>
public static class AdministrationEndpoints
{
    /// <summary>Everybody the filter of the page finds, one a row.</summary>
    public static void MapAdministrationEndpoints(this WebApplication app) =>
        app.MapGet("/people/export", async (HttpContext http, CurrentActor current, PeopleExport people, CancellationToken cancellationToken) =>
        {
            http.Response.Headers.CacheControl = "no-store";
            if (await current.GetAsync(cancellationToken) is not { } actor)
                return Results.Redirect("/sign-in");
            var read = await people.ReadAsync(actor, PeopleFilters.Of(http.Request.Query), cancellationToken);
            return read.Succeeded ? Results.File(PeopleCsv(read.Value), Csv.MediaType, "people.csv") : Results.NotFound();
        }).RequireAuthorization(policy => policy.RequireRole(nameof(Role.Administrator)));

    /// <summary>The columns of an import in their order, so that the file can be brought in again; then what a list cannot carry, which an import passes over.</summary>
    internal static byte[] PeopleCsv(IReadOnlyList<ExportedPerson> people) => Csv.Of(people
        .Select(person => (string[])[.. person.Row.InOrder, string.Join(", ", person.OtherRoles.Select(AdminWords.Of)), AdminWords.Of(person.State)])
        .Prepend([.. ImportFile.Columns.Select(column => T(column.English, column.Spanish)), T("other roles", "otros roles"), T("account", "cuenta")]));
}
