using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using PeerSupport.DevKit;
using PeerSupport.Domain.Cases;

namespace PeerSupport.IntegrationTests.Http;

/// <summary>
/// The same page as an English reader and as a Spanish reader get it. Whatever stands on it must differ, but names; and
/// nothing on the Spanish one may hold a small English word, so that half a sentence is found too.
/// </summary>
public sealed partial class BothLanguages(RunningApp app)
{
    // Names and examples that are the same everywhere; then words that are the same in both languages.
    private static readonly string[] SameEverywhere =
    [
        "PeerSupport", "Crisis Text Line", "Safe Call Now", "COPLINE", "FHIR", "CSV", "XLSX", "Excel", "Psychologist, WA PY 60412345", "Dr. P. Varga", "name@practice.example",
        "English", "Español", "Arizona", "Alaska", "Puerto Rico", // a language names itself; places are called the same
        "Marisol Vann", "Poor sleep for two months.", "Evenings", // what an officer shares in GivenTracks
    ];

    private static readonly string[] Cognates = ["no", "error", "total", "normal", "original", "trauma", "roles", "plural", "video", "chat"];

    private static readonly string[] Attributes = ["aria-label", "aria-description", "title", "placeholder", "alt", "label"];

    /// <summary>The page of somebody signed in, in English and then in Spanish. Their account reads English again afterwards.</summary>
    public async Task<(Page English, Page Spanish)> ReadAsync(PageClient client, string login, Func<PageClient, Task<Page>> open)
    {
        var english = await open(client);
        await SpeakAsync(login, "es");
        try
        {
            return (english, await open(client));
        }
        finally
        {
            await SpeakAsync(login, "en");
        }
    }

    /// <summary>Makes the words of an account "en" or "es".</summary>
    public async Task SpeakAsync(string login, string language) =>
        await app.SqlAsync("update people p set language = $2 from accounts a where a.id = p.id and a.email = $1", $"{login}@demo.test", language);

    /// <summary>Everything that a Spanish reader would not understand.</summary>
    public async Task<IReadOnlyList<string>> LeftInEnglishAsync(Page english, Page spanish)
    {
        var names = await NamesAsync();
        var before = Words(english).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. Words(spanish).Where(words => before.Contains(words) && SaysSomething(Without(names, words))).Select(words => $"the same in both: {words}"),
            .. EnglishIn(spanish, names),
        ];
    }

    /// <summary>Small English words on a page for a Spanish reader: for pages that cannot be made twice.</summary>
    public async Task<IReadOnlyList<string>> EnglishInAsync(Page spanish) => [.. EnglishIn(spanish, await NamesAsync())];

    private static IEnumerable<string> EnglishIn(Page spanish, IReadOnlyList<string> names)
    {
        if (spanish.Document.DocumentElement.GetAttribute("lang") != "es")
            yield return $"lang is {spanish.Document.DocumentElement.GetAttribute("lang")}";
        foreach (var words in Words(spanish))
        {
            if (SmallWord().Match(Without(names, words)) is { Success: true } found)
                yield return $"“{found.Value}” in: {words}";
        }
    }

    /// <summary>What people read or hear of a page, but what is said to be in another language than the page.</summary>
    private static IEnumerable<string> Words(Page page)
    {
        var language = page.Document.DocumentElement.GetAttribute("lang");
        foreach (var node in page.Document.Descendants())
        {
            var element = node as IElement ?? node.ParentElement;
            if (element is null or IHtmlScriptElement or IHtmlStyleElement || element.Closest("[lang]")?.GetAttribute("lang") != language)
                continue;
            if (node is IText text)
                yield return Plain(text.Data);
            foreach (var value in Attributes.Select(name => (node as IElement)?.GetAttribute(name)).OfType<string>())
                yield return Plain(value);
        }
    }

    private static string Plain(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Without(IReadOnlyList<string> names, string words) =>
        Code().Replace(names.Aggregate(words, (rest, name) => rest.Replace(name, " ", StringComparison.Ordinal)), " ");

    private static bool SaysSomething(string words) => Word().Matches(words).Any(word => !Cognates.Contains(word.Value, StringComparer.OrdinalIgnoreCase));

    // Names of people, agencies and clinicians, also those they had before, the two words of each case and track.
    private async Task<IReadOnlyList<string>> NamesAsync()
    {
        var stored = (string[])(await app.SqlAsync(
            """
            select array(select display_name from people union select name from agencies union select name from regions
                union select name from clinicians union select licence from clinicians union select email from clinicians union select email from accounts
                union select name from units union select name from training_records union select label from crisis_lines
                union select subject from settings_log where kind <= 3
                union select text from disclaimer_versions union select coalesce(spanish_text, '') from disclaimer_versions)
            """))!;
        return [.. stored.Concat(SameEverywhere).Concat(Handles()).Where(name => name.Length > 0).OrderByDescending(name => name.Length)];
    }

    private static IEnumerable<string> Handles() =>
        from first in Enumerable.Range(0, 64)
        from second in Enumerable.Range(0, 64)
        select new Handle((short)first, (short)second).ToString();

    // Codes, numbers and addresses: whatever holds a digit.
    [GeneratedRegex(@"\S*[0-9]\S*", RegexOptions.None, 1000)]
    private static partial Regex Code();

    [GeneratedRegex(@"\p{L}{2,}", RegexOptions.None, 1000)]
    private static partial Regex Word();

    // English words that are none in Spanish and stand in nearly every sentence.
    [GeneratedRegex(@"(?<![\p{L}\p{N}])(?:the|and|you|your|yours|this|that|these|with|from|when|what|which|not|have|has|was|were|is|of|to|for|by|they|them|their|who|will|nobody|yesterday|on|at|in|January|February|November|December|October|August)(?![\p{L}\p{N}])", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex SmallWord();
}
