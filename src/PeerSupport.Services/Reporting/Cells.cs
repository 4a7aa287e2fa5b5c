using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.Reporting;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Reporting;

/// <summary>A line of a table before it has a number.</summary>
internal sealed record Cell(string Code, string English, string Spanish);

/// <summary>
/// Every line a table has, whether anything was counted in it or not: a table with only the lines that occurred would say
/// which did not.
/// </summary>
internal static class Cells
{
    private static readonly Cell[] Outcomes =
    [
        Of(CaseOutcome.Supported, "Talked, and that was enough", "Hablaron, y fue suficiente"),
        Of(CaseOutcome.OtherHelp, "Went on with other help", "Siguió con otra ayuda"),
        Of(CaseOutcome.HandedOn, "Handed on to a clinician", "Derivado a un profesional clínico"),
        Of(CaseOutcome.Declined, "Did not want to talk", "No quiso hablar"),
        Of(CaseOutcome.NotReached, "Could not be reached", "No se le pudo localizar"),
        Of(CaseOutcome.Withdrawn, "Withdrawn before a peer accepted", "Retirado antes de que un compañero aceptara"),
    ];

    private static readonly Cell[] Waits =
    [
        new("under-15m", "Under 15 minutes", "Menos de 15 minutos"),
        new("under-1h", "15 minutes to an hour", "De 15 minutos a una hora"),
        new("later", "Over an hour", "Más de una hora"),
        new("never", "Nobody accepted", "Nadie aceptó"),
    ];

    private static readonly Cell[] Contacts =
    [
        new("none", "None counted", "Ninguno contado"),
        new("one", "One", "Uno"),
        new("two", "Two", "Dos"),
        new("three-or-more", "Three or more", "Tres o más"),
    ];

    /// <summary>The lines of a measure as they are named today.</summary>
    public static async Task<IReadOnlyList<Cell>> OfAsync(PeerSupportContext db, Measure measure, CancellationToken cancellationToken) => measure switch
    {
        Measure.Outcome => Outcomes,
        Measure.TimeToAccept => Waits,
        Measure.Contacts => Contacts,
        Measure.SituationCategory => (await db.SituationCategories.AsNoTracking().OrderBy(c => c.Id).ToListAsync(cancellationToken))
            .ConvertAll(c => new Cell(c.Id.ToString(CultureInfo.InvariantCulture), c.English, c.Spanish)),
        Measure.Agency => (await db.Agencies.AsNoTracking().OrderBy(a => a.Name).ThenBy(a => a.Id).ToListAsync(cancellationToken))
            .ConvertAll(a => new Cell(a.Id.ToString(), a.Name, a.Name)),
        _ => throw new ArgumentOutOfRangeException(nameof(measure)),
    };

    private static Cell Of(CaseOutcome outcome, string english, string spanish) => new(outcome.ToString(), english, spanish);
}
