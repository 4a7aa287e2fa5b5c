using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Hl7.Fhir.Model;
using PeerSupport.Domain.Escalation;

namespace PeerSupport.Services.Escalation.Fhir;

/// <summary>What people typed, as FHIR allows it; and our own codes, as sentences.</summary>
internal static partial class FhirWords
{
    /// <summary>
    /// A FHIR string holds no control characters but tab and line breaks, and no blanks but the plain one; half a
    /// surrogate pair is no text at all. Everything else stays as it was typed.
    /// </summary>
    public static string Plain(string words)
    {
        var plain = new StringBuilder(words.Length);
        foreach (var rune in words.EnumerateRunes())
        {
            if (rune.Value is '\n' or '\t')
                plain.Append((char)rune.Value);
            else if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                plain.Append('\n');
            else if (rune.Value != '\r')
                plain.Append(Rune.IsControl(rune) || Rune.IsWhiteSpace(rune) ? " " : rune.ToString());
        }

        return plain.ToString().Trim();
    }

    /// <summary>A number or a mail address as such, so that the clinician's system can dial it; anything else as it is.</summary>
    public static ContactPoint Reach(string words) => new()
    {
        System = Number().IsMatch(words) ? ContactPoint.ContactPointSystem.Phone
            : Mail().IsMatch(words) ? ContactPoint.ContactPointSystem.Email
            : ContactPoint.ContactPointSystem.Other,
        Value = words,
    };

    /// <summary>Why it may be shared at all.</summary>
    public static string Of(Basis basis) => basis switch
    {
        Basis.Consent => "With the officer's consent.",
        Basis.Suicidal => "Without consent: the officer said that they are suicidal.",
        Basis.Homicidal => "Without consent: the officer said that they are homicidal.",
        Basis.CommittingCrimes => "Without consent: the officer said that they are committing crimes.",
        _ => throw new ArgumentOutOfRangeException(nameof(basis)),
    };

    public static string Of(Voluntariness voluntariness) => voluntariness switch
    {
        Voluntariness.Voluntary => "Voluntary, not in lieu of discipline.",
        Voluntariness.InLieuOfDiscipline => "In lieu of discipline.",
        _ => throw new ArgumentOutOfRangeException(nameof(voluntariness)),
    };

    public static string Of(FirstTalk firstTalk) => firstTalk switch
    {
        FirstTalk.ThisWeek => "First talk wanted this week.",
        FirstTalk.NextWeeks => "First talk wanted in the next weeks.",
        FirstTalk.NoHurry => "No hurry with the first talk.",
        _ => throw new ArgumentOutOfRangeException(nameof(firstTalk)),
    };

    [GeneratedRegex(@"^\+?[0-9(][0-9 ()./-]{5,28}[0-9]$", RegexOptions.None, 1000)]
    private static partial Regex Number();

    [GeneratedRegex(@"^[^\s@]+@[^\s@]+\.[^\s@]+$", RegexOptions.None, 1000)]
    private static partial Regex Mail();
}
