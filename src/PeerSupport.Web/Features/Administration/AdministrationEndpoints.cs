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
        app.MapGet("/people/export", async (HttpContext http, CurrentActor current, PeopleList list, CancellationToken cancellationToken) =>
        {
            http.Response.Headers.CacheControl = "no-store";
            if (await current.GetAsync(cancellationToken) is not { } actor)
                return Results.Redirect("/sign-in");
            var read = await list.ExportAsync(actor, PeopleFilters.Of(http.Request.Query), cancellationToken);
            return read.Succeeded ? Results.File(PeopleCsv(read.Value), Csv.MediaType, "people.csv") : Results.NotFound();
        }).RequireAuthorization(policy => policy.RequireRole(nameof(Role.Administrator)));

    /// <summary>Who they are and what they may do, as the page shows it.</summary>
    internal static byte[] PeopleCsv(IReadOnlyList<PersonRow> people) => Csv.Of(people
        .Select(person => (string[])[person.Name, person.Email, person.AgencyName, string.Join(", ", person.Roles.Select(AdminWords.Of)), AdminWords.Of(person.State)])
        .Prepend([T("name", "nombre"), T("email", "correo"), T("agency", "agencia"), T("role", "rol"), T("account", "cuenta")]));
}
