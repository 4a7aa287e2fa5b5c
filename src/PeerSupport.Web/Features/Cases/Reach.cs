using System.Text.RegularExpressions;

namespace PeerSupport.Web.Features.Cases;

/// <summary>A number to call inside "How to reach them", if there is exactly one.</summary>
public static partial class Reach
{
    private const int FewestDigits = 7;
    private const int MostDigits = 15;

    /// <summary>Digits for tel: and sms: links, or null. Such a link is the phone's own: the number never enters an address of ours.</summary>
    public static string? Dial(string reach)
    {
        var numbers = Numbers().Matches(reach)
            .Select(match => (match.Value[0] == '+' ? "+" : "") + string.Concat(match.Value.Where(char.IsAsciiDigit)))
            .Where(number => number.Count(char.IsAsciiDigit) is >= FewestDigits and <= MostDigits)
            .Take(2)
            .ToList();
        return numbers is [var only] ? only : null;
    }

    /// <summary>True when there is nothing but the number.</summary>
    public static bool IsOnlyNumber(string reach) => Dial(reach) is not null && Numbers().Replace(reach, "").Trim().Length == 0;

    [GeneratedRegex(@"\+?\(?[0-9](?:[ .\-()/]{0,2}[0-9])+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Numbers();
}
