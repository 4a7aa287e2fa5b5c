using System.Diagnostics;
using PeerSupport.Domain.Escalation;
using PeerSupport.Domain.Sealing;

namespace PeerSupport.Web.Features.Escalation.Referral;

/// <summary>
/// What the officer agreed to share, in words, for one answer: for whoever has just typed it with the officer, or whose
/// reading was recorded. Held by a static page only, while it is written.
/// </summary>
[DebuggerDisplay("[sealed]")]
public sealed record AgreedWords(string Name, string Reach, string When, string InShort, string Department, string Language, FirstTalk? FirstTalk)
{
    /// <summary>Opened, for the one whose reading stands in the record.</summary>
    /// <param name="facts">What was agreed.</param>
    /// <param name="basis">An exception carries no language and no "how soon": nobody was asked.</param>
    /// <param name="read">The recorded reading.</param>
    public static AgreedWords Of(AgreedFacts facts, Basis basis, RecordedRead read) => new(
        facts.Name.ReadWith(read),
        facts.Reach.ReadWith(read),
        facts.When.ReadWith(read),
        facts.InShort.ReadWith(read),
        facts.Department.ReadWith(read),
        basis.IsException() ? "" : facts.Language,
        basis.IsException() ? null : facts.FirstTalk);

    /// <summary>Class of the sheet: smaller print where there is much to say, so that it stays one page.</summary>
    public string? Print => (Name.Length + Reach.Length + When.Length + InShort.Length + Department.Length) switch
    {
        <= 700 => null,
        <= 1400 => "dense",
        _ => "dense densest",
    };

    /// <summary>Never the words.</summary>
    public override string ToString() => "[sealed]";
}
