namespace PeerSupport.Web.Hosting;

/// <summary>The pages people read when something is wrong. Each says what is true about what they sent, and no more.</summary>
public sealed class FaultPages(StaticPage page)
{
    /// <summary>The database does not answer. Whether something sent was still saved is not known then, and is not claimed.</summary>
    public Task UnavailableAsync(HttpContext http)
    {
        var sentence = Asks(http)
            ? "Nothing was changed. Wait a moment, then try again."
            : "What you sent was most likely not saved. Wait a moment, open the page again and look before you send it once more.";
        return WriteAsync(http, StatusCodes.Status503ServiceUnavailable, "We cannot reach our records right now", sentence, "Try again", retryAfter: true);
    }

    /// <summary>A defect.</summary>
    public Task FailedAsync(HttpContext http) => page.WriteAsync(
        http, StatusCodes.Status500InternalServerError, "Something went wrong on our side",
        Asks(http) ? "Nothing was changed. If it happens again, tell your administrator." : "What you sent may not have been saved: look before you send it once more. If it happens again, tell your administrator.",
        "/", "Go to your start page");

    /// <summary>Who may not see a thing cannot tell whether it is there: one page, byte for byte.</summary>
    public Task NothingHereAsync(HttpContext http) => page.WriteAsync(
        http, StatusCodes.Status404NotFound, "There is nothing here for you",
        "The address may be old, or what was here is over and gone.", "/", "Go to your start page");

    /// <summary>A form whose token is missing or too old.</summary>
    public Task StaleFormAsync(HttpContext http) => WriteAsync(
        http, StatusCodes.Status400BadRequest, "This page was open too long", "So nothing was sent, and nothing is lost. Open it again and try once more.", "Open it again");

    /// <summary>More than any of our forms can hold, or no form at all.</summary>
    public Task UnreadableAsync(HttpContext http, int status) => WriteAsync(
        http, status, status == StatusCodes.Status413PayloadTooLarge ? "That was too long" : "That could not be read",
        "So nothing was sent. Go back, make it shorter, and try again.", "Open the page again");

    private Task WriteAsync(HttpContext http, int status, string heading, string sentence, string linkWords, bool retryAfter = false) =>
        page.WriteAsync(http, status, heading, sentence, SamePage(http.Request.Path), linkWords, retryAfter ? "5" : null);

    /// <summary>The address somebody was at. Two slashes at its beginning would lead to another site.</summary>
    internal static string SamePage(PathString path) =>
        path.Value is ['/', not ('/' or '\\'), ..] and var here ? here : "/";

    private static bool Asks(HttpContext http) => HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
}
