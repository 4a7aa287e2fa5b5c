namespace PeerSupport.Domain.People;

/// <summary>A language in which a peer or a clinician can talk with an officer: a closed list, by two-letter code.</summary>
public sealed record SpokenLanguage(string Code, string English, string Spanish)
{
    /// <summary>All that can be chosen, the most spoken ones in the United States first.</summary>
    public static IReadOnlyList<SpokenLanguage> All { get; } =
    [
        new("en", "English", "Inglés"),
        new("es", "Spanish", "Español"),
        new("zh", "Chinese", "Chino"),
        new("tl", "Tagalog", "Tagalo"),
        new("vi", "Vietnamese", "Vietnamita"),
        new("ar", "Arabic", "Árabe"),
        new("fr", "French", "Francés"),
        new("ko", "Korean", "Coreano"),
        new("ru", "Russian", "Ruso"),
        new("pt", "Portuguese", "Portugués"),
        new("ht", "Haitian Creole", "Criollo haitiano"),
        new("de", "German", "Alemán"),
        new("so", "Somali", "Somalí"),
    ];

    /// <summary>The codes of this list among these, in its order.</summary>
    public static string[] Known(IEnumerable<string> codes) => [.. All.Select(one => one.Code).Intersect(codes, StringComparer.Ordinal)];

    /// <summary>Tags with the one by which psychologists ask for Spanish, where it is spoken.</summary>
    public static PeerTag[] WithTag(IEnumerable<string> codes, IEnumerable<PeerTag> tags) =>
        [.. tags.Concat(codes.Contains("es", StringComparer.Ordinal) ? [PeerTag.SpeaksSpanish] : []).Distinct().Order()];

    /// <summary>In the reader's language.</summary>
    public string Name => Say.T(English, Spanish);
}
