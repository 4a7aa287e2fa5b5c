namespace PeerSupport.Domain.People;

/// <summary>A language in which a peer can talk with an officer: a closed list, by two-letter code.</summary>
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
        new("so", "Somali", "Somalí"),
    ];

    /// <summary>In the reader's language.</summary>
    public string Name => Say.T(English, Spanish);
}
