using PeerSupport.Domain.People;

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
public sealed record FieldProblem(CaseField Field, string English, string Spanish)
{
    /// <summary>In the reader's language.</summary>
    public string Sentence => Say.T(English, Spanish);
}

/// <summary>The form as it was filled in: words for the seal, and codes for the notice.</summary>
/// <param name="Officer">Words for the seal.</param>
/// <param name="SituationTypeId">Catalogue id of the type.</param>
/// <param name="Level">Whether peers see the type or only the category.</param>
/// <param name="Urgency">How soon.</param>
/// <param name="WantedTags">"A peer who, if possible…".</param>
/// <param name="KeptAway">Peers who must not get it.</param>
/// <param name="Handle">The two words the form showed.</param>
/// <param name="Id">Drawn with the form, and the id of the case it becomes: the same form sent twice is one case.</param>
public sealed record CaseForm(
    OfficerIdentity Officer,
    int? SituationTypeId,
    NoticeLevel? Level,
    Urgency? Urgency,
    IReadOnlyList<PeerTag> WantedTags,
    IReadOnlyList<Guid> KeptAway,
    Handle? Handle,
    Guid? Id = null)
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
            problems.Add(new(CaseField.Name, "Enter the officer’s name", "Escriba el nombre del oficial"));
        if (Officer.Reach.IsEmpty)
            problems.Add(new(CaseField.Reach, "Enter a phone number or another way to reach the officer", "Escriba un teléfono u otra manera de comunicarse con el oficial"));
        problems.AddRange(TooLong());
        if (SituationTypeId is null)
            problems.Add(new(CaseField.Situation, "Choose the situation", "Elija la situación"));
        if (Level is not { } level || !Enum.IsDefined(level))
            problems.Add(new(CaseField.Level, "Choose whether peers see the type or only the category", "Elija si los compañeros ven el tipo o solo la categoría"));
        if (Urgency is not { } urgency || !Enum.IsDefined(urgency))
            problems.Add(new(CaseField.Urgency, "Choose how soon a peer should reach out", "Elija cuándo debería comunicarse un compañero"));
        if (WantedTags.Any(tag => !Enum.IsDefined(tag)))
            problems.Add(new(CaseField.WantedTags, "Choose from the list what kind of peer would be best", "Elija en la lista qué clase de compañero sería mejor"));
        return problems;
    }

    /// <summary>Words longer than may be kept: the only problems that a draft must not have.</summary>
    public IEnumerable<FieldProblem> TooLong() =>
        from typed in new[]
        {
            (Field: CaseField.Name, Words: Officer.Name, Most: ShortMost, English: "The name", Spanish: "El nombre"),
            (Field: CaseField.Reach, Words: Officer.Reach, Most: ShortMost, English: "How to reach them", Spanish: "Cómo comunicarse"),
            (Field: CaseField.When, Words: Officer.When, Most: ShortMost, English: "When", Spanish: "Cuándo"),
            (Field: CaseField.Specifics, Words: Officer.Specifics, Most: SpecificsMost, English: "What the peer should know", Spanish: "Lo que debe saber el compañero"),
        }
        where typed.Words.Length > typed.Most
        select new FieldProblem(
            typed.Field,
            $"{typed.English} may have at most {typed.Most} characters. You entered {typed.Words.Length}",
            $"{typed.Spanish} puede tener {typed.Most} caracteres como máximo. Usted escribió {typed.Words.Length}");
}

/// <summary>A type so rare that naming it could point at a person.</summary>
public static class RarityRules
{
    /// <summary>Fewer posted cases than this in <see cref="Months"/> months: warn, and offer the category.</summary>
    public const int RareBelow = 5;

    /// <summary>This month and the two before it.</summary>
    public const int Months = 3;

    /// <summary>Whether so few were posted lately.</summary>
    public static bool IsRare(int posted) => posted < RareBelow;
}
