namespace PeerSupport.Services.People;

/// <summary>
/// A device in two words, such as "Firefox on Android": enough for its owner to know it again, and too coarse to know a
/// person by.
/// </summary>
public static class DeviceName
{
    // The first that fits: Edge and Opera call themselves Chrome too, Chrome calls itself Safari, Android is a Linux.
    private static readonly (string Mark, string Name)[] Browsers =
    [
        ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"),
        ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "ChromeOS"), ("Windows", "Windows"), ("Macintosh", "Mac"), ("Linux", "Linux"),
    ];

    /// <summary>The words "browser on system", made of our own words only; null where nothing is known.</summary>
    public static string? Of(string? userAgent)
    {
        var text = userAgent is { Length: > 500 } ? userAgent[..500] : userAgent;
        return (Find(Browsers, text), Find(Systems, text)) switch
        {
            ({ } browser, { } system) => $"{browser} on {system}",
            (null, { } system) => system,
            ({ } browser, null) => browser,
            _ => null,
        };
    }

    private static string? Find((string Mark, string Name)[] known, string? text) =>
        known.Where(one => text?.Contains(one.Mark, StringComparison.Ordinal) == true).Select(one => one.Name).FirstOrDefault();
}
