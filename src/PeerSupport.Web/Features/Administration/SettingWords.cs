using System.Globalization;
using PeerSupport.Domain.People;
using PeerSupport.Services.People.Administration;
using PeerSupport.Web.Account;
using PeerSupport.Web.Shared;
using static PeerSupport.Domain.Say;

namespace PeerSupport.Web.Features.Administration;

/// <summary>The words of the settings log, in which only codes, names and numbers stand.</summary>
public static class SettingWords
{
    public static string Of(SettingKind kind) => kind switch
    {
        SettingKind.Agency => T("Agency", "Agencia"),
        SettingKind.Region => T("Region", "Región"),
        SettingKind.Unit => T("Unit", "Unidad"),
        SettingKind.AlertPlan => T("How notices widen", "Cómo se amplían los avisos"),
        SettingKind.CrisisLine => T("Crisis line", "Línea de crisis"),
        SettingKind.Disclaimer => T("Words to say first", "Palabras que se dicen primero"),
        SettingKind.SituationCategory => T("Category of situations", "Categoría de situaciones"),
        SettingKind.SituationType => T("Situation", "Situación"),
        _ => "",
    };

    public static string Of(SettingPart part) => part switch
    {
        SettingPart.Name => T("Name", "Nombre"),
        SettingPart.Region => T("Region", "Región"),
        SettingPart.TimeZone => T("Time zone", "Zona horaria"),
        SettingPart.SharesPeers => T("Shares peers with the region", "Comparte compañeros con la región"),
        SettingPart.StandsUnder => T("Stands under", "Está debajo de"),
        SettingPart.GroupAfter => T("The whole agency, by day", "Toda la agencia, de día"),
        SettingPart.RegionAfter => T("The region, by day", "La región, de día"),
        SettingPart.TellAfter => T("The psychologist hears, by day", "La psicóloga o el psicólogo lo sabe, de día"),
        SettingPart.NightGroupAfter => T("The whole agency, by night", "Toda la agencia, de noche"),
        SettingPart.NightRegionAfter => T("The region, by night", "La región, de noche"),
        SettingPart.NightTellAfter => T("The psychologist hears, by night", "La psicóloga o el psicólogo lo sabe, de noche"),
        SettingPart.NightFrom => T("Night begins", "Empieza la noche"),
        SettingPart.NightUntil => T("Night ends", "Termina la noche"),
        SettingPart.Label => T("On the page", "En la página"),
        SettingPart.Tel => T("What is dialled", "Lo que se marca"),
        SettingPart.English => T("In English", "En inglés"),
        SettingPart.Spanish => T("In Spanish", "En español"),
        SettingPart.Position => T("Place in the list", "Lugar en la lista"),
        SettingPart.LastVerified => T("Last checked", "Última revisión"),
        SettingPart.Version => T("Version", "Versión"),
        SettingPart.Offered => T("Offered", "Se ofrece"),
        _ => "",
    };

    /// <summary>What a part says, as the reader reads it.</summary>
    public static string ValueOf(SettingLine line) => line.Part switch
    {
        SettingPart.SharesPeers or SettingPart.Offered => line.Value == "yes" ? T("yes", "sí") : T("no", "no"),
        SettingPart.TimeZone => TimeZones.Offered(line.Value).First(zone => zone.Id == line.Value).Words,
        SettingPart.StandsUnder when line.Value.Length == 0 => T("no other", "ninguna"),
        SettingPart.LastVerified => DateOnly.TryParseExact(line.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? LocalTime.Day(day) : T("not checked", "sin revisar"),
        SettingPart.GroupAfter or SettingPart.RegionAfter or SettingPart.TellAfter or SettingPart.NightGroupAfter or SettingPart.NightRegionAfter or SettingPart.NightTellAfter => T($"{line.Value} minutes", $"{line.Value} minutos"),
        _ => line.Value,
    };

    /// <summary>In which language a part is written, where that is fixed.</summary>
    public static string? LanguageOf(SettingPart part) => part switch
    {
        SettingPart.English => "en",
        SettingPart.Spanish => "es",
        _ => null,
    };

    /// <summary>The name of what was changed: the reader's, where it has one in each language.</summary>
    public static string NameOf(SettingChange change) => change.Subject.Split('\n') is [var english, var spanish] ? InSpanish ? spanish : english : change.Subject;
}
