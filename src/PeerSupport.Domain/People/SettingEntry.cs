namespace PeerSupport.Domain.People;

/// <summary>What was changed.</summary>
public enum SettingKind
{
    Agency = 1,
    Region = 2,
    Unit = 3,

    /// <summary>How fast an agency's notices widen.</summary>
    AlertPlan = 4,
    CrisisLine = 5,

    /// <summary>The words to say first. The versions themselves stay; the log says who put which in use.</summary>
    Disclaimer = 6,
    SituationCategory = 7,
    SituationType = 8,
}

/// <summary>One part of a setting. It stands in the log by its name: a name here is never changed.</summary>
public enum SettingPart
{
    Name,
    Region,
    TimeZone,
    SharesPeers,
    StandsUnder,
    GroupAfter,
    RegionAfter,
    TellAfter,
    NightGroupAfter,
    NightRegionAfter,
    NightTellAfter,
    NightFrom,
    NightUntil,
    Label,
    Tel,
    English,
    Spanish,
    Position,
    LastVerified,
    Version,
    Offered,
}

/// <summary>One part of a setting and what it says, the same in every language.</summary>
/// <param name="Part">Which.</param>
/// <param name="Value">What it says: "yes" and "no", days and times as a computer writes them; empty where it says nothing.</param>
public sealed record SettingLine(SettingPart Part, string Value)
{
    /// <summary>What stands between the part and its value.</summary>
    private const string Says = ": ";

    /// <summary>As it stands in the log: one line a part.</summary>
    public static string Write(IEnumerable<SettingLine> lines) => string.Join('\n', lines.Select(line => $"{line.Part}{Says}{line.Value.ReplaceLineEndings(" ")}"));

    /// <summary>Read back. A line that is none is left out.</summary>
    public static IReadOnlyList<SettingLine> Read(string? written) =>
    [
        .. from line in (written ?? "").Split('\n')
           let at = line.IndexOf(Says, StringComparison.Ordinal)
           where at > 0 && Enum.TryParse<SettingPart>(line[..at], out _)
           select new SettingLine(Enum.Parse<SettingPart>(line[..at]), line[(at + Says.Length)..]),
    ];
}

/// <summary>One line of the settings log: who changed what, from what to what. Added with the change, and never touched again.</summary>
public sealed class SettingEntry
{
    /// <summary>Longest subject: two names.</summary>
    public const int LongestSubject = 401;

    /// <summary>Longest side of a change.</summary>
    public const int LongestText = 2000;

    public required Guid Id { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Who did it: an id and never a name.</summary>
    public required Guid ActorId { get; init; }

    /// <summary>Whose setting it is; null where it is everybody's.</summary>
    public Guid? AgencyId { get; init; }
    public required SettingKind Kind { get; init; }

    /// <summary>As it was called before the change. English, and on a second line Spanish, where it has a name in each.</summary>
    public required string Subject { get; init; }

    /// <summary>The parts that differ, one a line; null where there was nothing before.</summary>
    public string? Before { get; init; }

    /// <summary>The same parts; null where nothing is left.</summary>
    public string? After { get; init; }
}
