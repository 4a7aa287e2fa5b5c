namespace PeerSupport.Domain.People;

/// <summary>How long a peer pauses.</summary>
public enum BreakLength
{
    Week = 1,
    Fortnight = 2,

    /// <summary>Until they say that they are back.</summary>
    Open = 3,
}

/// <summary>"Take a break": no case is offered, held ones stay, and nobody is told why.</summary>
public static class BreakRules
{
    /// <summary>The end of a break without an end.</summary>
    public static readonly DateTimeOffset NoEnd = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>When a break that begins now is over.</summary>
    public static DateTimeOffset End(BreakLength length, DateTimeOffset now) => length switch
    {
        BreakLength.Week => now.AddDays(7),
        BreakLength.Fortnight => now.AddDays(14),
        BreakLength.Open => NoEnd,
        _ => throw new ArgumentOutOfRangeException(nameof(length)),
    };
}

/// <summary>Practice: an alert like a real one, without a case.</summary>
public static class PracticeRules
{
    /// <summary>How long one may be accepted. After that it never was.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(15);

    /// <summary>A push that comes within this is taken for the practice; one that comes later may be real, and is shown as such.</summary>
    public static readonly TimeSpan PushWithin = TimeSpan.FromMinutes(1);
}

/// <summary>A number that takes text messages: digits only, with the country's code.</summary>
public static class PhoneNumbers
{
    private const int Fewest = 7;
    private const int Most = 15; // E.164

    /// <summary>The number as the gateway gets it, "+" and digits; null for what is none. Spaces, dots, dashes and brackets are let pass.</summary>
    public static string? Normal(string? typed)
    {
        var kept = (typed ?? "").Trim();
        var digits = new string([.. kept.Where(char.IsAsciiDigit)]);
        var rest = kept.Where(c => !char.IsAsciiDigit(c)).Select((c, at) => (c, at));
        return digits.Length is >= Fewest and <= Most && rest.All(one => one.c is ' ' or '-' or '.' or '(' or ')' || (one.c == '+' && one.at == 0 && kept[0] == '+'))
            ? $"+{digits}"
            : null;
    }

    /// <summary>All but the last two digits hidden: "… 37".</summary>
    public static string Hidden(string number) => $"… {number[^2..]}";
}
