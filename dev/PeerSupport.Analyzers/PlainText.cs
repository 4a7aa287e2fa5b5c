using System.Net;
using System.Text.RegularExpressions;

namespace PeerSupport.Analyzers;

/// <summary>What is left of a piece of markup for a person to read.</summary>
internal static class PlainText
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Names are the same in every language, and a language is named in itself.</summary>
    private static readonly string[] Names = ["PeerSupport", "COPLINE", "CSV", "Excel", "FHIR", "JSON", "English", "Español", "Alaska", "Arizona"];

    /// <summary>Words that both languages write alike.</summary>
    private static readonly HashSet<string> Alike = new(StringComparer.OrdinalIgnoreCase) { "No", "Total", "Error", "Normal", "Chat", "Roles" };

    private static readonly Regex Unread = new(@"<!--.*?-->|<script\b.*?</script\s*>|<style\b.*?</style\s*>", RegexOptions.Singleline | RegexOptions.IgnoreCase, Patience);
    private static readonly Regex ReadAttribute = new("\\s(?:title|alt|placeholder|label|aria-label|aria-description)\\s*=\\s*(?:\"(?<words>[^\"]*)\"|'(?<words>[^']*)')", RegexOptions.IgnoreCase, Patience);
    private static readonly Regex Tag = new("<[^>]*>", RegexOptions.None, Patience);
    private static readonly Regex Word = new(@"\p{L}{2,}", RegexOptions.None, Patience);

    /// <summary>The words of a text, shortened for a message; null where there are none to translate.</summary>
    public static string? WordsOf(string text)
    {
        if (IsAddress(text))
            return null;
        var marked = Unread.Replace(text, " ");
        var attributes = ReadAttribute.Matches(marked).Cast<Match>().Select(match => match.Groups["words"].Value);
        var read = WebUtility.HtmlDecode(Tag.Replace(marked, " ") + " " + string.Join(" ", attributes));
        if (!Word.IsMatch(Names.Aggregate(read, (rest, name) => rest.Replace(name, " "))))
            return null;
        var words = string.Join(" ", read.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return words.Length > 60 ? words.Substring(0, 60) + "…" : words;
    }

    /// <summary>Whether one text can stand for both languages: it has no words but names and words that are alike.</summary>
    public static bool IsAlike(string text) =>
        WordsOf(text) is null || Word.Matches(Names.Aggregate(text, (rest, name) => rest.Replace(name, " "))).Cast<Match>().All(match => Alike.Contains(match.Value));

    /// <summary>Whether what comes next stands in a tag, such as the value of an attribute.</summary>
    public static bool EndsInsideTag(string markup) => markup.LastIndexOf('<') > markup.LastIndexOf('>');

    private static bool IsAddress(string text) => text.Length > 1 && (text[0] is '/' or '#' or '?') && !text.Any(char.IsWhiteSpace);
}
