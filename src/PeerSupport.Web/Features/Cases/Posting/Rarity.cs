using PeerSupport.Domain.Cases;
using PeerSupport.Services.Cases;

namespace PeerSupport.Web.Features.Cases.Posting;

/// <summary>What peers would see was posted so seldom lately that it could point at a person.</summary>
/// <param name="Level">What peers would see: the type, or only its category.</param>
/// <param name="Posted">How many of these were posted lately.</param>
/// <param name="CategoryToo">The category is as rare, so that it hides little.</param>
/// <param name="Mark">Type and level: stands in the form once the warning about them was shown.</param>
public sealed record Rarity(NoticeLevel Level, int Posted, bool CategoryToo, string Mark)
{
    /// <summary>Null when it is not rare, and when that is not known.</summary>
    public static Rarity? Of(FilledForm form, PostingForm? choices)
    {
        if (choices is null || form is not { Type: { } type, Level: { } level })
            return null;
        var inCategory = choices.PostedLately.Where(one => CaseNotice.CategoryOf(one.Key) == CaseNotice.CategoryOf(type)).Sum(one => one.Value);
        var posted = level == NoticeLevel.Category ? inCategory : choices.PostedLately.GetValueOrDefault(type);
        return RarityRules.IsRare(posted) ? new Rarity(level, posted, RarityRules.IsRare(inCategory), $"{type}-{level}") : null;
    }

    /// <summary>Asked once more of a form that has not shown the warning: it was filled in without scripts.</summary>
    public FieldProblem AskAgain => Level == NoticeLevel.Category
        ? new(CaseField.Level,
            "This category is rare lately and could point at a person. Ask the officer if that is all right, then press Post to peers again",
            "Esta categoría es poco frecuente últimamente y podría señalar a una persona. Pregunte al oficial si está de acuerdo y pulse otra vez Publicar para los compañeros")
        : new(CaseField.Level,
            "This type is rare lately and could point at a person. Show only the category, or press Post to peers again",
            "Este tipo es poco frecuente últimamente y podría señalar a una persona. Muestre solo la categoría o pulse otra vez Publicar para los compañeros");
}
