using System.Globalization;

namespace PeerSupport.Domain;

/// <summary>The two languages of every word this product says. Both stand side by side, so that none can be forgotten.</summary>
public static class Say
{
    /// <summary>"en" or "es": the reader's, as the request or the circuit set it.</summary>
    public static string Language => InSpanish ? "es" : "en";

    /// <summary>Whether the reader reads Spanish.</summary>
    public static bool InSpanish => string.Equals(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, "es", StringComparison.Ordinal);

    /// <summary>The words in the reader's language.</summary>
    public static string T(string english, string spanish) => InSpanish ? spanish : english;

    /// <summary>The words in a given language, for mail.</summary>
    public static string In(string language, string english, string spanish) => string.Equals(language, "es", StringComparison.Ordinal) ? spanish : english;

    /// <summary>What is said inside is said in a given language, whatever the reader reads: for paper that somebody else takes along.</summary>
    public static string Speaking(string language, Func<string> words)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        try
        {
            return words();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
