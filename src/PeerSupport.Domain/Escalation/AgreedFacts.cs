using PeerSupport.Domain.People;
using PeerSupport.Domain.Sealing;

namespace PeerSupport.Domain.Escalation;

/// <summary>
/// Exactly what the officer agreed to share, and all that a formal track knows of them. Sealed under the track's own
/// key; only the clinician of the track reads it, and every reading is recorded.
/// </summary>
/// <param name="Name">What the clinician should call the officer.</param>
/// <param name="Reach">How to reach them.</param>
/// <param name="When">When to reach them. May be empty.</param>
/// <param name="InShort">What it is about, as the officer wants it said. May be empty; always empty for an exception.</param>
/// <param name="Department">The department's name, where the officer agreed that it is shared; else empty.</param>
/// <param name="Language">Language the officer would like to speak: a code of <see cref="Languages"/>.</param>
/// <param name="FirstTalk">How soon.</param>
public sealed record AgreedFacts(
    Confidential Name, Confidential Reach, Confidential When, Confidential InShort, Confidential Department, string Language, FirstTalk FirstTalk)
{
    /// <summary>Longest name, way and time to reach, in characters.</summary>
    public const int ShortMost = 200;

    /// <summary>Longest "in short", in characters: what fits on the printed page.</summary>
    public const int InShortMost = 1000;
}

/// <summary>Languages that a clinician speaks and an officer may ask for (ISO 639-1): those of <see cref="SpokenLanguage"/>.</summary>
public static class Languages
{
    /// <summary>Codes with their English names, for machines and in the order of every list.</summary>
    public static readonly IReadOnlyDictionary<string, string> All = new SortedDictionary<string, string>(
        SpokenLanguage.All.ToDictionary(one => one.Code, one => one.English, StringComparer.Ordinal), StringComparer.Ordinal);

    /// <summary>The name in the reader's language, as it stands within a line.</summary>
    public static string NameOf(string code) =>
        SpokenLanguage.All.FirstOrDefault(one => one.Code == code) is { } known ? Say.T(known.English, known.Spanish.ToLowerInvariant()) : code;
}
