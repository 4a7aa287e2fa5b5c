using static PeerSupport.Domain.Say;

namespace PeerSupport.Web.Hosting;

/// <summary>
/// The pages people read when something is wrong. Each says what is true about what they sent, and no more, in the
/// reader's language as far as it is known by then.
/// </summary>
public sealed class FaultPages(StaticPage page)
{
    /// <summary>The database does not answer. Whether something sent was still saved is not known then, and is not claimed.</summary>
    public Task UnavailableAsync(HttpContext http)
    {
        ReaderLanguage.Apply(http);
        var sentence = Asks(http)
            ? T("Nothing was changed. Wait a moment, then try again.", "No se cambió nada. Espere un momento e inténtelo de nuevo.")
            : T("What you sent was most likely not saved. Wait a moment, open the page again and look before you send it once more.",
                "Lo más probable es que no se haya guardado lo que envió. Espere un momento, abra la página otra vez y mire antes de enviarlo de nuevo.");
        return WriteAsync(http, StatusCodes.Status503ServiceUnavailable, T("We cannot reach our records right now", "En este momento no podemos llegar a nuestros registros"),
            sentence, T("Try again", "Intentar de nuevo"), retryAfter: true);
    }

    /// <summary>A defect.</summary>
    public Task FailedAsync(HttpContext http)
    {
        ReaderLanguage.Apply(http);
        return page.WriteAsync(
            http, StatusCodes.Status500InternalServerError, T("Something went wrong on our side", "Algo falló de nuestro lado"),
            Asks(http)
                ? T("Nothing was changed. If it happens again, tell your administrator.", "No se cambió nada. Si vuelve a pasar, avise a quien administra el sistema.")
                : T("What you sent may not have been saved: look before you send it once more. If it happens again, tell your administrator.",
                    "Puede que no se haya guardado lo que envió: mire antes de enviarlo de nuevo. Si vuelve a pasar, avise a quien administra el sistema."),
            "/", StartPage);
    }

    /// <summary>Who may not see a thing cannot tell whether it is there: one page, byte for byte.</summary>
    public Task NothingHereAsync(HttpContext http)
    {
        ReaderLanguage.Apply(http);
        return page.WriteAsync(
            http, StatusCodes.Status404NotFound, T("There is nothing here for you", "Aquí no hay nada para usted"),
            T("The address may be old, or what was here is over and gone.", "Puede que la dirección sea vieja, o que lo que había aquí ya haya terminado."), "/", StartPage);
    }

    /// <summary>A form whose token is missing or too old.</summary>
    public Task StaleFormAsync(HttpContext http)
    {
        ReaderLanguage.Apply(http);
        return WriteAsync(
            http, StatusCodes.Status400BadRequest, T("This page was open too long", "Esta página estuvo abierta demasiado tiempo"),
            T("So nothing was sent, and nothing is lost. Open it again and try once more.", "Por eso no se envió nada, y nada se ha perdido. Ábrala otra vez e inténtelo de nuevo."), T("Open it again", "Abrirla otra vez"));
    }

    /// <summary>More than any of our forms can hold, or no form at all.</summary>
    public Task UnreadableAsync(HttpContext http, int status)
    {
        ReaderLanguage.Apply(http);
        return WriteAsync(
            http, status, status == StatusCodes.Status413PayloadTooLarge ? T("That was too long", "Era demasiado largo") : T("That could not be read", "No se pudo leer"),
            T("So nothing was sent. Go back, make it shorter, and try again.", "Por eso no se envió nada. Vuelva atrás, acórtelo e inténtelo de nuevo."), T("Open the page again", "Abrir la página otra vez"));
    }

    private static string StartPage => T("Go to your start page", "Ir a su página de inicio");

    private Task WriteAsync(HttpContext http, int status, string heading, string sentence, string linkWords, bool retryAfter = false) =>
        page.WriteAsync(http, status, heading, sentence, SamePage(http.Request.Path), linkWords, retryAfter ? "5" : null);

    /// <summary>The address somebody was at. Two slashes at its beginning would lead to another site.</summary>
    internal static string SamePage(PathString path) =>
        path.Value is ['/', not ('/' or '\\'), ..] and var here ? here : "/";

    private static bool Asks(HttpContext http) => HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
}
