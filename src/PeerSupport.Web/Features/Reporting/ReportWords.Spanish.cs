using System.Globalization;
using PeerSupport.Domain.Reporting;

namespace PeerSupport.Web.Features.Reporting;

public sealed partial record ReportWords
{
    /// <summary>In Spanish.</summary>
    public static ReportWords Spanish { get; } = new()
    {
        Language = "es",
        Culture = CultureInfo.GetCultureInfo("es-US"),
        Heading = "Informe del programa",
        AllAgencies = "todas las agencias",
        Year = "Año",
        Part = "Parte del año",
        WholeYear = "Año entero",
        Show = "Mostrar",
        Line = "Línea",
        Cases = "Casos",
        SincePrevious = "Desde el período anterior",
        SinceYearBefore = "Desde hace un año",
        Higher = "más",
        Lower = "menos",
        NoClearChange = "sin cambio claro",
        NothingToCompare = "nada que comparar",
        Withheld = "no se muestra",
        WithheldWhy = "Una línea que no se muestra podría calcularse con las otras tablas.",
        FewerThan = "menos de",
        To = "a",
        AtLeast = "al menos",
        BetweenClosed = "Se cerraron entre {0} y {1} casos.",
        AtLeastClosed = "Se cerraron al menos {0} casos.",
        MostOften = "Lo más frecuente: {0}.",
        All = "Total",
        KeySure = "al menos tantos",
        KeyMaybe = "hasta tantos",
        ChartIs = "{0}, en intervalos",
        TableSame = "La tabla de al lado muestra los mismos valores.",
        Programme = "El programa hoy",
        ActivePeers = "Compañeros activos",
        OnABreak = "En pausa",
        TrainingDue = "Formación pendiente en 60 días",
        Agencies = "Agencias participantes",
        Published = "Publicado el {0}.",
        TotalsWide = "Los totales suman los intervalos; por eso son amplios.",
        Print = "Imprimir",
        OtherLanguage = "In English",
        NewestInstead = "Para ese período no se ha publicado nada. Este es el más reciente.",
        NothingYet = "Todavía no se ha publicado nada.",
        NothingYetWhy = "Una tabla aparece aquí 30 días después de que termine su período. Nunca verá un caso, un nombre ni un número en vivo.",
        ProtectedHeading = "Cómo se protegen estos números",
        Title = measure => measure switch
        {
            Measure.SituationCategory => "Con qué llegaron las personas",
            Measure.Outcome => "Cómo terminaron los casos",
            Measure.TimeToAccept => "Cuánto tardó un compañero en aceptar",
            Measure.Agency => "Qué agencia publicó",
            Measure.Contacts => "Cuántos contactos hubo",
            _ => throw new ArgumentOutOfRangeException(nameof(measure)),
        },
        Protected = rules =>
        [
            ("Intervalos, no recuentos.", $"Por debajo de {rules.Threshold} solo decimos “menos de {rules.Threshold}”. Eso incluye ninguno."),
            ("Se añade una sola vez un poco de ruido al azar,", $"así que una tabla nunca es una prueba fuerte de que cierto caso esté en ella (ε = {Number(rules.Epsilon)} por tabla; {Number(rules.EpsilonPerCase)} por caso entre las cinco). Quien conociera todos los demás casos aún podría adivinar algo mejor que al azar."),
            ("Se publica una vez, 30 días después del final del período,", "y nunca se cambia. Después se borran los recuentos."),
            ("No hay nada detrás de estos números.", "Nadie puede abrir una lista de casos. Cada tabla se compara con todas las demás, para que sumar y restar no devuelva un número pequeño."),
            ("“Más” y “menos” se dicen solo", "cuando el ruido y los intervalos por sí solos mostrarían ese cambio en menos de 1 de cada 100 comparaciones. Con muchas líneas, alguna puede ser casualidad."),
            ("Lo que esto no puede hacer.", "No oculta lo que la gente sabe por otros medios, y qué línea no se muestra puede ser en sí una pequeña pista. Quien tenga varios casos está menos protegido que quien tenga uno solo."),
        ],
    };
}
