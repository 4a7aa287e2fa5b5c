using PeerSupport.Domain.People;
using PeerSupport.Domain.Sealing;

namespace PeerSupport.Domain.Cases;

/// <summary>Fields of the form by which a psychologist posts a case.</summary>
public enum CaseField
{
    Name,
    Reach,
    When,
    Specifics,
    KeptAway,
    Situation,
    Level,
    Urgency,
    WantedTags,
}

/// <summary>What is wrong with one field, in the sentence shown in the summary and beside the field.</summary>
public sealed record FieldProblem(CaseField Field, string Sentence);

/// <summary>The form as it was filled in: words for the seal, and codes for the notice.</summary>
public sealed record CaseForm(
    OfficerIdentity Officer,
    int? SituationTypeId,
    NoticeLevel? Level,
    Urgency? Urgency,
    IReadOnlyList<PeerTag> WantedTags,
    IReadOnlyList<Guid> KeptAway,
    Handle? Handle)
{
    /// <summary>Longest name, way and time to reach, in characters.</summary>
    public const int ShortMost = 200;

    /// <summary>Longest "what the peer should know", in characters: a few lines.</summary>
    public const int SpecificsMost = 2000;

    /// <summary>Everything wrong that can be known without the database. Empty when it may be posted.</summary>
    public IReadOnlyList<FieldProblem> Problems()
    {
        List<FieldProblem> problems = [];
        if (Officer.Name.IsEmpty)
            problems.Add(new(CaseField.Name, "Enter the officer’s name"));
        if (Officer.Reach.IsEmpty)
            problems.Add(new(CaseField.Reach, "Enter a phone number or another way to reach the officer"));
        TooLong(problems, CaseField.Name, Officer.Name, ShortMost, "The name");
        TooLong(problems, CaseField.Reach, Officer.Reach, ShortMost, "How to reach them");
        TooLong(problems, CaseField.When, Officer.When, ShortMost, "When");
        TooLong(problems, CaseField.Specifics, Officer.Specifics, SpecificsMost, "What the peer should know");
        if (SituationTypeId is null)
            problems.Add(new(CaseField.Situation, "Choose the situation"));
        if (Level is not { } level || !Enum.IsDefined(level))
            problems.Add(new(CaseField.Level, "Choose whether peers see the type or only the category"));
        if (Urgency is not { } urgency || !Enum.IsDefined(urgency))
            problems.Add(new(CaseField.Urgency, "Choose how soon a peer should reach out"));
        if (WantedTags.Any(tag => !Enum.IsDefined(tag)))
            problems.Add(new(CaseField.WantedTags, "Choose from the list what kind of peer would be best"));
        return problems;
    }

    private static void TooLong(List<FieldProblem> problems, CaseField field, Confidential words, int most, string what)
    {
        if (words.Length > most)
            problems.Add(new(field, $"{what} may have at most {most} characters. You entered {words.Length}"));
    }
}

/// <summary>A type so rare that naming it could point at a person.</summary>
public static class RarityRules
{
    /// <summary>Fewer posted cases than this in <see cref="Months"/> months: warn, and offer the category.</summary>
    public const int RareBelow = 5;

    /// <summary>This month and the two before it.</summary>
    public const int Months = 3;
}
