using System.Globalization;
using System.Security.Cryptography;

namespace PeerSupport.Domain.Cases;

/// <summary>
/// Two random words by which people can talk about a case without a name, such as "Amber Harbor". Two numbers into
/// fixed lists: nothing a person typed fits into it.
/// </summary>
public readonly record struct Handle(short First, short Second)
{
    private static readonly string[] FirstWords =
    [
        "Amber", "Silver", "Copper", "Maple", "Quiet", "Golden", "Cedar", "Willow", "Ivory", "Coral", "Misty", "Sunny",
        "Gentle", "Bright", "Early", "Evening", "Autumn", "Winter", "Summer", "Spring", "Northern", "Southern", "Eastern",
        "Western", "Hidden", "Open", "Painted", "Polished", "Velvet", "Woven", "Clear", "Calm", "Deep", "Distant", "Drifting",
        "Faithful", "Fern", "Flint", "Frosted", "Green", "Hazel", "Heather", "Honey", "Indigo", "Juniper", "Lemon", "Linen",
        "Lunar", "Marble", "Mellow", "Morning", "Mossy", "Olive", "Opal", "Pearl", "Pine", "Plain", "Rosy", "Russet", "Sandy",
        "Scarlet", "Slate", "Tidal", "Violet",
    ];

    private static readonly string[] SecondWords =
    [
        "Harbor", "Orchard", "Meadow", "Bridge", "Lantern", "River", "Garden", "Valley", "Summit", "Island", "Forest", "Lake",
        "Canyon", "Prairie", "Beacon", "Compass", "Anchor", "Window", "Doorway", "Path", "Trail", "Field", "Grove", "Hill",
        "Brook", "Creek", "Shore", "Cove", "Bay", "Cliff", "Stone", "Pebble", "Feather", "Sparrow", "Heron", "Falcon", "Robin",
        "Otter", "Beaver", "Badger", "Maple", "Acorn", "Clover", "Thistle", "Poppy", "Tulip", "Lily", "Basket", "Kettle",
        "Candle", "Mirror", "Piano", "Violin", "Quilt", "Ribbon", "Saddle", "Wagon", "Ferry", "Station", "Market", "Mill",
        "Tower", "Terrace", "Fountain",
    ];

    /// <summary>How many different handles there are.</summary>
    public static int Count => FirstWords.Length * SecondWords.Length;

    /// <summary>A handle nobody can predict.</summary>
    public static Handle Random() =>
        new((short)RandomNumberGenerator.GetInt32(FirstWords.Length), (short)RandomNumberGenerator.GetInt32(SecondWords.Length));

    /// <summary>The two numbers, as a form carries them.</summary>
    public string Numbers => string.Create(CultureInfo.InvariantCulture, $"{First}-{Second}");

    /// <summary>The handle behind two numbers that came back from a form; null when they are none of ours.</summary>
    public static Handle? FromNumbers(string? numbers) =>
        numbers?.Split('-') is [var one, var two]
        && short.TryParse(one, NumberStyles.None, CultureInfo.InvariantCulture, out var first) && first < FirstWords.Length
        && short.TryParse(two, NumberStyles.None, CultureInfo.InvariantCulture, out var second) && second < SecondWords.Length
            ? new Handle(first, second)
            : null;

    /// <summary>The two words.</summary>
    public override string ToString() => $"{FirstWords[First]} {SecondWords[Second]}";

    /// <summary>Whether the words contain what somebody looks for, ignoring case.</summary>
    public bool Matches(string text) => ToString().Contains(text.Trim(), StringComparison.OrdinalIgnoreCase);
}
