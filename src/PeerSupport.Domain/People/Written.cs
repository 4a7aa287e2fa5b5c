using System.Globalization;
using System.Text.RegularExpressions;

namespace PeerSupport.Domain.People;

/// <summary>What is wrong with one field of a form, in the sentence shown in the summary and beside the field.</summary>
/// <param name="Field">Id of the field on the page.</param>
/// <param name="English">In plain words.</param>
/// <param name="Spanish">The same.</param>
public sealed record FormProblem(string Field, string English, string Spanish)
{
    /// <summary>In the reader's language.</summary>
    public string Sentence => Say.T(English, Spanish);
}

/// <summary>What may be written into a field of one line.</summary>
public static partial class Written
{
    /// <summary>Longest name of a person, an agency, a unit.</summary>
    public const int LongestName = 200;

    /// <summary>Longest mail address.</summary>
    public const int LongestEmail = 254;

    /// <summary>Longest phone number as people write it.</summary>
    public const int LongestPhone = 40;
    private const int FewestDigits = 3;

    /// <summary>Something, not too long, that reads as it looks: no control, bidi or invisible signs.</summary>
    public static bool IsName(string text, int longest = LongestName) => text.Trim().Length > 0 && text.Length <= longest && IsPlain(text);

    /// <summary>Every sign of it can be seen.</summary>
    public static bool IsPlain(string text) => text.EnumerateRunes().All(rune =>
        System.Text.Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator));

    /// <summary>One address and nothing else: a line break or a comma here would be a second recipient.</summary>
    public static bool IsEmail(string email) => email.Length <= LongestEmail && EmailShape().IsMatch(email);

    /// <summary>Digits and what people put between them; of some an area code is asked for, which makes them longer.</summary>
    public static bool IsPhone(string phone, int fewestDigits = FewestDigits) =>
        phone.Length <= LongestPhone && PhoneShape().IsMatch(phone) && phone.Count(char.IsAsciiDigit) >= fewestDigits;

    /// <summary>Whether there is such a time zone here.</summary>
    public static bool IsTimeZone(string zone) => zone.Length is > 0 and <= 64 && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) && found.HasIanaId;

    [GeneratedRegex(@"\A\+?[0-9(][0-9 .()/-]*(?: ?(?:x|ext\.?) ?[0-9]{1,6})?\z", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PhoneShape();

    [GeneratedRegex(@"\A[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EmailShape();
}
